using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Threading.RateLimiting;
using Endpoints.Tests.Hosting;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http.Timeouts;
using Microsoft.AspNetCore.HttpLogging;
using Microsoft.AspNetCore.OutputCaching;

namespace Endpoints.Tests.Field;

/// <summary>Each of ASP.NET Core's middlewares works around a rewrite as it does around the request that it is rewritten to.</summary>
public class RewriteMiddlewareTests
{
    private static readonly FileRoute[] Table =
    [
        Routes.File("/api/first", typeof(First)), Routes.File("/api/second", typeof(Second)), Routes.File("/api/cached", typeof(Cached)),
        Routes.File("/api/session", typeof(Kept)),
        Routes.File("/api/missing-page", typeof(Missing)), Routes.File("/error", typeof(ErrorPage)),
    ];

    private static readonly Dictionary<string, (Action<IServiceCollection> Add, Action<WebApplication> Use)> Middlewares = new()
    {
        ["output cache"] = (static services => services.AddOutputCache(), static app => app.UseOutputCache()),
        ["output cache for all"] =
            (static services => services.AddOutputCache(static cache => cache.AddBasePolicy(static policy => policy.Cache())),
                static app => app.UseOutputCache()),
        ["response caching"] = (static services => services.AddResponseCaching(), static app => app.UseResponseCaching()),
        ["session"] = (static services => services.AddDistributedMemoryCache().AddSession(), static app => app.UseSession()),
        ["response compression"] = (static services => services.AddResponseCompression(), static app => app.UseResponseCompression()),
        ["request decompression"] = (static services => services.AddRequestDecompression(), static app => app.UseRequestDecompression()),
        ["request timeouts"] = (
            static services =>
                services.AddRequestTimeouts(
                    static timeouts => timeouts.DefaultPolicy = new RequestTimeoutPolicy { Timeout = TimeSpan.FromMinutes(1) }),
            static app => app.UseRequestTimeouts()),
        ["rate limiter"] = (
            static services =>
                services.AddRateLimiter(static limits => limits.GlobalLimiter = PartitionedRateLimiter.Create<HttpContext, string>(
                static _ => RateLimitPartition.GetFixedWindowLimiter(
                    "all", static _ => new FixedWindowRateLimiterOptions { PermitLimit = 100, Window = TimeSpan.FromMinutes(1) }))),
            static app => app.UseRateLimiter()),
        ["http logging"] = (static services => services.AddHttpLogging(static logging => logging.LoggingFields = HttpLoggingFields.All),
            static app => app.UseHttpLogging()),
        ["status code pages"] = (static _ => { }, static app => app.UseStatusCodePages()),
        ["status code pages executed again"] = (static _ => { }, static app => app.UseStatusCodePagesWithReExecute("/error")),
        ["exception handler"] = (static services => services.AddProblemDetails(), static app => app.UseExceptionHandler()),
        ["developer exception page"] = (static _ => { }, static app => app.UseDeveloperExceptionPage()),
        ["cors"] = (static services => services.AddCors(static cors => cors.AddDefaultPolicy(static policy => policy.AllowAnyOrigin())),
            static app => app.UseCors()),
        ["authentication"] = (static services => services.AddAuthentication("c").AddCookie("c"), static app => app.UseAuthentication()),
        ["authorization"] = (static services => services.AddAuthorization().AddAuthentication("c").AddCookie("c"),
            static app => app.UseAuthentication().UseAuthorization()),
        ["antiforgery"] = (static services => services.AddAntiforgery(), static app => app.UseAntiforgery()),
        ["web sockets"] = (static _ => { }, static app => app.UseWebSockets()),
        ["localization"] = (static services => services.AddLocalization(), static app => app.UseRequestLocalization()),
        ["static files"] = (static _ => { }, static app => app.UseStaticFiles()),
        ["cookie policy"] = (static _ => { }, static app => app.UseCookiePolicy()),
        ["method override"] = (static _ => { }, static app => app.UseHttpMethodOverride()),
        ["host filtering"] = (static _ => { }, static app => app.UseHostFiltering()),
        ["hsts"] = (static _ => { }, static app => app.UseHsts()),
        ["path base"] = (static _ => { }, static app => app.UsePathBase("/base")),
        ["forwarded headers"] = (static _ => { }, static app => app.UseForwardedHeaders()),
        ["routing"] = (static _ => { }, static app => app.UseRouting()),
    };

    public static TheoryData<string, string, string> Cases
    {
        get
        {
            var cases = new TheoryData<string, string, string>();
            foreach (var middleware in Middlewares.Keys)
            {
                foreach (var (method, to) in (((string, string)[])[("GET", "/api/second"), ("POST", "/api/second"), ("GET", "/api/cached"),
                    ("GET", "/api/missing-page"), ("GET", "/api/nothing")]))
                    cases.Add(middleware, method, to);
            }
            return cases;
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task A4_Around_a_rewrite_each_middleware_works_as_around_a_direct_request(string middleware, string method, string to)
    {
        var (add, use) = Middlewares[middleware];
        await using var site = await Site.StartAsync(Table, options: null, builder => add(builder.Services), use);
        var basePath = middleware == "path base" ? "/base" : "";

        for (var times = 0; times < 2; times++) // from a cache, too
        {
            var direct = await SendAsync(site, method, basePath + to);
            var rewritten = await SendAsync(site, method, $"{basePath}/api/first?to={Uri.EscapeDataString(to)}");

            Assert.Equal(direct, rewritten);
            Assert.NotEqual(500, rewritten.Status);
        }
    }

    public static TheoryData<string, string, string> BasePaths
    {
        get
        {
            var cases = new TheoryData<string, string, string>();
            foreach (var by in (string[])["UsePathBase", "Map", "both", "server"])
            {
                foreach (var to in (string[])["/api/where?x=1", "/base/api/where?x=1"])
                {
                    cases.Add(by, "/", to);
                    cases.Add(by, "/shop", to.Replace("/api", "/shop/api", StringComparison.Ordinal));
                }
            }
            return cases;
        }
    }

    [Theory]
    [MemberData(nameof(BasePaths))]
    public async Task A4_A_base_path_is_taken_off_once(string by, string ofFiles, string to)
    {
        void Map(IApplicationBuilder app)
        {
            app.UseRouting();
            app.UseEndpoints(static endpoints =>
                endpoints.MapFileRoutes([Routes.File("/api/first", typeof(First)), Routes.File("/api/where", typeof(Where))]));
        }

        await using var site = await Site.StartAsync(
            builder =>
            {
                if (by == "server")
                    builder.Services.AddSingleton<IStartupFilter, ServersBase>(); // in front of the pipeline
                builder.Services.AddFileRoutes(options => options.BasePath = ofFiles);
            },
            app =>
            {
                if (by is "UsePathBase" or "both")
                    app.UsePathBase(by == "both" ? "/ba" : "/base");
                if (by is "Map" or "both")
                    app.Map(by == "both" ? "/se" : "/base", Map);
                else
                    Map(app);
            });
        var prefix = (by == "both" ? "/ba/se" : "/base") + ofFiles.TrimEnd('/');
        to = by == "both" ? to.Replace("/base", "/ba/se", StringComparison.Ordinal) : to;

        var direct = await site.GetAsync($"{prefix}/api/where?x=1");
        var rewritten = await site.GetAsync($"{prefix}/api/first?to={Uri.EscapeDataString(to)}");

        Assert.EndsWith($"{prefix}/api/where?x=1", direct, StringComparison.Ordinal);
        Assert.Equal(direct, rewritten);
    }

    [Fact]
    public async Task A4_Both_files_see_one_session()
    {
        await using var site = await Site.StartAsync(
            Table, options: null, static builder => builder.Services.AddDistributedMemoryCache().AddSession(),
            static app => app.UseSession());
        using var first = await site.SendAsync("GET", "/api/session?set=1");
        var cookie = first.Headers.GetValues("Set-Cookie").Single().Split(';')[0];

        using var second = await site.SendAsync("GET", "/api/session?set=2&to=/api/session%3Fset=3", ("Cookie", cookie));
        using var third = await site.SendAsync("GET", "/api/session", ("Cookie", cookie));

        Assert.Equal(("1,2,3", "1,2,3"), (await second.Content.ReadAsStringAsync(), await third.Content.ReadAsStringAsync()));
    }

    [Fact]
    public async Task A4_A_session_that_the_rewrite_has_begun_is_one()
    {
        await using var site = await Site.StartAsync(
            Table, options: null, static builder => builder.Services.AddDistributedMemoryCache().AddSession(),
            static app => app.UseSession());

        using var first = await site.SendAsync("GET", "/api/session?set=1&to=/api/session%3Fset=2");
        var cookie = Assert.Single(first.Headers.GetValues("Set-Cookie")).Split(';')[0];
        using var second = await site.SendAsync("GET", "/api/session", ("Cookie", cookie));

        Assert.Equal(("1,2", "1,2"), (await first.Content.ReadAsStringAsync(), await second.Content.ReadAsStringAsync()));
    }

    private static async Task<(int Status, string? Type, string Body)> SendAsync(Site site, string method, string path)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        request.Headers.TryAddWithoutValidation("Accept-Encoding", "gzip");
        request.Headers.TryAddWithoutValidation("Accept-Language", "de");
        if (method == "POST")
            request.Content = new StringContent("\"ada\"", Encoding.UTF8, "application/json");
        using var response = await site.Client.SendAsync(request);
        var stream = await response.Content.ReadAsStreamAsync();
        if (response.Content.Headers.ContentEncoding.Contains("gzip"))
            stream = new GZipStream(stream, CompressionMode.Decompress);
        using var reader = new StreamReader(stream);
        var text = await reader.ReadToEndAsync();
        var trace = text.IndexOf("\"traceId\"", StringComparison.Ordinal);
        return ((int)response.StatusCode, response.Content.Headers.ContentType?.MediaType, trace < 0 ? text : text[..trace]);
    }

    public static class First
    {
        public static IResult Get(ApiContext context, string to) => context.Rewrite(to);

        public static IResult Post(ApiContext context, string to) => context.Rewrite(to);
    }

    public static class Second
    {
        public static string Get() => $"{string.Concat(Enumerable.Repeat("second ", 300))} {CultureInfo.CurrentUICulture}";

        public static string Post([Microsoft.AspNetCore.Mvc.FromBody] string name) => name;
    }

    public static class Where
    {
        public static string Get(ApiContext context) => $"{context.Request.PathBase} {context.Request.Path} {context.Url}";
    }

    /// <summary>Takes a base path off before the application's pipeline, as servers do that are mounted below one.</summary>
    private sealed class ServersBase : IStartupFilter
    {
        public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
        {
            app.UsePathBase("/base");
            next(app);
        };
    }

    public static class Cached
    {
        [OutputCache(Duration = 60)]
        public static IResult Get(HttpResponse response)
        {
            response.Headers.CacheControl = "public, max-age=60";
            return TypedResults.Text("cached");
        }
    }

    public static class Missing
    {
        public static IResult Get() => TypedResults.NotFound();
    }

    public static class ErrorPage
    {
        public static string Get(HttpResponse response) => $"the page for {response.StatusCode}";
    }

    public static class Kept
    {
        public static IResult Get(ApiContext context, HttpContext http, int? set = null, string? to = null)
        {
            if (set is not null)
                http.Session.SetString("all", http.Session.GetString("all") is { } known ? $"{known},{set}" : $"{set}");
            return to is null ? TypedResults.Text(http.Session.GetString("all") ?? "") : context.Rewrite(to);
        }
    }
}
