using Endpoints.Origins;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Endpoints.Wix.Origins;

/// <summary>Registers the services that determine whose pages send requests.</summary>
internal static class OriginServices
{
    /// <summary>Adds what determines the sender of a request, whichever app it is for.</summary>
    public static void AddWixSenders(this IServiceCollection services)
    {
        services.AddSingleton<IOwnOrigins, RequestOrigins>();
        services.TryAddSingleton<Senders>();
    }

    public static void AddWixOrigins(this IServiceCollection app)
    {
        app.AddSingleton<OwnOrigins>();
        app.AddSingleton<OwnPages>();
        app.AddSingleton<SiteOrigin>();
    }
}
