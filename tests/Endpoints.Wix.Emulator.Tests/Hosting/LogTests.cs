using System.Threading.Channels;
using Microsoft.Extensions.Logging;

namespace Endpoints.Wix.Emulator.Tests.Hosting;

public sealed class LogTests : EmulatorTest
{
    private readonly Channel<string> _lines = Channel.CreateUnbounded<string>();

    private protected override void Configure(WixEmulatorOptions options) => options.LoggerFactory = new Lines(_lines.Writer);

    [Fact]
    public async Task A_call_is_one_line_with_its_route_status_and_request_id()
    {
        using var response = await PropertiesAsync(AppToken());

        var line = Assert.Single(await LinesAsync(1));
        Assert.StartsWith("GET /site-properties/v4/properties answered 200 to App in ", line, StringComparison.Ordinal);
        Assert.EndsWith(response.Headers.GetValues("X-Wix-Request-Id").Single(), line, StringComparison.Ordinal);
    }

    [Fact]
    public async Task No_line_holds_a_token_a_secret_a_body_or_a_query_string()
    {
        var token = AppToken();
        var session = await AnonymousAsync();
        await TokenAsync(new { client_id = Wix.App.ClientId, client_secret = Wix.App.ClientSecret, grant_type = "client_credentials" });
        await InfoAsync(token);
        await PropertiesAsync("Bearer " + token);
        await PropertiesAsync(Wix.ApiKey.Value, ("wix-site-id", Wix.Site.Id));
        await Client.CallAsync($"GET /installer/install?token={token}&canary=canary");
        await Client.CallAsync($"GET /{token}/canary");

        var text = string.Join('\n', await LinesAsync(7));
        Assert.DoesNotContain("JWS.", text, StringComparison.Ordinal);
        Assert.DoesNotContain(session.Text("refresh_token"), text, StringComparison.Ordinal);
        Assert.DoesNotContain(Wix.App.ClientSecret, text, StringComparison.Ordinal);
        Assert.DoesNotContain(Wix.ApiKey.Value, text, StringComparison.Ordinal);
        Assert.DoesNotContain("canary", text, StringComparison.Ordinal);
    }

    // A line is written when its call has ended, which may be after the caller has the answer.
    private async Task<IReadOnlyList<string>> LinesAsync(int count)
    {
        var lines = new List<string>();
        while (lines.Count < count)
            lines.Add(await _lines.Reader.ReadAsync());
        return lines;
    }

    private sealed class Lines(ChannelWriter<string> to) : ILoggerFactory, ILogger
    {
        public void AddProvider(ILoggerProvider provider)
        {
        }

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception,
            Func<TState, Exception?, string> formatter) =>
            to.TryWrite(formatter(state, exception));

        public void Dispose()
        {
        }
    }
}
