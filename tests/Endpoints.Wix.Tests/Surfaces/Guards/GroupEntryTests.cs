using Endpoints.Shared.Lock;
using Endpoints.Wix.Elevation.Locking;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.SignalR;

namespace Endpoints.Wix.Tests.Surfaces.Guards;

/// <summary>
/// An entry of the guard lock for a group, or for what is mapped by a pattern, is of what lies there and of nothing beside.
/// </summary>
public sealed class GroupEntryTests
{
    [Fact]
    public async Task S60_A_groups_entry_fits_the_group_itself_and_what_is_below_it()
    {
        var (site, _) = await GuardSite.StartAsync(
            static app =>
            {
                app.MapHub<Line>("/line").Elevate(Callers.Member);
                app.MapGroup("/admin").Elevate(Callers.Member).MapGet("", static () => 1);
                app.MapGroup("").Elevate(Callers.Member).MapGet("/deep/down", static () => 1);
                app.MapHealthChecks("/health").Elevate(Callers.Member);
            },
            static builder => builder.Services.AddSignalR().Services.AddHealthChecks());
        await using (site)
        {
            var routes = GuardedRoute.Of(site.Services.GetRequiredService<EndpointDataSource>().Endpoints).ToList();

            Assert.Equal(["/admin", "/deep/down", "/health", "/line", "/line/negotiate"],
                routes.Select(static route => "/" + route.Route.Trim('/')).Order(StringComparer.Ordinal));
            foreach (var (route, entry, fits) in new[]
            {
                ("/line", "/line/**", true), ("/line/negotiate", "/line/**", true), ("/line", "/lin/**", false),
                ("/line/negotiate", "/line/n/**", false), ("/admin", "/admin/**", true), ("/admin", "/adm/**", false),
                ("/deep/down", "/**", true), ("/deep/down", "//**", true), ("/deep/down", "/deep/**", true),
                ("/deep/down", "/eep/**", false), ("/health", "/health/**", true), ("/health", "/healthy/**", false),
                ("/line", "/?/**", true),
            })
            {
                var locked = new LockedEndpoint("ALL", entry);
                Assert.True(fits == routes.Single(found => found.Route.Trim('/') == route.Trim('/')).Fit(locked) > 0, $"{route} {entry}");
            }
        }
    }

    private sealed class Line : Hub;
}
