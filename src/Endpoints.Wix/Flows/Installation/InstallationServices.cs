using Microsoft.Extensions.DependencyInjection;

namespace Endpoints.Wix.Flows.Installation;

/// <summary>Registers the installation of the app.</summary>
internal static class InstallationServices
{
    public static void AddWixInstallation(this IServiceCollection services)
    {
        services.AddSingleton<InstallationAttempts>();
        services.AddSingleton<InstallationCodes>();
        services.AddSingleton<InstallationEndpoints>();
    }
}
