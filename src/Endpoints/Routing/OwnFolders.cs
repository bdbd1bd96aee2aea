using System.Runtime.CompilerServices;
using Endpoints.CompilerServices;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc.Abstractions;
using Microsoft.AspNetCore.Mvc.Controllers;
using Microsoft.AspNetCore.Mvc.Infrastructure;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Patterns;
using Microsoft.Extensions.DependencyInjection;

namespace Endpoints.Routing;

/// <summary>Finds the folders that belong to endpoint files alone: nothing else of the application has an address in them.</summary>
internal static class OwnFolders
{
    /// <param name="folders">The folders of the files.</param>
    /// <param name="services">The application's services.</param>
    public static PathString[] Among(IEnumerable<string> folders, IServiceProvider services)
    {
        var endpoints = services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>();
        var others = endpoints.Where(IsOther).Select(Address).Concat(Actions(services)).ToList();
        return [.. Uppermost(folders, folder => !others.Exists(address => IsIn(address, folder)))];
    }

    /// <summary>Returns the folders that satisfy a condition and are not inside another one that does, topmost first.</summary>
    public static IReadOnlyList<PathString> Uppermost(IEnumerable<string> folders, Func<PathString, bool> takes)
    {
        var taken = new List<PathString>();
        foreach (var folder in folders.Distinct(StringComparer.OrdinalIgnoreCase).OrderBy(static folder => folder.Length)
            .Select(static folder => new PathString(folder)))
        {
            if (!taken.Exists(upper => IsIn(folder, upper)) && takes(folder))
                taken.Add(folder);
        }

        return taken;
    }

    private static bool IsOther(RouteEndpoint endpoint) =>
        endpoint.Metadata.GetMetadata<FileRoute>() is null
        && FileNode.Of(endpoint) is null
        && endpoint.Metadata.GetMetadata<OwnAddressMetadata>() is null;

    private static bool IsIn(PathString address, PathString folder) =>
        address.StartsWithSegments(folder, StringComparison.OrdinalIgnoreCase);

    /// <summary>Returns the literal beginning of an endpoint's path.</summary>
    private static PathString Address(RouteEndpoint endpoint)
    {
        var address = "";
        foreach (var segment in endpoint.RoutePattern.PathSegments)
        {
            var text = segment.Parts switch
            {
                [RoutePatternLiteralPart literal] => literal.Content,
                [RoutePatternParameterPart parameter] => endpoint.RoutePattern.RequiredValues.GetValueOrDefault(parameter.Name) as string,
                _ => null,
            };
            if (string.IsNullOrEmpty(text))
                break;
            address += "/" + text;
        }

        return new(address);
    }

    /// <summary>Returns the addresses that MVC answers without endpoints, as with UseMvc.</summary>
    private static IEnumerable<PathString> Actions(IServiceProvider services) =>
        // Who uses MVC has loaded it.
        Array.Exists(AppDomain.CurrentDomain.GetAssemblies(), static assembly => assembly.GetName().Name == "Microsoft.AspNetCore.Mvc.Core")
            ? MvcActions(services)
            : [];

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static IEnumerable<PathString> MvcActions(IServiceProvider services)
    {
        if (services.GetService<IServiceProviderIsService>()?.IsService(typeof(IControllerFactory)) != true)
            yield break;
        foreach (var action in services.GetRequiredService<IActionDescriptorCollectionProvider>().ActionDescriptors.Items)
        {
            var path = action.AttributeRouteInfo?.Template ?? Value(action, "area") ?? Value(action, "controller");
            if (path is not null)
                yield return new("/" + string.Join('/', path.TrimStart('~', '/').Split('/').TakeWhile(IsLiteral)));
        }
    }

    private static bool IsLiteral(string segment) => !segment.Contains('{', StringComparison.Ordinal);

    private static string? Value(ActionDescriptor action, string name) =>
        action.RouteValues.TryGetValue(name, out var value) ? value : null;
}
