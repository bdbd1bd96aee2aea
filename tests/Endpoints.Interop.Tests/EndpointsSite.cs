using Endpoints.Wix.Emulator;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Endpoints.Interop.Tests;

/// <summary>A site on Endpoints, on a port of its own: the endpoint files of this project's folder <c>pages</c>.</summary>
internal sealed class EndpointsSite : IAsyncDisposable
{
    private readonly WebApplication _app;

    private EndpointsSite(WebApplication app) => _app = app;

    public string Origin => _app.Urls.First();

    public static async Task<EndpointsSite> StartAsync(WixEmulator wix)
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { EnvironmentName = Environments.Production });
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        builder.Services.AddFileRoutes();
        builder.Services.AddWix(options =>
        {
            options.ClientId = wix.App.ClientId;
            options.ClientSecret = new(wix.App.ClientSecret);
            options.InstanceId = wix.InstanceId;
            options.ApiBaseAddress = wix.Address;
        });
        var app = builder.Build();
        app.MapFileRoutes(typeof(EndpointsSite).Assembly);
        await app.StartAsync();
        return new(app);
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();
}
