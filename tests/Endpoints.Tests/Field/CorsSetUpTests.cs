using Endpoints.Tests.Hosting;
using Microsoft.AspNetCore.Cors;
using Microsoft.AspNetCore.Cors.Infrastructure;

namespace Endpoints.Tests.Field;

/// <summary>Whom CORS allows to read answers may also send changes, in whatever way it was set up.</summary>
public class CorsSetUpTests
{
    private const string Allowed = "https://shop.example";

    private static readonly Dictionary<string, (Action<CorsOptions>? Options, Action<WebApplication> Pipeline,
        Action<RouteGroupBuilder>? Group)> Ways = new()
    {
        ["default policy"] = (static cors => cors.AddDefaultPolicy(Shop), static app => app.UseCors(), null),
        ["named policy in UseCors"] = (static cors => cors.AddPolicy("shop", Shop), static app => app.UseCors("shop"), null),
        ["policy in UseCors"] = (null, static app => app.UseCors(Shop), null),
        ["UseCors in a branch"] =
            (null, static app => app.UseWhen(static context => context.Request.Path.StartsWithSegments("/api"),
                static api => api.UseCors(Shop)), null),
        ["UseCors before the routing"] = (
            null,
            static app =>
            {
                app.UseCors(Shop);
                app.UseRouting();
            },
            null),
        ["UseCors after the routing"] = (
            null,
            static app =>
            {
                app.UseRouting();
                app.UseCors(Shop);
            },
            null),
        ["name on the group"] =
            (static cors => cors.AddPolicy("shop", Shop), static app => app.UseCors(), static group => group.RequireCors("shop")),
        ["policy on the group"] = (null, static app => app.UseCors(), static group => group.RequireCors(Shop)),
        ["group before UseCors's own"] =
            (static cors => cors.AddPolicy("shop", Shop),
                static app => app.UseCors(static policy => policy.WithOrigins("https://no.example")),
                static group => group.RequireCors("shop")),
    };

    public static TheoryData<string, bool> Kinds
    {
        get
        {
            var kinds = new TheoryData<string, bool>();
            foreach (var way in Ways.Keys)
            {
                kinds.Add(way, true);
                kinds.Add(way, false);
            }
            return kinds;
        }
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task B3_A_change_is_taken_from_whom_CORS_allows(string way, bool corsFirst)
    {
        await using var site = await StartAsync(way, corsFirst);
        foreach (var method in (string[])["POST", "PUT", "DELETE"])
        {
            using var response = await site.SendAsync(method, "/api/orders", ("Origin", Allowed), ("Sec-Fetch-Site", "cross-site"));
            Assert.Equal((200, Allowed), ((int)response.StatusCode, response.Headers.GetValues("Access-Control-Allow-Origin").Single()));
        }

        using var other = await site.SendAsync("POST", "/api/orders", ("Origin", "https://elsewhere.example"));
        using var cookies = await site.SendAsync("POST", "/api/orders", ("Origin", Allowed), ("Cookie", "a=b"));
        Assert.Equal((403, 403), ((int)other.StatusCode, (int)cookies.StatusCode));
        if (way == "UseCors before the routing")
            return; // where the framework lets no endpoint say anything of CORS
        using var disabled = await site.SendAsync("POST", "/api/closed", ("Origin", Allowed));
        Assert.Equal(403, (int)disabled.StatusCode);
    }

    [Fact]
    public async Task B3_A_policy_counts_where_it_was_applied_and_nowhere_else()
    {
        await using var site = await Site.StartAsync(
            static builder =>
            {
                builder.Services.AddCors(static cors => cors.AddPolicy("shop", Shop));
                builder.Services.AddFileRoutes();
            },
            static app =>
            {
                app.UseWhen(static context => context.Request.Path == "/api/first", static api => api.UseCors("shop"));
                app.UseRouting();
                app.MapFileRoutes([Routes.File("/api/first", typeof(First)), Routes.File("/api/orders", typeof(Orders))]);
            });

        using var direct = await site.SendAsync("POST", "/api/orders", ("Origin", Allowed));
        using var rewritten = await site.SendAsync("POST", "/api/first", ("Origin", Allowed));
        using var first = await site.SendAsync("PUT", "/api/first", ("Origin", Allowed));
        Assert.Equal((403, 403, 200), ((int)direct.StatusCode, (int)rewritten.StatusCode, (int)first.StatusCode));
    }

    [Fact]
    public async Task B3_Credentials_are_taken_where_the_policy_allows_them()
    {
        await using var site = await Site.StartAsync(
            static builder => builder.Services.AddCors().AddFileRoutes(),
            static app =>
            {
                app.UseCors(static policy => policy.WithOrigins(Allowed).AllowAnyMethod().AllowCredentials());
                app.MapFileRoutes([Routes.File("/api/orders", typeof(Orders))]);
            });
        using var response = await site.SendAsync("POST", "/api/orders", ("Origin", Allowed), ("Cookie", "a=b"));
        Assert.Equal(200, (int)response.StatusCode);
    }

    private static void Shop(CorsPolicyBuilder policy) => policy.WithOrigins(Allowed).AllowAnyHeader().AllowAnyMethod();

    private static Task<Site> StartAsync(string way, bool corsFirst)
    {
        var (options, pipeline, group) = Ways[way];
        return Site.StartAsync(
            builder =>
            {
                if (corsFirst)
                    builder.Services.AddCors(options ?? (static _ => { }));
                builder.Services.AddFileRoutes();
                if (!corsFirst)
                    builder.Services.AddCors(options ?? (static _ => { }));
            },
            app =>
            {
                pipeline(app);
                var files = app.MapFileRoutes([Routes.File("/api/orders", typeof(Orders))]);
                group?.Invoke(files);
                app.MapFileRoutes([Routes.File("/api/closed", typeof(Closed))]);
            });
    }

    public static class Orders
    {
        public static string Post() => "";

        public static string Put() => "";

        public static string Delete() => "";
    }

    public static class First
    {
        public static IResult Post(ApiContext context) => context.Rewrite("/api/orders");

        public static string Put() => "";
    }

    [DisableCors]
    public static class Closed
    {
        public static string Post() => "";
    }
}
