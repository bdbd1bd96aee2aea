using System.Collections.Frozen;
using System.Net;
using System.Text.Json;

namespace Endpoints.Wix.Http;

/// <summary>Distinguishes Wix's own answers from those of intermediaries. Only the former decide on a token, a code or a session.</summary>
/// <remarks>
/// An edge, a proxy or a firewall answers 401 and 403 as well, in HTML or in JSON of its own. A refusal is an error of Wix's shape
/// (<c>details</c> that hold an application's or a validation's error) or of OAuth's (<c>error</c>, one of its codes), as JSON. Anything
/// else is no usable answer: nothing is forgotten for it, and nothing remembered.
/// </remarks>
internal static class WixVerdict
{
    private static readonly object Yes = new();

    // RFC 6749, sections 4.1.2.1 and 5.2; RFC 6750, section 3.1; RFC 7009, section 2.2.1.
    private static readonly FrozenSet<string> OAuthCodes = new[]
    {
        "invalid_request", "invalid_client", "invalid_grant", "unauthorized_client", "unsupported_grant_type", "invalid_scope",
        "access_denied", "invalid_token", "insufficient_scope",
        "unsupported_token_type",
    }.ToFrozenSet(StringComparer.Ordinal);

    /// <summary>Determines whether Wix itself refuses what was sent.</summary>
    public static bool IsRefusal(WixAnswer answer) =>
        answer.Status is HttpStatusCode.BadRequest or HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden && IsWixs(answer);

    /// <summary>Determines whether a refusal is about the client that asks, and not about the token or code that it sent.</summary>
    public static bool IsOfClient(WixAnswer answer) => JsonAnswer.Read(answer, static error =>
        JsonAnswer.Text(error, "error") is "invalid_client" or "unauthorized_client" or "unsupported_grant_type" ? Yes : null) is not null;

    /// <summary>Determines whether an error answer is Wix's own.</summary>
    public static bool IsWixs(WixAnswer answer) =>
        answer.IsJson && JsonAnswer.Read(answer, static error => IsWixs(error) ? Yes : null) is not null;

    private static bool IsWixs(JsonElement error) =>
        (JsonAnswer.Text(error, "error") is { } code && OAuthCodes.Contains(code))
        || (JsonAnswer.Object(error, "details") is { } details
            && (JsonAnswer.Object(details, "applicationError") ?? JsonAnswer.Object(details, "validationError")) is not null);
}
