using Endpoints.Problems;
using Endpoints.Wix.Problems;

namespace Endpoints.Wix.Flows;

/// <summary>Provides the problem documents that all flows of browsers share.</summary>
internal static class FlowProblems
{
    public static Problem ReturnAddress { get; } = WixProblems.Final(
        "return-address-not-allowed", 400, "The return address is not on this site.",
        "Give one path of at most 2,000 characters that begins with a slash and has no empty segments, backslashes or control "
        + "characters, escaped or not.");

    /// <summary>Gets the problem for a request whose host is missing or is not the site's address.</summary>
    public static Problem Host { get; } = WixProblems.Final("bad-request", 400, RequestProblems.BadRequest.Title,
        "The Host header is not an address of this site.");

    public static Problem NotOpened { get; } = WixProblems.Final(
        "not-opened-by-user", 403, "This address must be opened by a user.",
        "Send the browser there with a link, a form or location.href; an image, a frame, fetch() or a prefetch has no effect.");
}
