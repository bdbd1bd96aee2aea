using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Endpoints.Wix.Emulator;
using Endpoints.Wix.Tests.Hosting;

namespace Endpoints.Wix.Tests.Webhooks;

/// <summary>An application that handles events, with Wix's key in the test's hands.</summary>
internal sealed class SignedSite : IAsyncDisposable
{
    public const string Path = "/_wix/extensions/webhooks";

    private SignedSite(WixSite site, EventJournal journal) => (Site, Journal) = (site, journal);

    public WixSite Site { get; }

    public EventJournal Journal { get; }

    public DateTimeOffset Now => Site.Clock.GetUtcNow();

    public string InstanceId => Site.Wix.InstanceId;

    public static async Task<SignedSite> StartAsync(
        Action<WixOptions>? configure = null, Action<WebApplicationBuilder>? build = null, Action<WebApplication>? map = null,
        TestClock? clock = null, Action<WixEmulatorOptions>? emulate = null)
    {
        var journal = new EventJournal();
        var site = await WixSite.StartAsync(
            app =>
            {
                app.MapWixEvents();
                map?.Invoke(app);
            },
            options =>
            {
                (options.PublicKey, options.Inbox.Path) = (SignedText.PublicKey, ":memory:");
                options.Events.HandlerTimeout = TimeSpan.FromSeconds(30); // a busy machine must fail no test
                configure?.Invoke(options);
            },
            builder =>
            {
                builder.Services.AddSingleton(journal);
                builder.Services.AddWixEventHandler<JournalHandler>(SignedText.EventType, static options => options.Name = "journal");
                build?.Invoke(builder);
            },
            options =>
            {
                options.PrivateKey = SignedText.Key.ExportPkcs8PrivateKeyPem();
                emulate?.Invoke(options);
            },
            clock: clock);
        return new(site, journal);
    }

    /// <summary>The claims of an event, as Wix writes them.</summary>
    public JsonObject Claims(
        string? id = null, string eventType = SignedText.EventType, string? identity = null, string? instanceId = null) =>
        SignedText.Claims(SignedText.Envelope(instanceId ?? InstanceId, id ?? Guid.NewGuid().ToString(), eventType, identity, Now), Now);

    public Task<Answer> DeliverAsync(string? id = null, string eventType = SignedText.EventType, string? identity = null) =>
        PostAsync(SignedText.Sign(SignedText.Header, Claims(id, eventType, identity).ToJsonString()));

    public Task<Answer> PostAsync(string body, string path = Path) => PostAsync(Encoding.UTF8.GetBytes(body), path);

    public Task<Answer> PostAsync(byte[] body, string path = Path) => Site.SendAsync("POST", path, content: new ByteArrayContent(body));

    /// <summary>Asserts that a request was refused with nothing but a status, and that its content was disclosed to nobody.</summary>
    public void Refused(string attack, HttpStatusCode status, Answer answer, byte[] body)
    {
        Assert.True(answer.Status == status, $"{attack}: {answer.Status} and not {status}");
        Assert.True(answer.Body.Length == 0, $"{attack}: {answer.Body}");
        Assert.True(Journal.Handled.IsEmpty, $"{attack} was handled");
        Unspoken(attack, Encoding.Latin1.GetString(body));
    }

    public void Unspoken(string attack, string body)
    {
        var parts = body.Split('.').Where(static part => part.Length > 30).Select(static part => part[..30]).Append(SignedText.Canary);
        foreach (var part in parts)
        {
            Assert.True(Site.Logs.Lines.FirstOrDefault(line => line.Contains(part, StringComparison.Ordinal)) is null,
                $"{attack}: {Site.Logs.Lines.FirstOrDefault(line => line.Contains(part, StringComparison.Ordinal))}");
        }
    }

    public ValueTask DisposeAsync() => Site.DisposeAsync();
}
