using Endpoints.Wix;

namespace DropIn;

/// <summary>The lines that README tells an existing application to add, and nothing else.</summary>
internal static class Packages
{
    public static bool AreAdded(IConfiguration configuration) => configuration.GetValue<bool>("Packages");

    public static void Add(IServiceCollection services, IConfiguration configuration)
    {
        services.AddFileRoutes();
        services.AddWix(configuration);
        services.AddWixDashboardCors();
    }

    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapFileRoutes().RequireCors(WixDefaults.DashboardCorsPolicy);
        app.MapWixAuth();
        app.MapWixInstallation();
    }
}
