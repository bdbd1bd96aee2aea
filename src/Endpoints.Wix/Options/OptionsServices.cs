using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Endpoints.Wix.Options;

/// <summary>Registers the options and their validators.</summary>
internal static class OptionsServices
{
    public static void AddWixOptions(this IServiceCollection services)
    {
        // What clients are made of reads the application's own.
        services.AddSingleton<IConfigureOptions<WixOptions>, ClientOptionsBridge>();
        services.AddSingleton<IOptions<WixClientOptions>>(static services => services.GetRequiredService<IOptions<WixOptions>>());
        services.AddSingleton<IOptionsMonitor<WixClientOptions>>(
            static services => services.GetRequiredService<IOptionsMonitor<WixOptions>>());
        services.AddSingleton<ILiveOptions<WixOptions>, LiveOptions<WixOptions>>();
        services.AddSingleton<ILiveOptions<WixClientOptions>>(static services => services.GetRequiredService<ILiveOptions<WixOptions>>());
        // At the start they are validated as the clients' options, which they are, and only once.
        services.AddOptions<WixOptions>();
        services.AddSingleton<IValidateOptions<WixOptions>, WixOptionsCheck>();
        services.AddSingleton<IValidateOptions<WixOptions>, SessionOptionsCheck>();
    }
}
