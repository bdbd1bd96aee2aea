using Endpoints.Wix.Binding;
using Endpoints.Wix.Problems;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Endpoints.Wix.Elevation;

/// <summary>Stops the start of an application with an <c>[Elevate]</c> that guards nothing.</summary>
internal sealed class UnguardedEndpoints : IStartupFilter
{
    public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
    {
        app.UseMiddleware<FailureMiddleware>();
        next(app);
        // The whole pipeline is there now, and the server does not listen yet.
        if (app.ApplicationServices.GetService<EndpointDataSource>() is { } endpoints)
            Check(endpoints.Endpoints, app.ApplicationServices);
    };

    /// <summary>Whether an endpoint carries the attribute and not the guards.</summary>
    public static bool Is(Endpoint endpoint) =>
        endpoint.Metadata.GetMetadata<ElevateAttribute>() is not null && endpoint.Metadata.GetMetadata<GuardedEndpoint>() is null;

    private static void Check(IReadOnlyList<Endpoint> endpoints, IServiceProvider services)
    {
        var unguarded = endpoints.Where(Is).Select(static endpoint => endpoint.DisplayName).ToList();
        if (unguarded.Count > 0)
        {
            throw new InvalidOperationException(
                $"[Elevate] guards nothing on: {string.Join("; ", unguarded)}. On a minimal API or a route group call .Elevate(Callers...) instead of writing the attribute.");
        }

        foreach (var endpoint in endpoints)
        {
            if (FormMembers.Fault(endpoint) is { } fault)
                throw new InvalidOperationException(fault);
            if (endpoint.Metadata.GetMetadata<GuardedEndpoint>() is not { } guarded)
                continue;
            if (NeverStored.Contradiction(endpoint, services) is { } caching)
            {
                throw new InvalidOperationException(
                    $"{caching} on {guarded.Name} would store what an elevated call answers to one caller, and give it to others. Remove it, or elevate in an endpoint of its own.");
            }

            if (guarded.Policy is { } policy && !IsKnown(policy, services))
                throw new InvalidOperationException($"[Elevate] on {guarded.Name}: there is no authorization policy '{policy}'. Add it with AddAuthorization.");
        }
    }

    private static bool IsKnown(string policy, IServiceProvider services) => Task.Run(async () =>
    {
        // The application's provider may be one for each request. At start there is nobody to hold up.
        var scope = services.CreateAsyncScope();
        await using var ending = scope.ConfigureAwait(false);
        return await scope.ServiceProvider.GetRequiredService<IAuthorizationPolicyProvider>().GetPolicyAsync(policy).ConfigureAwait(false) is not null;
    }).GetAwaiter().GetResult();
}
