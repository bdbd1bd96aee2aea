using Endpoints.Wix.Values;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Endpoints.Wix.Options;

/// <summary>Registers the options and their validators.</summary>
internal static class ClientOptionsServices
{
    public static void AddWixClientOptions(this IServiceCollection services)
    {
        services.AddOptionsWithValidateOnStart<WixClientOptions, WixClientOptionsCheck>();
        services.TryAddSingleton(AppName.Default);
        services.TryAddSingleton<ILiveOptions<WixClientOptions>, LiveOptions<WixClientOptions>>();
    }
}
