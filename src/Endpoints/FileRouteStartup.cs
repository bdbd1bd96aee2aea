using Endpoints.CompilerServices;
using Endpoints.Problems;
using Endpoints.Routing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Endpoints;

/// <summary>
/// Builds the file routes before the server listens, so that errors in them stop the start, and answers 404 after everything else.
/// </summary>
internal sealed partial class FileRouteStartup(FileRouteRegistry registry, IWebHostEnvironment environment,
    ILogger<FileRouteStartup> logger) : IStartupFilter
{
    public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
    {
        app.Use(pipeline => PathBaseAtStart.Before(registry.Pipeline = pipeline));
        next(app);
        WarnOfFiles();
        if (!registry.HasRoutes)
            return;

        var endpoints = app.ApplicationServices.GetRequiredService<EndpointDataSource>().Endpoints;
        FileCollisions.Check(endpoints);
        NameCollisions.Check(endpoints);
        AntiforgeryMiddleware.Demand(endpoints, app.Properties);
        WarnOfHidden(endpoints);
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

    private void WarnOfHidden(IReadOnlyList<Endpoint> endpoints)
    {
        if (HiddenPaths.StaticFile(endpoints, environment.WebRootFileProvider) is var (file, path))
            LogHiddenFile(file, path);
        if (HiddenPaths.EveryPage(endpoints) is { } everything)
            LogHiddenPages(everything);
    }

    [LoggerMessage(2, LogLevel.Warning,
        "{File} answers {Path}, which is one of the static files. They come first where the application calls UseStaticFiles() and after "
        + "it UseRouting().")]
    private partial void LogHiddenFile(string file, string path);

    [LoggerMessage(3, LogLevel.Warning,
        "{File} matches every path, those of the conventional routes too: their controllers and pages are not reached. Put the file into "
        + "a folder, or give them routes of their own.")]
    private partial void LogHiddenPages(string file);

    [LoggerMessage(
        1, LogLevel.Warning,
        "The application has {Count} endpoint files, {File} among them, and none is mapped. "
        + "Call app.MapFileRoutes() in Program.cs, or MapFileRoutes(assembly) with the assembly of the application.")]
    private partial void LogUnmapped(int count, string file);
}
