using System.Globalization;
using System.Reflection;
using Microsoft.AspNetCore.Mvc.Abstractions;
using Microsoft.AspNetCore.Mvc.Controllers;
using Microsoft.AspNetCore.Routing;

namespace Endpoints.RateLimiting.Enforcing;

/// <summary>Determines the places of the limits that are written out on one endpoint.</summary>
/// <remarks>
/// A place is a text that is the same on every node, and each time the endpoint is built. Endpoints of one route share the limits of what
/// covers them: a class, a folder or a group. What is written on one handler, or on one endpoint that is mapped, counts for its methods.
/// </remarks>
/// <param name="template">The route's template.</param>
/// <param name="metadata">The endpoint's metadata.</param>
internal sealed class LimitPlaces(string template, IReadOnlyList<object> metadata)
{
    private readonly Dictionary<string, int> _taken = new(StringComparer.Ordinal);
    private readonly string _route = RouteOf(template, metadata);
    private readonly MethodInfo? _handler = metadata.OfType<MethodInfo>().LastOrDefault()
        ?? metadata.OfType<ControllerActionDescriptor>().LastOrDefault()?.MethodInfo;

    /// <summary>Returns the place of a limit.</summary>
    /// <param name="written">The attribute that the limit is written on.</param>
    /// <param name="kind">The kind of the attribute.</param>
    /// <param name="isOfOne"><see langword="true"/> if it was added to this endpoint alone; otherwise, <see langword="false"/>.</param>
    /// <param name="by">The partition of the limit.</param>
    /// <param name="limit">The text of the limit.</param>
    public string Of(object written, string kind, bool isOfOne, RateLimitBy by, string limit)
    {
        var methods = isOfOne || IsOfHandler(written) ? Methods() : "";
        var place = string.Create(CultureInfo.InvariantCulture, $"{_route} {(int)by} {kind}{methods}");
        var number = _taken[$"{place} {limit}"] = _taken.GetValueOrDefault($"{place} {limit}") + 1;
        return string.Create(CultureInfo.InvariantCulture, $"{place} {number}");
    }

    // Attributes are equal by their values, and a reflected one is another instance each time.
    private bool IsOfHandler(object written)
    {
        var own = _handler?.GetCustomAttributes(written.GetType(), inherit: true).Count(written.Equals) ?? 0;
        return own > 0 && metadata.Count(written.Equals) <= own;
    }

    private string Methods() => metadata.OfType<IHttpMethodMetadata>().LastOrDefault() is { HttpMethods: var methods }
        ? " " + string.Join(',', methods.Order(StringComparer.OrdinalIgnoreCase)).ToUpperInvariant() : " *";

    /// <summary>Returns the text of an endpoint's route. Actions that are routed by convention have one template for all.</summary>
    public static string RouteOf(string template, IReadOnlyList<object> metadata)
    {
        var route = RateLimitScopes.Route(template);
        return metadata.OfType<ActionDescriptor>().LastOrDefault() is { AttributeRouteInfo: null } action
            ? $"{route} {action.DisplayName}" : route;
    }
}
