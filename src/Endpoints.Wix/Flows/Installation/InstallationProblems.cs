using Endpoints.Problems;
using Endpoints.Wix.Problems;

namespace Endpoints.Wix.Flows.Installation;

/// <summary>Provides the problem documents of installations.</summary>
internal static class InstallationProblems
{
    public static Problem Parameter { get; } = WixProblems.Final(
        "installation-parameter-not-allowed", 400, "A parameter of the installation is not allowed.",
        "token is what Wix opened this address with, once and unchanged.");

    public static Problem State { get; } = WixProblems.Final(
        "installation-state-not-accepted", 400, "The response does not match an installation that this browser started.",
        "Complete an installation once, within ten minutes, in the browser that started it. Start again.");

    public static Problem Refused { get; } = WixProblems.Final(
        "installation-refused", 400, "Wix does not confirm the installation.", "Begin it again.");

    public static Problem NotConfigured { get; } = WixProblems.Final(
        "installation-not-configured", 503, "This site's installations are not set up.");
}
