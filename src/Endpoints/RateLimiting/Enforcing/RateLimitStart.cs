using Endpoints.Conventions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Abstractions;
using Microsoft.AspNetCore.Mvc.Controllers;
using Microsoft.AspNetCore.Mvc.Infrastructure;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Endpoints.RateLimiting.Enforcing;

/// <summary>Reads the limits of all endpoints before the server listens, so that an invalid one stops the start.</summary>
internal sealed class RateLimitStart(LimitedEndpoints limited, KeptServices kept) : IStartupFilter
{
    public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
    {
        kept.Demand(typeof(IRateLimitStore), typeof(TimeProvider));
        next(app);
        if (app.ApplicationServices.GetService<EndpointDataSource>() is not { } source)
            return;
        foreach (var endpoint in source.Endpoints)
        {
            var reached = LoadedPages.Of(endpoint, app.ApplicationServices) ?? endpoint;
            if (reached is RouteEndpoint { RequestDelegate: not null } route && LimitedEndpoints.IsUnasked(route.Metadata))
                limited.Limited(route);
        }

        CheckActions(source, app.ApplicationServices);
    };

    /// <summary>
    /// Finds limits on actions and pages that no endpoint leads to: in an application without endpoint routing, nothing asks them.
    /// </summary>
    private static void CheckActions(EndpointDataSource source, IServiceProvider services)
    {
        if (services.GetService<IServiceProviderIsService>()?.IsService(typeof(IControllerFactory)) != true
            || services.GetRequiredService<IOptions<MvcOptions>>().Value.EnableEndpointRouting)
            return;
        var routed = source.Endpoints.Select(static endpoint => endpoint.Metadata.GetMetadata<ActionDescriptor>()?.Id).ToHashSet();
        foreach (var action in services.GetRequiredService<IActionDescriptorCollectionProvider>().ActionDescriptors.Items)
        {
            if (!routed.Contains(action.Id) && LoadedPages.OfAction(action, services).EndpointMetadata is { } metadata
                && LimitedEndpoints.IsUnasked(new(metadata)))
            {
                throw new InvalidOperationException(
                    $"[RateLimit] on {action.DisplayName}: without endpoint routing (EnableEndpointRouting = false), nothing limits it. "
                    + "Map controllers as endpoints: UseRouting and UseEndpoints.");
            }
        }
    }
}
