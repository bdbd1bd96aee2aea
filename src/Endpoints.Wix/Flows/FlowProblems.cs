using Endpoints.Problems;
using Endpoints.Wix.Problems;

namespace Endpoints.Wix.Flows;

/// <summary>The problem documents of whatever a browser begins.</summary>
internal static class FlowProblems
{
    public static Problem ReturnAddress { get; } = WixProblems.Final(
        "return-address-not-allowed", 400, "The address to return to is not one on this site.",
        "Give one address that begins with a single slash.");

    public static Problem NotOpened { get; } = WixProblems.Final(
        "not-opened-by-user", 403, "The address is for a page that a user opens.", "Send the browser there with a link, a form or location.href; an image, a frame, fetch() or a prefetch begins nothing.");
}
