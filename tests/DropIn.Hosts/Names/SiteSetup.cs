using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;

namespace DropIn.Names;

/// <summary>A project that has the package, and a class that is called as the package's namespace.</summary>
public static class SiteSetup
{
    public static void MapAll(IEndpointRouteBuilder app)
    {
        Endpoints.MapOwn(app);
        app.MapFileRoutes();
    }
}
