using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Controllers;
using Microsoft.AspNetCore.OutputCaching;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Endpoints.Wix.Elevation;

/// <summary>
/// Keeps elevated responses, which are for one caller, out of the output cache, whatever the application's base policies say.
/// </summary>
internal sealed class NeverStored : IOutputCachePolicy
{
    public static NeverStored Instance { get; } = new();

    /// <summary>
    /// Returns the attribute or call that stores an endpoint's responses, as it appears in code; <see langword="null"/> if there is none.
    /// </summary>
    public static string? Contradiction(Endpoint endpoint, IServiceProvider services)
    {
        foreach (var item in endpoint.Metadata)
        {
            switch (item)
            {
                case OutputCacheAttribute { NoStore: false }:
                    return "[OutputCache]";
                case IOutputCachePolicy and not NeverStored:
                    return "CacheOutput()";
                case ResponseCacheAttribute response when !IsNoStore(response, services):
                    return "[ResponseCache]";
            }
        }

        // A filter for all of MVC, or of a convention, is no metadata.
        return endpoint.Metadata.GetMetadata<ControllerActionDescriptor>() is { } action
            && action.FilterDescriptors.Any(filter => filter.Filter is ResponseCacheAttribute response && !IsNoStore(response, services))
            ? "[ResponseCache]" : null;
    }

    /// <summary>
    /// Marks the response as not to be stored, also for an output cache that runs before routing and does not know the endpoint.
    /// </summary>
    public static void Tell(HttpContext context)
    {
        if (!context.Response.HasStarted) // handed on late by another endpoint
            context.Response.Headers.CacheControl = "no-store";
        if (context.Features.Get<IOutputCacheFeature>() is { } cache)
            Forbid(cache.Context);
    }

    /// <summary>Marks the response again if a filter has changed it before the handler, because only the handler may change it.</summary>
    public static void TellAgain(HttpContext context)
    {
        if (!context.Response.HasStarted
            && !context.Response.Headers.CacheControl.ToString().Contains("no-store", StringComparison.OrdinalIgnoreCase))
            context.Response.Headers.CacheControl = "no-store";
    }

    public ValueTask CacheRequestAsync(OutputCacheContext context, CancellationToken cancellation) => ForbidAsync(context);

    public ValueTask ServeFromCacheAsync(OutputCacheContext context, CancellationToken cancellation) => ForbidAsync(context);

    public ValueTask ServeResponseAsync(OutputCacheContext context, CancellationToken cancellation) => ForbidAsync(context);

    private static ValueTask ForbidAsync(OutputCacheContext context)
    {
        Forbid(context);
        return ValueTask.CompletedTask;
    }

    private static void Forbid(OutputCacheContext context)
    {
        context.EnableOutputCaching = false;
        context.AllowCacheLookup = false;
        context.AllowCacheStorage = false;
        context.AllowLocking = false;
    }

    private static bool IsNoStore(ResponseCacheAttribute response, IServiceProvider services) =>
        response.NoStore
        || (response.CacheProfileName is { } profile
            && services.GetService<IOptions<MvcOptions>>()?.Value.CacheProfiles.TryGetValue(profile, out var settings) == true
            && settings.NoStore == true);
}
