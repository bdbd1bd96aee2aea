using Endpoints.Wix.Analyzers.Guards;
using Microsoft.CodeAnalysis;

namespace Endpoints.Wix.Analyzers.Webhooks;

/// <summary>
/// Defines the diagnostics about event and plugin files. Each has a page, with a wrong and a right example, in docs/diagnostics.
/// </summary>
internal static class WebhookRules
{
    private const string HelpPages = "https://github.com/endpoints/endpoints/blob/main/docs/diagnostics/";

    public static readonly DiagnosticDescriptor UnknownEvent = Warning(
        "EP1301", "An event's name is not one that Wix has",
        "'{0}' is no event that the referenced packages know, so Wix may never deliver it: did you mean '{1}'?");

    public static readonly DiagnosticDescriptor NoHandler = Error(
        "EP1302", "An event file has no handler",
        "'{0}' has no handler: give it a public class with a public method Handle that takes the event, such as "
        + "Handle(OrderCreated order), or begin the file's name with '_' if it handles nothing");

    public static readonly DiagnosticDescriptor HandleTwice = Error(
        "EP1303", "A class has two Handle methods",
        "'{0}' has two methods that could handle the event, '{1}' and '{2}': a class handles one event with one method, so move the "
        + "other to a class of its own");

    public static readonly DiagnosticDescriptor ClassCannotHandle = Error(
        "EP1304", "A class has a form that Wix can't call", "'{0}' can't be called by Wix because it is {1}: {2}");

    public static readonly DiagnosticDescriptor MethodCannotHandle = Error(
        "EP1305", "A Handle method has a form that can't be called", "'{0}' can't handle events because {1}: {2}");

    public static readonly DiagnosticDescriptor NoEvent = Error(
        "EP1306", "A handler doesn't say which event it handles", "'{0}' {1}: {2}");

    public static readonly DiagnosticDescriptor NotAService = Error(
        "EP1307", "A handler takes what no event brings", "The parameter '{0}' of '{1}' can't be given because {2}: {3}");

    public static readonly DiagnosticDescriptor Contradiction = Error(
        "EP1308", "Two handlers contradict each other", "{0}: {1}");

    public static readonly DiagnosticDescriptor PluginTwice = Error(
        "EP1309", "A service plugin is implemented twice",
        "'{0}' and '{1}' both implement {2}, and Wix calls one address: remove one of them");

    public static readonly DiagnosticDescriptor NotMapped = Warning(
        "EP1310", "Event and plugin files are never reached",
        "Wix can't call '{0}', because nothing maps the addresses: call app.MapWixEvents() in Program.cs");

    public static readonly DiagnosticDescriptor NoPlugin = Error(
        "EP1311", "A plugin file has no plugin",
        "'{0}' has no plugin: give it a public class that derives from one of Wix's plugins, such as ShippingRatesPlugin, or begin "
        + "the file's name with '_' if it is none");

    public static readonly DiagnosticDescriptor OutsideFolder = Warning(
        "EP1312", "An event handler or plugin lies outside its folder", "'{0}' is not registered: {1}");

    public static readonly DiagnosticDescriptor ToolNotDeclared = Error(
        "EP1313", "A tool can't be declared to Wix", "'{0}' can't be declared to Wix because {1}: {2}");

    /// <summary>Returns the rule of an identifier.</summary>
    public static DiagnosticDescriptor Of(string id) => id == GuardRules.OnlyMalformed.Id ? GuardRules.OnlyMalformed : ById[id];

    private static readonly Dictionary<string, DiagnosticDescriptor> ById = new[]
    {
        UnknownEvent, NoHandler, HandleTwice, ClassCannotHandle, MethodCannotHandle, NoEvent, NotAService, Contradiction, PluginTwice,
        NotMapped, NoPlugin, OutsideFolder, ToolNotDeclared,
    }.ToDictionary(static rule => rule.Id, StringComparer.Ordinal);

    private static DiagnosticDescriptor Error(string id, string title, string message) =>
        Rule(id, title, message, DiagnosticSeverity.Error);

    private static DiagnosticDescriptor Warning(string id, string title, string message) =>
        Rule(id, title, message, DiagnosticSeverity.Warning);

    private static DiagnosticDescriptor Rule(string id, string title, string message, DiagnosticSeverity severity) =>
        new(id, title, message, "Endpoints.Events", severity, isEnabledByDefault: true, helpLinkUri: $"{HelpPages}{id}.md");
}
