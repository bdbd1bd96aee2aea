using Endpoints.Problems;
using Endpoints.Wix.Sessions;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Patterns;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Microsoft.AspNetCore.Builder;

/// <summary>Maps login and logout of the site's members.</summary>
public static partial class WixAuthEndpointRouteBuilderExtensions
{
    /// <summary>Maps login and logout, under the addresses that Wix's Astro integration also has.</summary>
    /// <remarks>
    /// <list type="table">
    /// <item><term><c>GET /api/auth/login</c></term><description>Sends the browser to Wix's login page. Query: <c>returnToUrl</c> or <c>returnUrl</c>, a path
    /// on this site (<c>/</c> by default); <c>prompt</c>, <c>login</c> or <c>none</c>; <c>idp</c>, <c>google</c> or <c>facebook</c>.</description></item>
    /// <item><term><c>GET /api/auth/callback</c></term><description>Where Wix sends it back. Its full address must be among the app's allowed redirect
    /// addresses at Wix.</description></item>
    /// <item><term><c>POST /api/auth/logout</c></term><description>Ends the session here, at once, and at Wix. Only from the site's own pages.</description></item>
    /// <item><term><c>GET /api/auth/logout-callback</c></term><description>Where Wix sends the browser afterwards.</description></item>
    /// </list>
    /// Outside Development the site's address must be known: set <c>Wix:PublicOrigin</c>, or <c>AllowedHosts</c>; otherwise logins are answered 503.
    /// </remarks>
    /// <param name="endpoints">The application, or a group.</param>
    /// <param name="prefix">The path above the four, without parameters.</param>
    /// <returns>Conventions for all four.</returns>
    /// <exception cref="ArgumentException"><paramref name="prefix"/> has parameters.</exception>
    /// <exception cref="InvalidOperationException">The application has not called <c>AddWix</c>.</exception>
    public static IEndpointConventionBuilder MapWixAuth(this IEndpointRouteBuilder endpoints, string prefix = "/api/auth")
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        ArgumentNullException.ThrowIfNull(prefix);
        if (prefix.AsSpan().ContainsAny("{}?#"))
            throw new ArgumentException($"'{prefix}' is not a path without parameters, such as /api/auth.", nameof(prefix));
        var handlers = endpoints.ServiceProvider.GetService<AuthEndpoints>()
            ?? throw new InvalidOperationException("MapWixAuth needs Wix. Call builder.Services.AddWix(builder.Configuration) in Program.cs.");
        if (!endpoints.ServiceProvider.GetRequiredService<SiteOrigin>().IsKnown)
            LogOriginMissing(endpoints.ServiceProvider.GetRequiredService<ILoggerFactory>().CreateLogger<AuthEndpoints>());

        var group = endpoints.MapGroup(prefix);
        Map(group, "GET", "login", "Begins a member's login.", context => handlers.LoginAsync(context, Sibling(context, "callback")));
        Map(group, "GET", "callback", "Ends a member's login.", handlers.CallbackAsync);
        Map(group, "POST", "logout", "Ends the browser's session.", context => handlers.LogoutAsync(context, Sibling(context, "logout-callback")));
        Map(group, "GET", "logout-callback", "Where the browser comes back to after a logout.", AuthEndpoints.LogoutCallbackAsync);
        group.WithMetadata(new AllowAnonymousAttribute());
        return group;
    }

    /// <summary>Maps one address for every method, so that no catch-all of the application answers the others.</summary>
    private static void Map(RouteGroupBuilder group, string method, string name, string summary, RequestDelegate handler) =>
        group.Map(name, context =>
        {
            if (context.Request.Method == method)
                return handler(context);
            context.Response.Headers.Allow = method;
            return ProblemWriter.WriteAsync(context, RequestProblems.MethodNotAllowed);
        }).WithDisplayName($"{method} {name} (Wix)").WithSummary(summary).ExcludeFromDescription();

    /// <summary>The path of another of the four: the mapped one, however the request spells it.</summary>
    private static string Sibling(HttpContext context, string name)
    {
        var segments = ((RouteEndpoint)context.GetEndpoint()!).RoutePattern.PathSegments; // mapped above
        var path = new System.Text.StringBuilder();
        foreach (var segment in segments.Take(segments.Count - 1))
        {
            if (segment.Parts is not [RoutePatternLiteralPart literal])
                throw new InvalidOperationException("MapWixAuth must not be in a group with parameters: Wix has to know the callback's address in full.");
            path.Append('/').Append(Uri.EscapeDataString(literal.Content));
        }

        return path.Append('/').Append(name).ToString();
    }

    [LoggerMessage(1, LogLevel.Warning, "This site's own address is not known, so nobody can log in. Set Wix:PublicOrigin (https://shop.example), or AllowedHosts")]
    private static partial void LogOriginMissing(ILogger logger);
}
