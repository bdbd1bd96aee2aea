using Microsoft.CodeAnalysis;

namespace Endpoints.Wix.Analyzers.Lock;

/// <summary>
/// Defines the diagnostics of the guard lock and of the declarations on endpoint files. Each has a page in docs/diagnostics.
/// </summary>
/// <remarks>The errors can't be disabled individually. <c>EndpointsLock=off</c> disables the lock, where a reviewer sees it.</remarks>
internal static class LockRules
{
    private const string HelpPages = "https://github.com/endpoints/endpoints/blob/main/docs/diagnostics/";

    private const string Rewrite = "dotnet build -p:WriteEndpointsLock=true";

    public static readonly DiagnosticDescriptor NotLocked = Rule(
        "EP1101",
        "An elevated endpoint is not in the guard lock",
        "'{0}' {1} and not in {2}: if it is meant to be, update the lock with '" + Rewrite + "' and have the change reviewed",
        DiagnosticSeverity.Error);

    public static readonly DiagnosticDescriptor Wider = Rule(
        "EP1102",
        "An endpoint opens wider than the guard lock",
        "'{0}' opens wider than {1}: {2}. If it is meant to, update the lock with '" + Rewrite + "' and have the change reviewed.",
        DiagnosticSeverity.Error);

    public static readonly DiagnosticDescriptor Narrower = Rule(
        "EP1103",
        "The guard lock is wider than the code",
        "{1} allows more than '{0}' needs: {2}. Update the lock with '" + Rewrite + "'.",
        DiagnosticSeverity.Warning);

    public static readonly DiagnosticDescriptor Unusable = Rule(
        "EP1104", "The guard lock can't be enforced", "{0}: {1}", DiagnosticSeverity.Error);

    public static readonly DiagnosticDescriptor NotLockedCode = Rule(
        "EP1105",
        "Code that elevates or lifts a guard is not in the guard lock",
        "'{0}' {1} and is not in {2}: if it is meant to, update the lock with '" + Rewrite + "' and have the change reviewed",
        DiagnosticSeverity.Error);

    public static readonly DiagnosticDescriptor Refused = Rule(
        "EP1109",
        "An endpoint's code makes a call that Only doesn't allow",
        "The code of '{0}' calls {1}, and Only allows {2}, so the call is refused: add it to Only, or leave it out of the code",
        DiagnosticSeverity.Warning);

    public static readonly DiagnosticDescriptor Unsaid = Rule(
        "EP1016",
        "An endpoint file says nothing about who may call",
        "Nothing says who may call '{0}': put [Elevate], [Authorize] or, to let everybody in, [AllowAnonymous] on the method, its class "
        + "or a _folder.cs (EndpointsRequireAccess is on)",
        DiagnosticSeverity.Error);

    /// <summary>The fix for an unusable lock, as part of a message.</summary>
    public const string Mend = "write it with '" + Rewrite + "'";

    private static DiagnosticDescriptor Rule(string id, string title, string message, DiagnosticSeverity severity) => new(
        id,
        title,
        message,
        "Endpoints.Elevation",
        severity,
        isEnabledByDefault: true,
        helpLinkUri: $"{HelpPages}{id}.md",
        customTags: severity == DiagnosticSeverity.Error ? [WellKnownDiagnosticTags.NotConfigurable] : []);
}
