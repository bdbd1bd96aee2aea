using Endpoints.Wix.Emulator;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Endpoints.Interop.Tests;

/// <summary>
/// A site on Endpoints, on a port of its own: the endpoint files of this project's folder <c>pages</c>. Its sessions are Wix's own
/// <c>wixSession</c>.
/// </summary>
internal sealed class EndpointsSite : IAsyncDisposable
{
    private readonly WebApplication _app;

    private EndpointsSite(WebApplication app) => _app = app;

    public string Origin => _app.Urls.First();

    public IServiceProvider Services => _app.Services;

    public static async Task<EndpointsSite> StartAsync(WixEmulator wix)
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { EnvironmentName = Environments.Production });
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        builder.Services.AddFileRoutes();
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["AllowedHosts"] = "127.0.0.1",
            ["Wix:ClientId"] = wix.App.ClientId,
            ["Wix:ClientSecret"] = wix.App.ClientSecret,
            ["Wix:InstanceId"] = wix.InstanceId,
            ["Wix:ApiBaseAddress"] = wix.Address.ToString(),
            ["Wix:ApiKey"] = wix.ApiKey.Value,
            ["Wix:SiteId"] = wix.Site.Id,
            ["Wix:AccountId"] = wix.AccountId,
            ["Wix:Session:Cookie"] = "Compatible",
        });
        builder.Services.AddWix(builder.Configuration);
        var app = builder.Build();
        app.MapFileRoutes(typeof(EndpointsSite).Assembly);
        app.MapWixAuth();
        app.MapWixInstallation();
        await app.StartAsync();
        return new(app);
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();
}
