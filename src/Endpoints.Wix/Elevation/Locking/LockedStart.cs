using System.Reflection;
using System.Text;
using Endpoints.Shared.Lock;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Controllers;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Endpoints.Wix.Elevation.Locking;

/// <summary>
/// Stops the startup of an application in Development whose guards are weaker than the lock with which it was built. The running endpoints
/// show what no compiler can see.
/// </summary>
internal sealed class LockedStart(IHostEnvironment environment) : IStartupFilter
{
    public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
    {
        next(app);
        // A test of the guards says more, and all at once.
        if (environment.IsDevelopment() && app.ApplicationServices.GetService<StandIn>() is null
            && app.ApplicationServices.GetService<EndpointDataSource>() is { } endpoints)
            Check(endpoints);
    };

    /// <summary>Returns the locks of the application and of the libraries whose endpoints it runs.</summary>
    public static IReadOnlyList<EmbeddedLock> LocksOf(IHostEnvironment environment, IEnumerable<GuardedRoute> routes) =>
        [.. AssembliesOf(environment, routes).Select(EmbeddedLock.Of).OfType<EmbeddedLock>()];

    /// <summary>Returns the assemblies of the application and of the endpoints that it runs.</summary>
    public static IEnumerable<Assembly> AssembliesOf(IHostEnvironment environment, IEnumerable<GuardedRoute> routes) =>
        routes.Select(static route => HomeOf(route.Endpoint)).Prepend(Application(environment)).OfType<Assembly>().Distinct();

    private void Check(EndpointDataSource endpoints)
    {
        var routes = GuardedRoute.Of(endpoints.Endpoints).ToList();
        var locks = LocksOf(environment, routes);
        if (locks.Count == 0)
            return;
        var entries = locks.SelectMany(static embedded => embedded.Entries).ToList();
        var isOwn = locks.Any(embedded => embedded.Assembly == Application(environment));
        var due = routes.Where(route => isOwn || locks.Any(embedded => embedded.Assembly == HomeOf(route.Endpoint))).ToList();
        var faults = Faults(due, LockPairs.Of(due, entries)).Concat(Opened(endpoints, entries))
            .Concat(Unguarded(endpoints, routes, entries)).ToList();
        if (faults.Count == 0)
            return;

        var message = new StringBuilder("The running endpoints open wider than the guard lock that the application was built with:");
        foreach (var fault in faults)
            message.Append("\n- ").Append(fault);
        throw new InvalidOperationException(message
            .Append("\nSomething guards or opens them that the code does not show: a convention, a library, configuration. See "
                + "docs/guard-lock.md.").ToString());
    }

    private static IEnumerable<string> Faults(List<GuardedRoute> routes, LockedEndpoint?[] entries)
    {
        for (var i = 0; i < routes.Count; i++)
        {
            var route = routes[i];
            if (entries[i] is not { } entry)
            {
                var kinds = string.Join(", ", GuardedRoute.KindsOf(route.Guards.Callers));
                yield return $"{route.Name} ({route.Guards.Name}) is elevated for {kinds}, and the lock has no entry for it.";
            }
            else if (route.Weaknesses(entry).ToList() is { Count: > 0 } weaknesses)
                yield return $"{route.Name} ({route.Guards.Name}): {string.Join("; ", weaknesses)}. Its entry is '{entry.Name}'.";
        }
    }

    // Endpoints that have lost the very metadata by which they were elevated.
    private static IEnumerable<string> Opened(EndpointDataSource endpoints, List<LockedEndpoint> entries) =>
        from endpoint in endpoints.Endpoints.OfType<RouteEndpoint>()
        where endpoint.Metadata.GetMetadata<GuardedEndpoint>() is null
        from entry in entries
        where entry.Authorize.Count > 0 && entry.Code is null && GuardedRoute.IsNamedBy(endpoint, entry)
        let lost = AuthorizeDemands.Lost(entry, endpoint.Metadata)
        where lost.Count > 0
        select $"{entry.Name} ({endpoint.DisplayName}): [Authorize] no longer demands {string.Join(", ", lost)}. Its entry is "
            + $"'{entry.Name}'.";

    // What the lock has guards for, and the application has without any.
    private static IEnumerable<string> Unguarded(EndpointDataSource endpoints, List<GuardedRoute> routes, List<LockedEndpoint> entries) =>
        from entry in entries
        where entry.IsElevated && entry.Code is null && !routes.Exists(route => route.IsExactly(entry))
        from endpoint in endpoints.Endpoints.OfType<RouteEndpoint>()
        where endpoint.Metadata.GetMetadata<GuardedEndpoint>() is null && GuardedRoute.IsNamedBy(endpoint, entry)
        select $"{entry.Name} ({endpoint.DisplayName}): its guards are gone. Its entry is '{entry.Name}'.";

    private static Assembly? HomeOf(RouteEndpoint endpoint) =>
        endpoint.Metadata.GetMetadata<ControllerActionDescriptor>()?.ControllerTypeInfo.Assembly
            ?? endpoint.Metadata.GetMetadata<MethodInfo>()?.Module.Assembly;

    // An application may have a name of its own choosing.
    private static Assembly? Application(IHostEnvironment environment) =>
        ApplicationAssembly.Find(environment.ApplicationName) ?? Assembly.GetEntryAssembly();
}
