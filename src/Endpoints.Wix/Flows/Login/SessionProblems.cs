using Endpoints.Problems;
using Microsoft.Net.Http.Headers;

namespace Endpoints.Wix.Flows.Login;

/// <summary>The problem documents of login and logout.</summary>
internal static class SessionProblems
{
    public static Problem ReturnAddress { get; } = Final(
        "return-address-not-allowed", 400, "The address to return to is not one on this site.",
        "Give one address that begins with a single slash.");

    public static Problem Parameter { get; } = Final(
        "login-parameter-not-allowed", 400, "A parameter of the login is not allowed.",
        "prompt may be login or none; idp may be google or facebook.");

    public static Problem NotOpened { get; } = Final(
        "not-opened-by-user", 403, "The address is for a page that a user opens.", "Send the browser there with a link, a form or location.href; an image, a frame, fetch() or a prefetch begins nothing.");

    public static Problem State { get; } = Final(
        "login-state-not-accepted", 400, "The answer belongs to no login that this browser has begun.",
        "The login took longer than ten minutes, was answered already, or was begun in another browser. Begin it again.");

    public static Problem Refused { get; } = Final(
        "login-refused", 400, "Wix does not accept the login.", "Begin it again.");

    public static Problem NotConfigured { get; } = Final(
        "login-not-configured", 503, "This site's logins are not set up.");

    public static Problem Failed { get; } = Final(
        "login-failed", 502, "Wix does not offer this site a login.");

    private static Problem Final(string type, int status, string title, string? detail = null) =>
        new(type, status, title, detail) { Headers = new Dictionary<string, string> { [HeaderNames.CacheControl] = "no-store" } };
}
