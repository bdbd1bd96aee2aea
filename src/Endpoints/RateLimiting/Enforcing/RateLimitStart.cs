using Endpoints.Conventions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Endpoints.RateLimiting.Enforcing;

/// <summary>Reads the limits of all endpoints before the server listens, so that an invalid one stops the start.</summary>
internal sealed class RateLimitStart(LimitedEndpoints limited) : IStartupFilter
{
    public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
    {
        next(app);
        if (app.ApplicationServices.GetService<EndpointDataSource>() is not { } source)
            return;
        foreach (var endpoint in source.Endpoints)
        {
            var reached = LoadedPages.Of(endpoint, app.ApplicationServices) ?? endpoint;
            if (reached is RouteEndpoint { RequestDelegate: not null } route && LimitedEndpoints.IsUnasked(route.Metadata))
                limited.Limited(route);
        }
    };
}
