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
        "installation-state-not-accepted", 400, "The answer belongs to no installation that this browser has begun.",
        "An installation lasts ten minutes, is answered once, and in the browser that has begun it. Begin it again.");

    public static Problem Refused { get; } = WixProblems.Final(
        "installation-refused", 400, "Wix does not confirm the installation.", "Begin it again.");

    public static Problem NotConfigured { get; } = WixProblems.Final(
        "installation-not-configured", 503, "This site's installations are not set up.");
}
