using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;

/// <summary>A class by the name that many sites give the one that maps their endpoints, without a namespace.</summary>
internal static class Endpoints
{
    public static void MapOwn(IEndpointRouteBuilder app) => app.MapGet("/own", static () => "own");
}
