using Endpoints.Wix;
using GuardedSite;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.ApplicationModels;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;

namespace Endpoints.Testing.Tests;

/// <summary>
/// The running application shows what the code does not: it is held against the lock that it was built with, at start in Development
/// and in the matrix.
/// </summary>
public sealed class S60StartTests
{
    private const string Change = "PUT /baskets/Change/{id:length(5)}";

    /// <summary>Changes that another assembly makes, invisible to the code, and the reports about them.</summary>
    public static TheoryData<string, string, string> Weakenings => new()
    {
        { "endpoint", "GET /extra (HTTP: GET /extra => Run) is elevated for User, and the lock has no entry for it.",
            "GET /extra is elevated for User and not in the lock" },
        { "group", "POST /more/extra (HTTP: POST /more/extra => Run) is elevated for App, and the lock has no entry for it.",
            "POST /more/extra is elevated for App and not in the lock" },
        { "anonymous", "[Authorize] 'Roles=Member' is gone. Its entry is 'POST /baskets/Pay'.",
            "POST /baskets/Pay: nothing of [Authorize] holds for it any more; the lock has Roles=Member" },
        { "own anonymous", "[Authorize] 'Roles=Member' is gone. Its entry is 'POST /baskets/Pay'.",
            "POST /baskets/Pay: nothing of [Authorize] holds for it any more; the lock has Roles=Member" },
        { "demand removed", "[Authorize] 'Roles=Member' is gone. Its entry is 'POST /baskets/Pay'.",
            "POST /baskets/Pay: nothing of [Authorize] holds for it any more; the lock has Roles=Member" },
        { "limit", "it has no rate limit (the lock has 1/1h). Its entry is '" + Change + "'.", Change
            + ": its rate limit is gone; the lock has 1/1h" },
        { "looser limit", "its rate limit is 99/1h (the lock has 1/1h). Its entry is '" + Change + "'.", Change
            + ": its rate limit is 99/1h; the lock has 1/1h" },
        { "only", "its elevation may make any call (the lock has GET /site-properties/*). Its entry is '" + Change + "'.", Change
            + ": its elevation may make any call; the lock has GET /site-properties/*" },
        { "wider only", "its elevation may call * /* (the lock has GET /site-properties/*). Its entry is '" + Change + "'.", Change
            + ": its elevation may call * /*; the lock has GET /site-properties/*" },
        { "callers", "it is open to User, App (the lock has Visitor, Member); the check 'GuardedSite.OwnsBasket' is gone. Its entry is '"
            + Change + "'.", Change + ": it is open to User, App; the lock has Visitor, Member" },
        { "app", "the setting App=kiosk is not in the lock. Its entry is '" + Change + "'.", Change
            + ": its app is kiosk; the lock has none" },
        { "elevation", "(GuardedSite)): its guards are gone. Its entry is '" + Change + "'.", Change
            + " is in the lock, and the application has it without [Elevate]" },
        { "hub", "ALL /line/negotiate (/line/negotiate) is elevated for Member, and the lock has no entry for it.",
            "ALL /line/negotiate is elevated for Member and not in the lock" },
    };

    [Theory]
    [MemberData(nameof(Weakenings))]
    public void S60_In_Development_an_application_whose_guards_are_weaker_than_its_lock_does_not_start(string weakening, string message,
        string _)
    {
        using var site = new Site("Development", weakening);

        var failure = Assert.ThrowsAny<Exception>(site.CreateClient);

        Assert.True(failure.ToString().Contains(message, StringComparison.Ordinal), failure.Message);
        Assert.Contains("The running endpoints open wider than the guard lock that the application was built with:", failure.ToString(),
            StringComparison.Ordinal);
        Assert.Equal(0, Work.Runs);
    }

    [Theory]
    [MemberData(nameof(Weakenings))]
    public async Task S60_The_matrix_finds_it_in_any_environment(string weakening, string _, string difference)
    {
        var failure = await Assert.ThrowsAsync<GuardMatrixException>(() => GuardMatrix.VerifyAsync<Program>(options =>
        {
            options.ConfigureHost = static host => host.UseEnvironment("Production");
            options.ConfigureServices = services => Weaken(services, weakening);
        }));

        Assert.Contains(difference, failure.Report.Differences);
        Assert.Equal(0, Work.Runs);
    }

    [Fact]
    public void S60_All_that_is_weaker_is_said_at_once()
    {
        using var site = new Site("Development", "limit", "anonymous", "endpoint");

        var message = Assert.ThrowsAny<Exception>(site.CreateClient).ToString();

        Assert.Contains("/extra", message, StringComparison.Ordinal);
        Assert.Contains("Roles=Member", message, StringComparison.Ordinal);
        Assert.Contains("no rate limit", message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Development", "")]
    [InlineData("Development", "narrower")]
    [InlineData("Production", "")]
    [InlineData("Production", "limit")]
    [InlineData("Production", "endpoint")]
    public void S60_What_is_as_the_lock_says_starts_and_Production_does_not_look(string environment, string weakening)
    {
        using var site = new Site(environment, weakening);

        using var client = site.CreateClient();

        Assert.NotNull(client);
    }

    private static void Weaken(IServiceCollection services, string weakening)
    {
        if (weakening == "endpoint")
            services.AddTransient<IStartupFilter>(static _ => new Maps(MapEndpoint));
        else if (weakening == "hub")
            services.AddTransient<IStartupFilter>(
                static _ => new Maps(static routes => routes.MapHub<Line>("/line").Elevate(Callers.Member)))
                .AddSignalR();
        else if (weakening == "group")
            services.AddTransient<IStartupFilter>(static _ => new Maps(MapGroup));
        else
            services.Configure<MvcOptions>(mvc => mvc.Conventions.Add(new Convention(weakening)));
        if (weakening == "app")
        {
            services.AddWix("kiosk", static options =>
                (options.ClientId, options.ClientSecret) = ("6f9619ff-8b86-d011-b42d-00c04fc964aa", new("another secret")));
        }
    }

    private static void MapEndpoint(IEndpointRouteBuilder routes)
    {
        Delegate handler = Work.Run;
        routes.MapGet("/extra", handler).Elevate(Callers.User);
    }

    private static void MapGroup(IEndpointRouteBuilder routes)
    {
        Delegate handler = Work.Run;
        routes.MapGroup("/more").Elevate(Callers.App).MapPost("/extra", handler);
    }

    private sealed class Site(string environment, params string[] weakenings) : WebApplicationFactory<Program>
    {
        protected override void ConfigureWebHost(IWebHostBuilder builder) => builder.UseEnvironment(environment)
            .UseSetting("Wix:ClientId", "6f9619ff-8b86-d011-b42d-00c04fc964ff")
            .UseSetting("Wix:ClientSecret", "a secret that is long enough for anybody")
            .UseSetting("Wix:InstanceId", "6f9619ff-8b86-d011-b42d-00c04fc964fe").UseSetting("Wix:PublicOrigin", "https://shop.example")
            .ConfigureTestServices(services =>
            {
                foreach (var weakening in weakenings)
                    Weaken(services, weakening);
            });
    }

    private sealed class Open : IAllowAnonymous;

    private sealed class Line : Hub;

    private sealed class Convention(string weakening) : IActionModelConvention
    {
        public void Apply(ActionModel action)
        {
            foreach (var elevate in action.Filters.Concat(action.Selectors.SelectMany(static selector => selector.EndpointMetadata))
                .OfType<ElevateAttribute>().Where(_ => action.ActionName == "Change"))
            {
                elevate.RateLimit = weakening switch { "limit" => null, "looser limit" => "99/1h", "narrower" => "1/2h", _ =>
                    elevate.RateLimit };
                elevate.App = weakening == "app" ? "kiosk" : elevate.App;
                elevate.Only = weakening switch { "only" => null, "wider only" => ["* /*"], _ => elevate.Only };
            }

            if (weakening == "elevation" && action.ActionName == "Change")
            {
                Remove(action.Filters);
                Remove(action.Controller.Filters);
                foreach (var selector in action.Selectors.Concat(action.Controller.Selectors))
                    Remove(selector.EndpointMetadata);
            }

            if (weakening == "callers" && action.ActionName == "Change")
            {
                action.Filters.Clear();
                action.Filters.Add(
                    new ElevateAttribute(Callers.User | Callers.App) { RateLimit = "1/1h", Only = ["GET /site-properties/*"] });
            }

            foreach (var metadata in action.Selectors.Select(static selector => selector.EndpointMetadata)
                .Where(_ => action.ActionName == "Pay"))
            {
                if (weakening == "anonymous")
                    metadata.Add(new AllowAnonymousAttribute());
                else if (weakening == "own anonymous")
                    metadata.Add(new Open());
                else if (weakening == "demand removed")
                    metadata.Remove(metadata.OfType<IAuthorizeData>().Single());
            }
        }

        private static void Remove<T>(IList<T> items)
        {
            foreach (var item in items.Where(static item => item is ElevateAttribute).ToList())
                items.Remove(item);
        }
    }
}
