using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.OutputCaching;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Endpoints.Wix.Elevation;

/// <summary>Keeps elevated responses out of the output cache, whatever the application's base policies say: they are for one caller.</summary>
internal sealed class NeverStored : IOutputCachePolicy
{
    public static NeverStored Instance { get; } = new();

    /// <summary>What on an endpoint asks to store its responses, in the words of the code; null when nothing does.</summary>
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

        return null;
    }

    public ValueTask CacheRequestAsync(OutputCacheContext context, CancellationToken cancellation) => Forbid(context);

    public ValueTask ServeFromCacheAsync(OutputCacheContext context, CancellationToken cancellation) => Forbid(context);

    public ValueTask ServeResponseAsync(OutputCacheContext context, CancellationToken cancellation) => Forbid(context);

    private static ValueTask Forbid(OutputCacheContext context)
    {
        context.EnableOutputCaching = false;
        context.AllowCacheLookup = false;
        context.AllowCacheStorage = false;
        context.AllowLocking = false;
        return ValueTask.CompletedTask;
    }

    private static bool IsNoStore(ResponseCacheAttribute response, IServiceProvider services) =>
        response.NoStore
        || (response.CacheProfileName is { } profile
            && services.GetService<IOptions<MvcOptions>>()?.Value.CacheProfiles.TryGetValue(profile, out var settings) == true
            && settings.NoStore == true);
}
