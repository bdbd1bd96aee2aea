using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;

/// <summary>What many a site calls the class that maps its endpoints, and without a namespace.</summary>
internal static class Endpoints
{
    public static void MapOwn(IEndpointRouteBuilder app) => app.MapGet("/own", static () => "own");
}
