using Endpoints.Problems;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Endpoints.Routing;

/// <summary>Builds the file routes before the server listens, so that what is wrong with them stops the start, and answers 404 after everything else.</summary>
internal sealed class FileRouteStartup(FileRouteRegistry registry) : IStartupFilter
{
    public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
    {
        app.Use(pipeline => registry.Pipeline = pipeline);
        next(app);
        if (!registry.HasRoutes)
            return;

        FileCollisions.Check(app.ApplicationServices.GetRequiredService<EndpointDataSource>().Endpoints);
        app.Use(last => context =>
            context.Response.HasStarted || !registry.IsUnderRoot(context.Request.Path)
                ? last(context)
                : ProblemWriter.WriteAsync(context, RequestProblems.NotFound));
    };
}
