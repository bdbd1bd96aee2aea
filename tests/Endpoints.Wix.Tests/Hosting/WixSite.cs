using Endpoints.Wix.Emulator;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Endpoints.Wix.Tests.Hosting;

/// <summary>An application on the library and a Wix of its own, in this process, on one clock.</summary>
internal sealed class WixSite : IAsyncDisposable
{
    public const string TokenInfo = "POST /oauth2/token-info";
    public const string Tokens = "POST /oauth2/token";
    public const string GetSiteProperties = "GET /site-properties/v4/properties";

    private readonly WebApplication _app;
    private readonly bool _ownsWix;

    private WixSite(WixEmulator wix, bool ownsWix, WebApplication app, TestClock clock, CapturedLogs logs)
    {
        Wix = wix;
        _ownsWix = ownsWix;
        _app = app;
        Clock = clock;
        Logs = logs;
        Client = app.GetTestClient();
    }

    public WixEmulator Wix { get; }

    public TestClock Clock { get; }

    public CapturedLogs Logs { get; }

    public HttpClient Client { get; }

    public TestServer Server => _app.GetTestServer();

    public IServiceProvider Services => _app.Services;

    /// <summary>Starts a site.</summary>
    /// <param name="map">Adds endpoints.</param>
    /// <param name="configure">Changes its options.</param>
    /// <param name="build">Adds services.</param>
    /// <param name="emulate">Changes its Wix.</param>
    /// <param name="files">Whether it has the endpoint files of this project.</param>
    /// <param name="clock">The clock of both; one that the test moves by default.</param>
    /// <param name="first">Adds services before the library's.</param>
    /// <param name="beside">A site whose Wix and clock this one has too.</param>
    public static async Task<WixSite> StartAsync(
        Action<WebApplication>? map = null,
        Action<WixOptions>? configure = null,
        Action<WebApplicationBuilder>? build = null,
        Action<WixEmulatorOptions>? emulate = null,
        bool files = false,
        TestClock? clock = null,
        Action<WebApplicationBuilder>? first = null,
        WixSite? beside = null)
    {
        clock ??= beside?.Clock ?? new();
        var wix = beside?.Wix ?? await WixEmulator.StartAsync(options =>
        {
            options.TimeProvider = clock;
            emulate?.Invoke(options);
        });
        try
        {
            var logs = new CapturedLogs();
            var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { EnvironmentName = "Production" });
            builder.WebHost.UseTestServer();
            builder.Host.UseDefaultServiceProvider(static options => options.ValidateScopes = options.ValidateOnBuild = true);
            builder.Logging.ClearProviders().SetMinimumLevel(LogLevel.Trace).AddProvider(logs);
            builder.Services.AddSingleton<TimeProvider>(clock);
            first?.Invoke(builder);
            builder.Services.AddWix(options =>
            {
                options.ClientId = wix.App.ClientId;
                options.ClientSecret = new(wix.App.ClientSecret);
                options.InstanceId = wix.InstanceId;
                (options.ApiKey, options.SiteId, options.AccountId) = (new(wix.ApiKey.Value), wix.Site.Id, wix.AccountId);
                options.ApiBaseAddress = wix.Address;
                options.TokenInfo.CacheSize = 1000; // a table for 300,000 tokens is made with the first
                // These run on the machine's clock, and a busy machine must fail no test.
                (options.Resilience.TokenTimeout, options.Resilience.RequestTimeout) = (TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(2));
                options.Events.HandlerTimeout = TimeSpan.FromSeconds(30);
                options.Session.Cookie = WixSessionCookie.Compatible; // which tests can write
                options.Inbox.Path = ":memory:";
                (options.CallsPerMinute, options.ElevatedRequestsPerMinute) = (1_000_000, 1_000_000); // what is tested is something else
                configure?.Invoke(options);
            });
            if (files)
                builder.Services.AddFileRoutes();
            build?.Invoke(builder);
            var app = builder.Build();
            map?.Invoke(app);
            if (files)
                app.MapFileRoutes(typeof(WixSite).Assembly);
            await app.StartAsync();
            return new(wix, beside is null, app, clock, logs);
        }
        catch
        {
            if (beside is null)
                await wix.DisposeAsync();
            throw;
        }
    }

    /// <summary>Sends a request: with a token in the header, a cookie, or neither.</summary>
    public async Task<Answer> SendAsync(
        string method, string path, string? token = null, string? cookie = null, HttpContent? content = null,
        params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(new(method), path) { Content = content };
        if (token is not null)
            request.Headers.TryAddWithoutValidation("Authorization", token);
        if (cookie is not null)
            request.Headers.TryAddWithoutValidation("Cookie", cookie);
        foreach (var (name, value) in headers)
            request.Headers.TryAddWithoutValidation(name, value);
        using var response = await Client.SendAsync(request);
        return await Answer.ReadAsync(response);
    }

    public Task<Answer> GetAsync(string path, string? token = null, string? cookie = null, params (string Name, string Value)[] headers) =>
        SendAsync("GET", path, token, cookie, content: null, headers);

    /// <summary>Forgets what earlier rows did on a site that rows share: their calls and logs, and what is counted for a while.</summary>
    public void BeginRow()
    {
        Clock.Advance(TimeSpan.FromHours(1));
        Wix.ClearCalls();
        Logs.Clear();
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        if (_ownsWix)
            await Wix.DisposeAsync();
    }
}
