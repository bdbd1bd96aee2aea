using System.Text.RegularExpressions;
using Endpoints.Shared.Handlers;
using Endpoints.Wix.Analyzers.Routes;
using Microsoft.CodeAnalysis;

namespace Endpoints.Wix.Analyzers.Lock;

/// <summary>Reads the routes of an MVC action from its attributes and those of its controller.</summary>
internal static class ActionRoutes
{
    /// <summary>
    /// Returns the HTTP methods and routes of an action. A route that the attributes don't specify is named after controller and action.
    /// </summary>
    public static IEnumerable<(string Verb, string Route)> Of(EndpointHandler action)
    {
        var controller = Regex.Replace(action.Class.Name, "Controller$", "", RegexOptions.IgnoreCase);
        var prefixes = Prefixes(action.Class).DefaultIfEmpty(null).ToList();
        var own = new List<(string? Verb, string? Template)>();
        foreach (var attribute in action.Method.GetAttributes())
        {
            if (attribute.AttributeClass is not { } type)
                continue;
            if (type.Name == "RouteAttribute")
                own.Add((null, Template(attribute)));
            else if (Regex.Match(type.Name, "^Http(Get|Post|Put|Patch|Delete|Head|Options)Attribute$") is { Success: true } match)
                own.Add((match.Groups[1].Value.ToUpperInvariant(), Template(attribute)));
        }

        // A verb without a template goes with the templates that have no verb.
        var bare = own.Where(static selector => selector is { Verb: not null, Template: null }).Select(static selector => selector.Verb!)
            .ToList();
        var templates = own.Where(static selector => selector.Template is not null).ToList();
        var selectors = templates.Count == 0
            ? action.Verbs.Select(static verb => (Verb: verb, Template: (string?)null))
            : templates.SelectMany(selector => selector.Verb is { } verb ? [(verb, selector.Template)]
                : (bare.Count > 0 ? bare : action.Verbs.Where(_ => templates.All(static other => other.Verb is null))
                    .DefaultIfEmpty(Verbs.All)).Select(verb => (Verb: verb, selector.Template)));

        foreach (var (verb, template) in selectors)
        {
            foreach (var prefix in prefixes)
                yield return (verb, Named(Join(prefix, template), controller, action));
        }
    }

    private static string? Join(string? prefix, string? template) => template switch
    {
        null => prefix,
        _ when template.StartsWith("/", StringComparison.Ordinal) || template.StartsWith("~/", StringComparison.Ordinal) =>
            template.TrimStart('~'),
        "" => prefix ?? "",
        _ => prefix is null ? template : $"{prefix.TrimEnd('/')}/{template}",
    };

    private static string Named(string? template, string controller, EndpointHandler action)
    {
        var name = Regex.Replace(action.Method.Name, "Async$", "");
        if (template is null)
            return $"{controller}.{name} (by convention)";
        var route = template.Replace("[controller]", controller).Replace("[action]", name);
        return "/" + route.TrimStart('/');
    }

    // The nearest class that has any decides, as MVC's attributes are inherited until they are written again.
    private static List<string?> Prefixes(INamedTypeSymbol type)
    {
        for (var at = type; at is not null; at = at.BaseType)
        {
            var templates = at.GetAttributes().Where(static attribute => attribute.AttributeClass?.Name == "RouteAttribute")
                .Select(Template).ToList();
            if (templates.Count > 0)
                return templates;
        }
        return [];
    }

    private static string? Template(AttributeData attribute) =>
        attribute.ConstructorArguments.FirstOrDefault() is { Kind: TypedConstantKind.Primitive, Value: string text } ? text : null;
}
