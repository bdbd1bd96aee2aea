using System.Net;

namespace Endpoints.Wix.Elevation;

/// <summary>Creates the exceptions for elevated calls under a grant that has ended.</summary>
internal static class GrantEnds
{
    /// <summary>
    /// Returns an exception for misuse if the handler is the cause, or the exception of a caller's own call if the caller's right has
    /// ended.
    /// </summary>
    public static Exception Exception(GrantEnd end) => end switch
    {
        GrantEnd.Expired => Unauthorized("the caller's token has expired"),
        GrantEnd.SessionEnded => Unauthorized("the caller's session was logged out"),
        GrantEnd.NotAccepted => Unauthorized("Wix does not accept the caller's token any more"),
        GrantEnd.NoInstance => new InvalidOperationException(
            "Wix named no instance of the app with this event, so nothing says on which site to act. Use a client for that, such as "
            + "AppWixClient, in a job."),
        GrantEnd.UnsaidStream => new InvalidOperationException(
            "Elevation has ended: the handler streams events, the request is not from a page that may make changes, and the endpoint does "
            + "not declare the stream. Add .Produces(200, contentType: \"text/event-stream\"), so that the guards refuse such requests."),
        _ => new ObjectDisposedException(
            nameof(ElevatedWixClient),
            "Elevation has ended with the handler it was granted to. Finish elevated calls before the handler returns."),
    };

    private static WixApiException Unauthorized(string why) =>
        new($"Elevation has ended: {why}. Nothing was sent.", HttpStatusCode.Unauthorized);
}
