using Endpoints.Shared.Pages;
using Microsoft.CodeAnalysis;

namespace Endpoints.Generator.Diagnostics;

/// <summary>
/// Defines the diagnostics that the generator reports. Each has a page, with a wrong and a right example, in docs/diagnostics.
/// </summary>
internal static class Rules
{
    private const string HelpPages = "https://github.com/endpoints/endpoints/blob/main/docs/diagnostics/";

    public static readonly DiagnosticDescriptor BracketsUnbalanced = Error(
        "EP0001", "Brackets in a file name are unbalanced", "This file can't be a route: {0}. Rename the file or folder.");

    public static readonly DiagnosticDescriptor ParametersNotSeparated = Error(
        "EP0002", "Parameters in a file name touch", "This file can't be a route: {0}. Rename the file or folder.");

    public static readonly DiagnosticDescriptor ParameterName = Error(
        "EP0003", "A parameter name in a file name is not valid", "This file can't be a route: {0}. Rename the file or folder.");

    public static readonly DiagnosticDescriptor ParameterTwice = Error(
        "EP0004", "A route has two parameters of one name", "This file can't be a route: {0}");

    public static readonly DiagnosticDescriptor BracketsNested = Error(
        "EP0005", "A parameter in a file name has more than one pair of brackets", "This file can't be a route: {0}");

    public static readonly DiagnosticDescriptor RouteTwice = Error(
        "EP0006", "Two files have one route", "'{0}' and '{1}' answer the same paths, '{2}' and '{3}': rename or remove one of them");

    public static readonly DiagnosticDescriptor NoHandler = Error(
        "EP0007",
        "An endpoint file has no handler",
        "'{0}' has no handler: give it a public class with a public method named after an HTTP method, such as Get or PostAsync, or "
        + "begin the file's name with '_' if it is not an endpoint");

    public static readonly DiagnosticDescriptor HandlerClassTwice = Error(
        "EP0008", "An endpoint file has two handler classes",
        "'{0}' and '{1}' are both handler classes: an endpoint file has one, so move the other to a file of its own");

    public static readonly DiagnosticDescriptor VerbTwice = Error(
        "EP0009", "Two methods handle one HTTP method",
        "'{0}' and '{1}' both handle {2}: a file has one method for each HTTP method, so rename or remove one of them");

    public static readonly DiagnosticDescriptor ClassNotPublic = Error(
        "EP0010", "A handler class is not public", "The handler class '{0}' must be public: nothing of it is mapped");

    public static readonly DiagnosticDescriptor MethodNotPublic = Warning(
        "EP0011", "A handler method is not public",
        "'{0}' is named after an HTTP method but is not public, so it is not mapped: make it public or rename it");

    public static readonly DiagnosticDescriptor NearMiss = Warning(
        "EP0012", "A method's name is close to that of an HTTP method",
        "'{0}' is not the name of an HTTP method, so it is not mapped: rename it to '{1}', or make it private if it is not a handler");

    public static readonly DiagnosticDescriptor NoSuchRouteParameter = Error(
        "EP0013", "A handler binds a route parameter that its path does not have", "The route '{0}' has no parameter '{1}': {2}");

    public static readonly DiagnosticDescriptor UnreadRouteParameter = Warning(
        "EP0014", "No handler reads a route parameter",
        "No handler reads the route parameter '{0}': add a parameter '{0}' to a handler, or take the whole HttpContext or ApiContext");

    public static readonly DiagnosticDescriptor ClassCannotHandle = Error(
        "EP0015", "A handler class has a form that can't be served", "'{0}' can't be a handler class because it is {1}: {2}");

    public static readonly DiagnosticDescriptor MethodCannotHandle = Error(
        "EP0016", "A handler method has a form that can't be served", "'{0}' can't handle requests because {1}: {2}");

    public static readonly DiagnosticDescriptor NotAMethod = Error(
        "EP0017", "A member named after an HTTP method is not a method",
        "'{0}' is a {1}: a handler is a method, so make it one or rename it");

    public static readonly DiagnosticDescriptor HttpMethodName = Error(
        "EP0018", "[HttpMethod] does not name an HTTP method",
        "'{0}' is not an HTTP method: it takes one or more letters, digits and !#$%&'*+-.^_`|~, as in \"PROPFIND\"");

    public static readonly DiagnosticDescriptor FolderClass = Error(
        "EP0019", "A _folder.cs does not hold one class",
        "'{0}' must hold exactly one class, whose attributes apply to every route beneath: it has {1}");

    public static readonly DiagnosticDescriptor OutsidePages = Warning(
        "EP0020", "A file looks like an endpoint but lies outside the pages folder", "'{0}' is not mapped: {1}");

    public static readonly DiagnosticDescriptor NamespaceHidden = Error(
        "EP0021", "A class called Endpoints hides the package's namespace",
        "'Endpoints' lies in no namespace and hides the namespace of the package, so no endpoint file can be mapped. Put it into a "
        + "namespace.");

    /// <summary>Returns the rule that a mistake breaks.</summary>
    public static DiagnosticDescriptor Of(FlawKind kind) => kind switch
    {
        FlawKind.BracketsUnbalanced => BracketsUnbalanced,
        FlawKind.ParametersNotSeparated => ParametersNotSeparated,
        FlawKind.ParameterName => ParameterName,
        FlawKind.ParameterTwice => ParameterTwice,
        FlawKind.BracketsNested => BracketsNested,
        FlawKind.NoHandler => NoHandler,
        FlawKind.HandlerClassTwice => HandlerClassTwice,
        FlawKind.VerbTwice => VerbTwice,
        FlawKind.ClassNotPublic => ClassNotPublic,
        FlawKind.MethodNotPublic => MethodNotPublic,
        FlawKind.NearMiss => NearMiss,
        FlawKind.NoSuchRouteParameter => NoSuchRouteParameter,
        FlawKind.UnreadRouteParameter => UnreadRouteParameter,
        FlawKind.ClassCannotHandle => ClassCannotHandle,
        FlawKind.MethodCannotHandle => MethodCannotHandle,
        FlawKind.NotAMethod => NotAMethod,
        FlawKind.HttpMethodName => HttpMethodName,
        FlawKind.FolderClass => FolderClass,
        FlawKind.OutsidePages => OutsidePages,
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };

    private static DiagnosticDescriptor Error(string id, string title, string message) =>
        Rule(id, title, message, DiagnosticSeverity.Error);

    private static DiagnosticDescriptor Warning(string id, string title, string message) =>
        Rule(id, title, message, DiagnosticSeverity.Warning);

    private static DiagnosticDescriptor Rule(string id, string title, string message, DiagnosticSeverity severity) =>
        new(id, title, message, "Endpoints.Routing", severity, isEnabledByDefault: true, helpLinkUri: $"{HelpPages}{id}.md");
}
