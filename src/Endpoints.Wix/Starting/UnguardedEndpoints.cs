using Endpoints.Conventions;
using Endpoints.Wix.Apps;
using Endpoints.Wix.Binding;
using Endpoints.Wix.Elevation;
using Endpoints.Wix.Elevation.Actions;
using Endpoints.Wix.Elevation.Running;
using Endpoints.Wix.Identification;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Caching.Distributed;
using Microsoft.Extensions.DependencyInjection;

namespace Endpoints.Wix.Starting;

/// <summary>Stops the startup of an application with an <c>[Elevate]</c> whose guards don't run.</summary>
internal sealed class UnguardedEndpoints(KeptServices kept) : IStartupFilter
{
    private static readonly Type[] Kept =
    [
        typeof(IWixTokenSource), typeof(IWixTokenInfoSource), typeof(IWixSessionStore), typeof(IWixAuditSink), typeof(IInboxStore),
        typeof(IDistributedCache),
    ];

    public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
    {
        kept.Demand(Kept);
        app.UseMiddleware<FailureMiddleware>();
        next(app);
        // The whole pipeline is there now, and the server does not listen yet.
        if (app.ApplicationServices.GetService<EndpointDataSource>() is { } endpoints)
        {
            Check(endpoints.Endpoints, app.ApplicationServices);
            LoginDemands.Log(endpoints.Endpoints, app.ApplicationServices);
        }

        ActionWarnings.Log(app.ApplicationServices);
    };

    private static void Check(IReadOnlyList<Endpoint> endpoints, IServiceProvider services)
    {
        foreach (var faulty in endpoints.Where(static endpoint => GuardProof.Fault(endpoint) is not null)
            .GroupBy(static endpoint => GuardProof.Fault(endpoint)))
            throw new InvalidOperationException(
                $"[Elevate] does not hold on {string.Join("; ", faulty.Select(static endpoint => endpoint.DisplayName))}: {faulty.Key}");

        var shown = endpoints.Select(static endpoint => endpoint.Metadata.GetMetadata<GuardedEndpoint>()?.Name).OfType<string>()
            .ToHashSet(StringComparer.Ordinal);
        foreach (var endpoint in endpoints)
        {
            if (GuardProof.Hidden(endpoint, shown) is { } hidden)
                throw new InvalidOperationException($"[Elevate] does not hold on {endpoint.DisplayName}: {hidden}");
            CheckOne(endpoint, services);
            if (LoadedPages.Of(endpoint, services) is { } page)
                CheckOne(page, services);
        }
    }

    private static void CheckOne(Endpoint endpoint, IServiceProvider services)
    {
        if ((GuardProof.Fault(endpoint) ?? HubMethods.Fault(endpoint, services)) is { } fault)
            throw new InvalidOperationException($"[Elevate] does not hold on {endpoint.DisplayName}: {fault}");
        if (EndpointApps.Fault(endpoint, services.GetRequiredService<WixApps>()) is { } app)
            throw new InvalidOperationException(app);
        if ((FormMembers.Fault(endpoint) ?? JsonBodies.Fault(endpoint, services)) is { } made)
            throw new InvalidOperationException(made);
        if (endpoint.Metadata.GetMetadata<GuardedEndpoint>() is not { } guarded)
            return;
        if (NeverStored.Contradiction(endpoint, services) is { } caching)
        {
            throw new InvalidOperationException(
                $"{caching} on {guarded.Name} would store what an elevated call answers to one caller, and give it to others. Remove it, "
                + "or elevate in an endpoint of its own.");
        }

        if (guarded.Policy is { } policy && !IsKnown(policy, services))
            throw new InvalidOperationException(
                $"[Elevate] on {guarded.Name}: there is no authorization policy '{policy}'. Add it with AddAuthorization.");
    }

    private static bool IsKnown(string policy, IServiceProvider services) => Task.Run(async () =>
    {
        // The application's provider may be one for each request. At start there is nobody to hold up.
        var scope = services.CreateAsyncScope();
        await using var ending = scope.ConfigureAwait(false);
        return await scope.ServiceProvider.GetRequiredService<IAuthorizationPolicyProvider>().GetPolicyAsync(policy)
            .ConfigureAwait(false) is not null;
    }).GetAwaiter().GetResult();
}
