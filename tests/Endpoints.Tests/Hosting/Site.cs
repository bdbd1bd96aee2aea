using System.Net;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.Logging;

namespace Endpoints.Tests.Hosting;

/// <summary>A real host on a port of its own.</summary>
public sealed class Site : IAsyncDisposable
{
    private readonly WebApplication _app;

    private Site(WebApplication app, LogRecords log)
    {
        _app = app;
        Log = log;
        Address = new Uri(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single());
        Client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = Address };
    }

    public Uri Address { get; }

    public HttpClient Client { get; }

    public LogRecords Log { get; }

    public IServiceProvider Services => _app.Services;

    public static Task<Site> StartAsync(params FileRoute[] routes) => StartAsync(routes, options: null);

    public static Task<Site> StartAsync(
        FileRoute[] routes,
        Action<FileRouteOptions>? options,
        Action<WebApplicationBuilder>? services = null,
        Action<WebApplication>? pipeline = null,
        string environment = "Production") =>
        StartAsync(
            builder =>
            {
                builder.Services.AddFileRoutes(options);
                services?.Invoke(builder);
            },
            app =>
            {
                pipeline?.Invoke(app);
                app.MapFileRoutes(routes);
            },
            environment);

    public static async Task<Site> StartAsync(Action<WebApplicationBuilder> services, Action<WebApplication> pipeline,
        string environment = "Production")
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { EnvironmentName = environment });
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        var log = new LogRecords();
        builder.Logging.ClearProviders().AddProvider(log).SetMinimumLevel(LogLevel.Debug);
        services(builder);
        var app = builder.Build();
        pipeline(app);
        try
        {
            await app.StartAsync();
        }
        catch
        {
            await app.DisposeAsync();
            throw;
        }
        return new Site(app, log);
    }

    public Task<HttpResponseMessage> SendAsync(string method, string path, params (string Name, string Value)[] headers)
    {
        var request = new HttpRequestMessage(new HttpMethod(method), path);
        foreach (var (name, value) in headers)
            request.Headers.TryAddWithoutValidation(name, value);
        return Client.SendAsync(request);
    }

    public Task<string> GetAsync(string path) => Client.GetStringAsync(path);

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _app.DisposeAsync();
    }
}
