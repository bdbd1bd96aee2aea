using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Endpoints.Wix.Options;

/// <summary>The options and what checks them.</summary>
internal static class ClientOptionsServices
{
    public static void AddWixClientOptions(this IServiceCollection services)
    {
        services.AddOptionsWithValidateOnStart<WixClientOptions, WixClientOptionsRanges>();
        services.AddSingleton<IValidateOptions<WixClientOptions>, WixClientOptionsCheck>();
    }
}
