using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Endpoints.Wix.Options;

/// <summary>Registers the options and their validators.</summary>
internal static class OptionsServices
{
    /// <summary>Adds the validators, for all apps.</summary>
    public static void AddWixOptionsChecks(this IServiceCollection services)
    {
        services.AddOptions<WixOptions>();
        services.AddSingleton<IValidateOptions<WixOptions>, WixOptionsCheck>();
        services.AddSingleton<IValidateOptions<WixOptions>, SessionOptionsCheck>();
    }

    /// <summary>Adds the options of the app without a name.</summary>
    public static void AddWixDefaultOptions(this IServiceCollection services)
    {
        // What clients are made of reads the application's own.
        services.AddSingleton<IConfigureOptions<WixOptions>, ClientOptionsBridge>();
        services.AddSingleton<IOptionsMonitor<WixClientOptions>>(
            static services => services.GetRequiredService<IOptionsMonitor<WixOptions>>());
        services.AddWixAppOptions();
        // At the start they are validated as the clients' options, which they are, and only once.
        services.AddWixClientOptions();
    }

    /// <summary>Adds the options of one app, in the forms in which its services take them.</summary>
    public static void AddWixAppOptions(this IServiceCollection app)
    {
        app.AddSingleton<IOptions<WixClientOptions>>(static services => services.GetRequiredService<IOptions<WixOptions>>());
        app.AddSingleton<ILiveOptions<WixOptions>, LiveOptions<WixOptions>>();
        app.AddSingleton<ILiveOptions<WixClientOptions>>(static services => services.GetRequiredService<ILiveOptions<WixOptions>>());
    }
}
