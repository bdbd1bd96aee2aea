using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Patterns;

namespace Endpoints.Routing;

/// <summary>
/// Finds files that claim the address of another endpoint. The matcher couldn't choose, and each request would fail with 500.
/// </summary>
internal static class AddressCollisions
{
    /// <exception cref="InvalidOperationException">A file and an endpoint handle the same method of the same paths.</exception>
    public static void Check(IReadOnlyList<Endpoint> endpoints)
    {
        var others = endpoints.OfType<RouteEndpoint>().Where(static endpoint => FileNode.Of(endpoint) is null && IsMatched(endpoint))
            .ToLookup(Shape);
        if (others.Count == 0)
            return;

        foreach (var endpoint in endpoints.OfType<RouteEndpoint>())
        {
            // A file whose template is wider than its route comes after the others: the matcher can choose.
            if (FileNode.Of(endpoint) is not { Pattern.IsExact: true } file)
                continue;
            foreach (var other in others[Shape(endpoint)])
            {
                if (Method(file, other) is { } method && FileCollisions.ShareHost(endpoint, other))
                {
                    throw new InvalidOperationException(
                        $"'{file.FileName}' and the endpoint '{other.DisplayName}' both answer {method} of '{file.Pattern.Route}', "
                        + "so that no request could be answered. "
                        + "Remove or rename one of them, or map the files under another path: MapGroup(\"/v2\").MapFileRoutes().");
                }
            }
        }
    }

    private static bool IsMatched(RouteEndpoint endpoint) =>
        endpoint.Metadata.GetMetadata<ISuppressMatchingMetadata>()?.SuppressMatching != true
        && endpoint.Metadata.GetMetadata<IDynamicEndpointMetadata>()?.IsDynamic != true;

    /// <summary>
    /// Returns the method that both handle, or null if there is none. An endpoint for any method yields to one that names the method.
    /// </summary>
    private static string? Method(FileNode file, RouteEndpoint other)
    {
        if (other.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods is not { Count: > 0 } methods)
            return "every method";
        foreach (var method in methods)
        {
            if (file.Handles(method) || (HttpMethods.IsHead(method) && file.Handles(HttpMethods.Get)))
                return method;
        }

        return null;
    }

    /// <summary>Returns the shape of an endpoint. Endpoints with the same shape match the same paths, with the same precedence.</summary>
    private static (int Order, string Path) Shape(RouteEndpoint endpoint)
    {
        var path = new StringBuilder();
        foreach (var segment in endpoint.RoutePattern.PathSegments)
        {
            path.Append('/');
            foreach (var part in segment.Parts)
            {
                path.Append(part switch
                {
                    RoutePatternLiteralPart literal => literal.Content.ToUpperInvariant(),
                    RoutePatternSeparatorPart separator => separator.Content,
                    RoutePatternParameterPart parameter => Value(endpoint.RoutePattern, parameter),
                    _ => "",
                });
            }
        }

        return (endpoint.Order, path.ToString());
    }

    // A lower-case letter stands for no literal.
    private static string Value(RoutePattern pattern, RoutePatternParameterPart parameter)
    {
        if (pattern.RequiredValues.TryGetValue(parameter.Name, out var required) && required is string { Length: > 0 } text)
            return text.ToUpperInvariant();
        return (parameter.IsCatchAll ? "{r" : "{p")
            + string.Concat(parameter.ParameterPolicies.Select(static policy => ":" + policy.Content)) + "}";
    }
}
