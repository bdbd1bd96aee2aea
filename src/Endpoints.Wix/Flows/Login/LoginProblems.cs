using Endpoints.Problems;
using Endpoints.Wix.Problems;

namespace Endpoints.Wix.Flows.Login;

/// <summary>Provides the problem documents of login and logout.</summary>
internal static class LoginProblems
{
    public static Problem Parameter { get; } = WixProblems.Final(
        "login-parameter-not-allowed", 400, "A parameter of the login is not allowed.",
        "prompt may be login or none; idp may be google or facebook.");

    public static Problem State { get; } = WixProblems.Final(
        "login-state-not-accepted", 400, "The response does not match a login that this browser started.",
        "Complete a login once, within ten minutes, in the browser that started it. Start again.");

    /// <summary>Gets the problem for a logout that another site's page may have requested. A token does not justify a logout.</summary>
    public static Problem OtherPage { get; } = WixProblems.CrossSite with
    {
        Detail = "Only a page of this site logs its visitors out. Send it from one or, from a program, with this site's address as Origin.",
    };

    public static Problem Refused { get; } = WixProblems.Final(
        "login-refused", 400, "Wix does not accept the login.", "Begin it again.");

    public static Problem NotConfigured { get; } = WixProblems.Final(
        "login-not-configured", 503, "This site's logins are not set up.");

    public static Problem Failed { get; } = WixProblems.Final(
        "login-failed", 502, "Wix does not provide a login for this site.");
}
