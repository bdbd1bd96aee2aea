using Endpoints.Problems;
using Endpoints.Routing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Endpoints;

/// <summary>Builds the file routes before the server listens, so that what is wrong with them stops the start, and answers 404 after everything else.</summary>
internal sealed partial class FileRouteStartup(FileRouteRegistry registry, IHostEnvironment environment, ILogger<FileRouteStartup> logger) : IStartupFilter
{
    public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
    {
        app.Use(pipeline => registry.Pipeline = pipeline);
        next(app);
        WarnOfFiles();
        if (!registry.HasRoutes)
            return;

        var endpoints = app.ApplicationServices.GetRequiredService<EndpointDataSource>().Endpoints;
        FileCollisions.Check(endpoints);
        AddressCollisions.Check(endpoints);
        app.Use(last => context =>
            context.Response.HasStarted || !registry.IsInOwnFolder(context)
                ? last(context)
                : ProblemWriter.WriteAsync(context, RequestProblems.NotFound));
    };

    private void WarnOfFiles()
    {
        if (ApplicationAssembly.Find(environment.ApplicationName) is { } assembly && !registry.Maps(assembly)
            && FileRouteTable.For(assembly) is [var first, ..] files)
            LogUnmapped(files.Count, first.File);
    }

    [LoggerMessage(
        1, LogLevel.Warning,
        "The application has {Count} endpoint files, {File} among them, and none is mapped. "
        + "Call app.MapFileRoutes() in Program.cs, or MapFileRoutes(assembly) with the assembly of the application.")]
    private partial void LogUnmapped(int count, string file);
}
