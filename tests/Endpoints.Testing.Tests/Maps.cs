using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Routing;

namespace Endpoints.Testing.Tests;

/// <summary>Maps endpoints that the application's own code doesn't show.</summary>
internal sealed class Maps(Action<IEndpointRouteBuilder> map) : IStartupFilter
{
    public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
    {
        next(app);
        app.UseRouting().UseEndpoints(map);
    };
}
