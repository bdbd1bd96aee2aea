using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Endpoints.Wix.Options;

/// <summary>The options and what checks them.</summary>
internal static class OptionsServices
{
    public static void AddWixOptions(this IServiceCollection services)
    {
        services.AddOptionsWithValidateOnStart<WixOptions, WixOptionsRanges>();
        services.AddSingleton<IValidateOptions<WixOptions>, WixOptionsCheck>();
        services.AddSingleton<IValidateOptions<WixOptions>, SessionOptionsCheck>();
    }
}
