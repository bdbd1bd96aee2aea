using Endpoints.Shared.CallPatterns;
using Endpoints.Shared.Limits;
using Microsoft.CodeAnalysis;

namespace Endpoints.Wix.Analyzers.Guards;

/// <summary>
/// Defines the diagnostics that the analyzers of elevation report. Each has a page, with a wrong and a right example, in docs/diagnostics.
/// </summary>
internal static class GuardRules
{
    private const string HelpPages = "https://github.com/endpoints/endpoints/blob/main/docs/diagnostics/";

    public static readonly DiagnosticDescriptor ElevationWithoutGuard = Error(
        "EP1001",
        "Elevation on an endpoint without [Elevate]",
        "{0} asks for {1} without a guard: say who may call with [Elevate(Callers...)], or take WixClient to call as the caller");

    public static readonly DiagnosticDescriptor VisitorsWithoutLimit = Warning(
        "EP1002",
        "Elevation open to visitors without a rate limit",
        "Anyone on the internet may call this elevated endpoint, as often as Wix:ElevatedRequestsPerMinute allows each address: add a "
        + "limit, as in RateLimit = \"30/1m\"");

    public static readonly DiagnosticDescriptor ElevationStored = Warning(
        "EP1003",
        "Elevation is kept beyond the request",
        "'{0}' keeps {1}, which works until the handler ends and never for another caller: pass it as a parameter to where it is used");

    public static readonly DiagnosticDescriptor ElevationCaptured = Warning(
        "EP1004",
        "Elevation is used by work that may outlive the request",
        "'{0}' is used by work given to {1}, which may run after the handler has ended and elevation with it: await the calls in the "
        + "handler, or use AppWixClient or AdminWixClient in a job");

    public static readonly DiagnosticDescriptor RequestedIdentity = Warning(
        "EP1005",
        "A site or instance id is taken from the request beside elevation",
        "'{0}' comes from the request, so any caller can name another's site: elevation acts for the caller's own, which Caller.SiteId "
        + "and Caller.InstanceId tell");

    public static readonly DiagnosticDescriptor RateLimitMalformed = Error(
        "EP1006",
        "A rate limit is malformed",
        LimitText.Refusal);

    public static readonly DiagnosticDescriptor CallersUndefined = Error(
        "EP1007",
        "[Elevate] names no callers",
        "{0} is not a combination of callers: name those who may call, as in Callers.Member | Callers.User");

    public static readonly DiagnosticDescriptor OnlyMalformed = Error(
        "EP1008",
        "An entry of Only is malformed",
        CallPattern.Refusal);

    public static readonly DiagnosticDescriptor WriteInGet = Warning(
        "EP1009",
        "An elevated GET handler changes state",
        "'{0}' looks like a change, and {1} answers GET, which browsers send for links, images and prefetches from any site: handle it "
        + "as Post");

    public static readonly DiagnosticDescriptor WriteWithoutCheck = Warning(
        "EP1010",
        "An elevated write to a named resource has no check",
        "'{0}' changes what '{1}' names, for {2}, and nothing says whose it is: add Check = typeof(...), a type that lets a caller "
        + "through to what is the caller's own");

    public static readonly DiagnosticDescriptor BodyWithoutValidator = Warning(
        "EP1011",
        "An elevated endpoint takes a body that nothing validates",
        "'{0}' takes {1} from the request, and there is no validator of it: write a class that derives from AbstractValidator<{1}>, "
        + "which is found and run before the handler");

    public static readonly DiagnosticDescriptor CallerKept = Error(
        "EP1012",
        "A caller is kept by what outlives the request",
        "'{0}' takes {1}, which tells of one request's caller, and is {2}: the next one would be taken for the first, so take it as a "
        + "parameter where a request is handled");

    public static readonly DiagnosticDescriptor ClientKept = Warning(
        "EP1013",
        "A request's client is held by what outlives the request",
        "'{0}' takes {1}, which speaks for the request that is going on or for nobody, and is {2}: take it as a parameter where a "
        + "request is handled, or AppWixClient or AdminWixClient for the application's own work");

    public static readonly DiagnosticDescriptor ClientMadeIdentity = Error(
        "EP1014",
        "An identity is read from what a client sends",
        "'{0}' would read {1} from what a client sends, and only the library says who somebody is: take it as a parameter of its own, "
        + "without an attribute");

    public static readonly DiagnosticDescriptor OwnPrincipal = Warning(
        "EP1015",
        "A principal or claim is made to look like Wix's",
        "'{0}' is what callers that Wix has confirmed are known by: take a scheme and claims of your own, or "
        + "AuthenticateAsync(WixDefaults.AuthenticationScheme) for Wix's");

    public static readonly DiagnosticDescriptor OptionsGuarded = Warning(
        "EP1018",
        "A handler of OPTIONS is elevated",
        "'{0}' answers OPTIONS behind [Elevate], and browsers send preflights without a token, which are refused or count against the "
        + "limit: remove it and give the endpoint a CORS policy, which answers them before the guards");

    public static readonly DiagnosticDescriptor UnknownApp = Warning(
        "EP1019",
        "[Elevate] names an app that is not added",
        "The application adds no Wix app '{0}', and doesn't start: call builder.Services.AddWix(\"{0}\", ...) in Program.cs, or name one "
        + "that it adds");

    private static DiagnosticDescriptor Error(string id, string title, string message) =>
        Rule(id, title, message, DiagnosticSeverity.Error);

    private static DiagnosticDescriptor Warning(string id, string title, string message) =>
        Rule(id, title, message, DiagnosticSeverity.Warning);

    private static DiagnosticDescriptor Rule(string id, string title, string message, DiagnosticSeverity severity) =>
        new(id, title, message, "Endpoints.Elevation", severity, isEnabledByDefault: true, helpLinkUri: $"{HelpPages}{id}.md");
}
