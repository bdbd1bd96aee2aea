using Endpoints.Wix.Emulator;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Endpoints.Wix.Api.Tests;

/// <summary>A site beside an emulated Wix, with its own port.</summary>
internal sealed class ApiSite : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly HttpClient _client;

    private ApiSite(WixEmulator wix, WebApplication app)
    {
        Wix = wix;
        _app = app;
        _client = new() { BaseAddress = new(app.Urls.First()) };
    }

    public WixEmulator Wix { get; }

    public IServiceProvider Services => _app.Services;

    /// <summary>The API key's client, as jobs have it.</summary>
    public AdminWixClient Admin => Services.GetRequiredService<AdminWixClient>();

    public static async Task<ApiSite> StartAsync(Action<WebApplication>? map = null, Action<IServiceCollection>? services = null)
    {
        var wix = await WixEmulator.StartAsync();
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { EnvironmentName = Environments.Production });
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["AllowedHosts"] = "127.0.0.1",
            ["Wix:ClientId"] = wix.App.ClientId,
            ["Wix:ClientSecret"] = wix.App.ClientSecret,
            ["Wix:InstanceId"] = wix.InstanceId,
            ["Wix:ApiBaseAddress"] = wix.Address.ToString(),
            ["Wix:ApiKey"] = wix.ApiKey.Value,
            ["Wix:SiteId"] = wix.Site.Id,
            // Tests make more calls a minute than a site is given.
            ["Wix:CallsPerMinute"] = "100000",
        });
        builder.Services.AddWix(builder.Configuration);
        services?.Invoke(builder.Services);
        var app = builder.Build();
        map?.Invoke(app);
        await app.StartAsync();
        return new(wix, app);
    }

    /// <summary>Calls an endpoint as a visitor of the site's own pages.</summary>
    public async Task<(int Status, string Body)> GetAsync(string path)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(path, UriKind.Relative));
        request.Headers.Add("Sec-Fetch-Site", "same-origin");
        using var answer = await _client.SendAsync(request);
        return ((int)answer.StatusCode, await answer.Content.ReadAsStringAsync());
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _app.DisposeAsync();
        await Wix.DisposeAsync();
    }
}
