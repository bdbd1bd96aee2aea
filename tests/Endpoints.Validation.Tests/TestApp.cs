using System.Net;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Endpoints.Validation.Tests;

/// <summary>
/// An application in memory, whose container refuses scoped services outside of requests and anything that can't be made.
/// </summary>
internal sealed class TestApp(WebApplication app) : IAsyncDisposable
{
    public HttpClient Client { get; } = app.GetTestClient();

    public IServiceProvider Services => app.Services;

    public static async Task<TestApp> StartAsync(Action<IServiceCollection> add, Action<WebApplication> map,
        string environment = "Production")
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { EnvironmentName = environment });
        builder.WebHost.UseTestServer();
        builder.Host.UseDefaultServiceProvider(static provider => provider.ValidateScopes = provider.ValidateOnBuild = true);
        add(builder.Services);
        var app = builder.Build();
        map(app);
        await app.StartAsync();
        return new TestApp(app);
    }

    public async Task<(HttpStatusCode Status, JsonNode? Body)> PostAsync(string path, string json)
    {
        using var content = new StringContent(json, System.Text.Encoding.UTF8, "application/json");
        return await ReadAsync(await Client.PostAsync(path, content));
    }

    public async Task<(HttpStatusCode Status, JsonNode? Body)> GetAsync(string path) => await ReadAsync(await Client.GetAsync(path));

    /// <summary>The errors of a validation problem: <c>name: message, message</c>.</summary>
    public static string[] Errors(JsonNode? problem)
    {
        Assert.Equal("urn:endpoints:problem:validation", (string?)problem?["type"]);
        Assert.Equal(400, (int?)problem!["status"]);
        Assert.NotEmpty((string?)problem["traceId"] ?? "");
        return [.. problem["errors"]!.AsObject()
            .Select(static error =>
                $"{error.Key}: {string.Join(", ", error.Value!.AsArray().Select(static message => (string?)message))}")];
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await app.DisposeAsync();
    }

    public static async Task<(HttpStatusCode Status, JsonNode? Body)> ReadAsync(HttpResponseMessage response)
    {
        using (response)
        {
            var text = await response.Content.ReadAsStringAsync();
            if (response.Content.Headers.ContentType?.MediaType is { } type && type.EndsWith("json", StringComparison.Ordinal))
                return (response.StatusCode, JsonNode.Parse(text));
            return (response.StatusCode, text.Length == 0 ? null : JsonValue.Create(text));
        }
    }
}
