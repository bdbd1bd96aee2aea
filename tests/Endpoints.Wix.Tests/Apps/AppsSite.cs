using System.Security.Cryptography;
using Endpoints.Wix.Emulator;
using Endpoints.Wix.Tests.Hosting;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Endpoints.Wix.Tests.Apps;

/// <summary>An application with the app <c>shop</c> beside the one without a name, both of one Wix, on the same site.</summary>
internal sealed class AppsSite : IAsyncDisposable
{
    // Making a key takes longer than the rest of a site.
    private static readonly string[] Keys = [NewKey(), NewKey()];

    private readonly WebApplication _app;

    private AppsSite(WixEmulator wix, EmulatedApp shop, WebApplication app, TestClock clock, CapturedLogs logs)
    {
        (Wix, Shop, _app, Clock, Logs) = (wix, shop, app, clock, logs);
        app.GetTestServer().BaseAddress = new("https://localhost");
        Client = app.GetTestClient();
    }

    public WixEmulator Wix { get; }

    public EmulatedApp Main => Wix.App;

    public EmulatedApp Shop { get; }

    public TestClock Clock { get; }

    public CapturedLogs Logs { get; }

    public HttpClient Client { get; }

    public IServiceProvider Services => _app.Services;

    /// <summary>Starts a site.</summary>
    /// <param name="map">Adds endpoints.</param>
    /// <param name="main">Changes the options of the app without a name.</param>
    /// <param name="shop">Changes those of the app <c>shop</c>.</param>
    /// <param name="build">Adds services.</param>
    /// <param name="hasMain">Whether there is an app without a name.</param>
    /// <param name="extend">Adds parts to the app <c>shop</c>.</param>
    public static async Task<AppsSite> StartAsync(
        Action<WebApplication>? map = null,
        Action<WixOptions>? main = null,
        Action<WixOptions>? shop = null,
        Action<WebApplicationBuilder>? build = null,
        bool hasMain = true,
        Action<IWixBuilder>? extend = null)
    {
        var clock = new TestClock();
        var wix = await WixEmulator.StartAsync(options => (options.TimeProvider, options.PrivateKey) = (clock, Keys[0]));
        try
        {
            var other = wix.AddApp("Shop App", wix.Site, privateKey: Keys[1]);
            foreach (var path in (string[])["/api/auth/callback", "/shop/auth/callback"])
            {
                wix.App.AllowRedirectUri(new("https://localhost" + path));
                other.AllowRedirectUri(new("https://localhost" + path));
            }

            var logs = new CapturedLogs();
            var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { EnvironmentName = "Production" });
            builder.WebHost.UseTestServer();
            builder.Host.UseDefaultServiceProvider(static options => options.ValidateScopes = options.ValidateOnBuild = true);
            builder.Logging.ClearProviders().SetMinimumLevel(LogLevel.Trace).AddProvider(logs);
            builder.Services.AddSingleton<TimeProvider>(clock);
            builder.Services.AddSingleton<IDataProtectionProvider>(new EphemeralDataProtectionProvider());
            if (hasMain)
            {
                builder.Services.AddWix(options =>
                {
                    Set(options, wix, wix.App);
                    options.Inbox.Path = ":memory:";
                    main?.Invoke(options);
                });
            }

            var named = builder.Services.AddWix("shop", options =>
            {
                Set(options, wix, other);
                options.Inbox.Path = ":memory:";
                shop?.Invoke(options);
            });
            extend?.Invoke(named);
            build?.Invoke(builder);
            var app = builder.Build();
            map?.Invoke(app);
            await app.StartAsync();
            return new(wix, other, app, clock, logs);
        }
        catch
        {
            await wix.DisposeAsync();
            throw;
        }
    }

    /// <summary>Returns a token that Wix has issued for an app, on the site that both are installed on.</summary>
    public string Token(EmulatedApp app, EmulatedIdentity identity) => Wix.IssueToken(identity, options => options.For(app, Wix.Site));

    /// <summary>Returns the cookies of a member's session, as an app itself writes them for a browser.</summary>
    public string Cookies(EmulatedApp app, string member)
    {
        var issued = Wix.IssueSession(EmulatedIdentity.Member(member), options => options.For(app, Wix.Site));
        var context = new DefaultHttpContext { RequestServices = Services };
        (context.Request.Scheme, context.Request.Host) = ("https", new("localhost"));
        var cookie = app == Shop
            ? Services.GetRequiredKeyedService<Wix.Sessions.SessionCookie>("shop")
            : Services.GetRequiredService<Wix.Sessions.SessionCookie>();
        cookie.Write(context, new()
        {
            Id = "0123456789012345678901234567890123456789012",
            Access = new(issued.AccessToken),
            ExpiresAt = issued.ExpiresAt,
            Refresh = new(issued.RefreshToken),
            SaysMember = true,
        });
        return string.Join("; ", context.Response.Headers.SetCookie.Select(static cookie => cookie!.Split(';')[0]));
    }

    /// <summary>Sends a request: with a token in the header, a cookie, or neither.</summary>
    public async Task<Answer> SendAsync(string method, string path, string? token = null, string? cookie = null, string? host = null,
        HttpContent? content = null, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(new(method), path) { Content = content };
        if (host is not null)
            request.Headers.Host = host;
        if (token is not null)
            request.Headers.TryAddWithoutValidation("Authorization", token);
        if (cookie is not null)
            request.Headers.TryAddWithoutValidation("Cookie", cookie);
        foreach (var (name, value) in headers)
            request.Headers.TryAddWithoutValidation(name, value);
        using var response = await Client.SendAsync(request);
        return await Answer.ReadAsync(response);
    }

    public Task<Answer> GetAsync(string path, string? token = null, string? cookie = null, string? host = null) =>
        SendAsync("GET", path, token, cookie, host);

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        await Wix.DisposeAsync();
    }

    private static string NewKey()
    {
        using var key = RSA.Create(2048);
        return key.ExportPkcs8PrivateKeyPem();
    }

    private static void Set(WixOptions options, WixEmulator wix, EmulatedApp app)
    {
        options.ClientId = app.ClientId;
        options.ClientSecret = new(app.ClientSecret);
        options.InstanceId = app.InstanceIdOn(wix.Site);
        options.PublicKey = app.PublicKey;
        options.ApiBaseAddress = wix.Address;
        options.TokenInfo.CacheSize = 1000; // a table for 300,000 tokens is made with the first
        // These run on the machine's clock, and a busy machine must fail no test.
        (options.Resilience.TokenTimeout, options.Resilience.RequestTimeout) = (TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(2));
        (options.CallsPerMinute, options.ElevatedRequestsPerMinute) = (1_000_000, 1_000_000); // what is tested is something else
    }
}
