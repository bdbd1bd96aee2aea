using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;

namespace DropIn.Library;

/// <summary>Setup that several applications of one company share, in a library without endpoint files of its own.</summary>
public static class SharedSetup
{
    public static void MapAll(IEndpointRouteBuilder app) => app.MapFileRoutes();
}
