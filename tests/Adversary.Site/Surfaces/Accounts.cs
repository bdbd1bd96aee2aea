using System.Security.Claims;
using Adversary.Site.Work;
using Microsoft.AspNetCore.Authentication;

namespace Adversary.Site.Surfaces;

/// <summary>The application's own users, who have nothing to do with Wix: in by a name, known by a cookie.</summary>
internal static class Accounts
{
    public static void Map(WebApplication app) =>
        app.MapPost("/sign-in", static async (HttpContext context, string name, string password) =>
    {
        if (password != PasswordOf(name))
            return Results.StatusCode(StatusCodes.Status403Forbidden);
        var identity = new ClaimsIdentity([new(ClaimTypes.Name, name)], Job.Scheme);
        await context.SignInAsync(Job.Scheme, new(identity));
        return Results.NoContent();
    });

    private static string PasswordOf(string name) => "of " + name;
}
