using System.Net;
using Endpoints.Wix.Emulator;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.Caching.Distributed;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Endpoints.Wix.Sessions.Tests.Hosting;

/// <summary>A site with login and logout, at https://shop.example, and a Wix of its own, in this process.</summary>
internal sealed class SessionSite : IAsyncDisposable
{
    public const string Tokens = "POST /oauth2/token";
    public const string TokenInfo = "POST /oauth2/token-info";

    private readonly WebApplication _app;
    private readonly bool _ownsWix;

    private SessionSite(WixEmulator wix, bool ownsWix, WebApplication app, TestClock clock, CapturedLogs logs)
    {
        Wix = wix;
        _ownsWix = ownsWix;
        _app = app;
        Clock = clock;
        Logs = logs;
        app.GetTestServer().BaseAddress = Origin;
        Client = app.GetTestClient();
    }

    public Uri Origin { get; } = new("https://shop.example");

    public WixEmulator Wix { get; }

    public TestClock Clock { get; }

    public CapturedLogs Logs { get; }

    public HttpClient Client { get; }

    public TestServer Server => _app.GetTestServer();

    public IServiceProvider Services => _app.Services;

    /// <summary>Starts a site.</summary>
    /// <param name="configure">Changes its options.</param>
    /// <param name="emulate">Changes its Wix.</param>
    /// <param name="build">Adds services.</param>
    /// <param name="map">Adds endpoints.</param>
    /// <param name="environment">Where it runs.</param>
    /// <param name="beside">Another node of the same site: the same Wix and the same keys.</param>
    /// <param name="keys">The Data Protection keys; new ones by default.</param>
    /// <param name="clock">The clock of this node; the platform's by default.</param>
    public static async Task<SessionSite> StartAsync(
        Action<WixOptions>? configure = null,
        Action<WixEmulatorOptions>? emulate = null,
        Action<WebApplicationBuilder>? build = null,
        Action<WebApplication>? map = null,
        string environment = "Production",
        SessionSite? beside = null,
        IDataProtectionProvider? keys = null,
        TimeProvider? clock = null)
    {
        var time = beside?.Clock ?? new TestClock();
        var wix = beside?.Wix ?? await WixEmulator.StartAsync(options =>
        {
            options.TimeProvider = time;
            emulate?.Invoke(options);
        });
        try
        {
            wix.App.AllowRedirectUri(new("https://shop.example/api/auth/callback"));
            var logs = new CapturedLogs();
            var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { EnvironmentName = environment });
            builder.WebHost.UseTestServer();
            builder.Host.UseDefaultServiceProvider(static options => options.ValidateScopes = options.ValidateOnBuild = true);
            builder.Logging.ClearProviders().SetMinimumLevel(LogLevel.Debug).AddFilter("Microsoft", LogLevel.Warning).AddProvider(logs);
            builder.Services.AddSingleton(clock ?? time);
            builder.Services.AddSingleton(
                keys ?? beside?.Services.GetRequiredService<IDataProtectionProvider>() ?? new EphemeralDataProtectionProvider());
            builder.Services.AddWix(options =>
            {
                options.ClientId = wix.App.ClientId;
                options.ClientSecret = new(wix.App.ClientSecret);
                options.InstanceId = wix.InstanceId;
                options.ApiBaseAddress = wix.Address;
                options.TokenInfo.CacheSize = 1000; // a table for 300,000 tokens is made with the first
                options.PublicOrigin = new("https://shop.example");
                // These run on the machine's clock, and a busy machine must fail no test.
                (options.Resilience.TokenTimeout, options.Resilience.RequestTimeout) = (TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(2));
                (options.CallsPerMinute, options.ElevatedRequestsPerMinute) = (1_000_000, 1_000_000); // what is tested is something else
                configure?.Invoke(options);
            });
            if (beside?.Services.GetService<IDistributedCache>() is { } shared)
                builder.Services.AddSingleton(shared);
            build?.Invoke(builder);
            var app = builder.Build();
            app.Use(SetClient);
            app.MapWixAuth();
            app.MapGet("/who", static (Caller caller) => new { kind = (int)caller.Kind, id = caller.Id });
            app.MapGet("/hello", static () => "hello");
            app.MapGet("/page", static (HttpContext context, CancellationToken ct) => context.EnsureVisitorSessionAsync(ct));
            app.MapGet("/as-caller",
                static (SiteProperties properties, CancellationToken ct) => properties.GetSitePropertiesAsync(cancellationToken: ct));
            app.MapGet("/open", static (ElevatedWixClient wix) => wix.SiteProperties.GetSitePropertiesAsync())
                .Elevate(Callers.Visitor | Callers.Member);
            app.MapPost("/open", static (ElevatedWixClient wix) => wix.SiteProperties.GetSitePropertiesAsync())
                .Elevate(Callers.Visitor | Callers.Member);
            app.MapGet("/members", static (ElevatedWixClient wix) => wix.SiteProperties.GetSitePropertiesAsync()).Elevate(Callers.Member);
            app.MapGet("/late", static async (HttpContext context, Caller caller) =>
            {
                await context.Response.WriteAsync("started ");
                await context.Response.Body.FlushAsync();
                await context.Response.WriteAsync((await context.EnsureVisitorSessionAsync()).ToString());
            });
            map?.Invoke(app);
            await app.StartAsync();
            return new(wix, beside is null, app, time, logs);
        }
        catch
        {
            if (beside is null)
                await wix.DisposeAsync();
            throw;
        }
    }

    public Browser NewBrowser() => new(this);

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        if (_ownsWix)
            await Wix.DisposeAsync();
    }

    // The test server has no connections; a test may say which client it is.
    private static Task SetClient(HttpContext context, RequestDelegate next)
    {
        context.Connection.RemoteIpAddress = IPAddress.Parse(context.Request.Headers["X-Test-Client"].FirstOrDefault() ?? "203.0.113.7");
        return next(context);
    }
}
