using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace DropIn.Tests;

/// <summary>An application of a few lines.</summary>
internal sealed class SmallSite(WebApplication app, LogLines log) : IAsyncDisposable
{
    public HttpClient Client { get; } = app.GetTestClient();

    public LogLines Log => log;

    public IServiceProvider Services => app.Services;

    public static async Task<SmallSite> StartAsync(
        Action<WebApplicationBuilder> add, Action<WebApplication> map, string environment = "Production", string? application = null)
    {
        var builder =
            WebApplication.CreateBuilder(new WebApplicationOptions { EnvironmentName = environment, ApplicationName = application });
        builder.WebHost.UseTestServer();
        builder.Host.UseDefaultServiceProvider(static provider => provider.ValidateScopes = provider.ValidateOnBuild = true);
        var log = new LogLines();
        builder.Logging.ClearProviders().AddProvider(log);
        add(builder);
        var app = builder.Build();
        map(app);
        await app.StartAsync();
        return new(app, log);
    }

    public async Task<(int Status, string Body)> SendAsync(string method, string path, HttpContent? content = null,
        params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(new(method), path) { Content = content };
        foreach (var (name, value) in headers)
            request.Headers.TryAddWithoutValidation(name, value);
        using var response = await Client.SendAsync(request);
        return ((int)response.StatusCode, await response.Content.ReadAsStringAsync());
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await app.DisposeAsync();
    }
}
