using System.Text.Json;

namespace Endpoints.Wix.Emulator.Tests;

/// <summary>A fresh platform for each test, with a clock that stands still.</summary>
public abstract class EmulatorTest : IAsyncLifetime
{
    private protected TimerClock Time { get; } = new();

    private protected WixEmulator Wix { get; private set; } = null!;

    private protected HttpClient Client { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        Wix = await WixEmulator.StartAsync(options =>
        {
            options.TimeProvider = Time;
            Configure(options);
        });
        Client = Wix.Client();
    }

    public async Task DisposeAsync()
    {
        Client.Dispose();
        await Wix.DisposeAsync();
    }

    private protected virtual void Configure(WixEmulatorOptions options)
    {
    }

    private protected Task<JsonElement> TokenAsync(object fields) => Client.CallAsync("POST /oauth2/token", json: fields).JsonAsync();

    private protected Task<JsonElement> AnonymousAsync() => TokenAsync(new { clientId = Wix.App.ClientId, grantType = "anonymous" });

    private protected string AppToken() => Wix.IssueToken(EmulatedIdentity.App());

    private protected Task<HttpResponseMessage> InfoAsync(string token) => Client.CallAsync("POST /oauth2/token-info", json: new { token });

    private protected Task<HttpResponseMessage> PropertiesAsync(string? authorization, params (string, string)[] headers) =>
        Client.CallAsync("GET /site-properties/v4/properties", authorization, null, headers);
}
