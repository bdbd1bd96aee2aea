using System.Reflection;
using System.Text.Json;
using Endpoints.Tests.Processes;

namespace Endpoints.Interop.Tests;

/// <summary>The example site, as it runs with credentials, called with <c>fetchWithAuth()</c>.</summary>
public sealed class ExampleSiteTests(WixAndNode fixture) : InteropTest(fixture), IAsyncLifetime
{
    private Command? _site;
    private Uri? _address;

    public async Task InitializeAsync()
    {
        var variables = new Dictionary<string, string?>
        {
            ["ASPNETCORE_ENVIRONMENT"] = "Development",
            ["ASPNETCORE_URLS"] = "http://127.0.0.1:0",
            ["WIX_CLIENT_ID"] = Wix.App.ClientId,
            ["WIX_CLIENT_SECRET"] = Wix.App.ClientSecret,
            ["WIX_CLIENT_INSTANCE_ID"] = Wix.InstanceId,
            ["WIX_CLIENT_PUBLIC_KEY"] = Wix.App.PublicKeyBase64,
            ["Wix__ApiBaseAddress"] = Wix.Address.AbsoluteUri,
        };
        var folder = typeof(ExampleSiteTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
            .Single(static data => data.Key == "ExampleSite").Value!;
        _site = Command.Start(folder, variables, "dotnet", Path.Combine(AppContext.BaseDirectory, "ExampleSite.dll"));
        var line = await _site.LineAsync(static line => line.StartsWith("Example site: ", StringComparison.Ordinal));
        _address = new(line.Split(' ')[2]);
    }

    public async Task DisposeAsync()
    {
        if (_site is not null)
            await _site.DisposeAsync();
    }

    // One test, because the site takes a while to start.
    [Fact]
    public async Task Each_kind_of_caller_is_recognised_and_may_call_what_is_meant_for_it()
    {
        await CheckAsync("Visitor", myApi: 200, plain: 403);
        await CheckAsync("Member", myApi: 200, plain: 403);
        await CheckAsync("User", myApi: 200, plain: 200);
        await CheckAsync("App", myApi: 403, plain: 200);
    }

    private async Task CheckAsync(string kind, int myApi, int plain)
    {
        var (client, id) = SdkClient.Of(kind, Wix, Wix.Site);

        var who = await FetchAsync("clientFetch", client, "/api/who-am-i");
        var elevated = await FetchAsync("httpClientFetch", client, "/api/my-api");
        var unelevated = await FetchAsync("httpClientFetch", client, "/api/my-api-plain");

        Assert.Equal(new(kind, id, Wix.Site.Id, Wix.InstanceId), who.Body.Deserialize<Caller>(JsonSerializerOptions.Web));
        Assert.Equal((myApi, plain), (elevated.Status, unelevated.Status));
        if (myApi == 200)
        {
            Assert.Equal(
                Wix.Site.Properties["businessName"]!.GetValue<string>(),
                elevated.Body.GetProperty("properties").GetProperty("businessName").GetString());
        }
    }

    private Task<Answer> FetchAsync(string function, SdkClient client, string path) =>
        Node.RunAsync<Answer>($"endpoints/{function}", new { client.As, client.Credentials, Url = new Uri(_address!, path) });

    private sealed record Answer(int Status, JsonElement Body);

    private sealed record Caller(string Kind, string? Id, string? SiteId, string? InstanceId);
}
