using System.Text;

namespace Endpoints.Wix.Emulator.Events;

/// <summary>Sends what Wix signed, and measures the answer.</summary>
internal sealed class Postman(TimeProvider time) : IDisposable
{
    private readonly HttpClient _client = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, UseProxy = false })
    {
        Timeout = TimeSpan.FromSeconds(10),
        MaxResponseContentBufferSize = 1024 * 1024,
    };

    /// <summary>Sends a body, and waits ten seconds at most.</summary>
    public async Task<EmulatedDelivery> SendAsync(Uri target, string body, EmulatedEvent? what, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(target);
        var started = time.GetTimestamp();
        var (status, answer) = await PostAsync(target, body, ct, ct).ConfigureAwait(false);
        return new(status, answer, time.GetElapsedTime(started)) { Event = what };
    }

    /// <summary>Delivers an event, and waits as long as Wix does.</summary>
    public async Task<EmulatedDelivery> DeliverAsync(EmulatedWebhook webhook, SignedEvent signed, int attempt, CancellationToken ct)
    {
        var started = time.GetTimestamp();
        using var patience = new CancellationTokenSource(EmulatedDelivery.Patience, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(ct, patience.Token);
        var (status, answer) = await PostAsync(webhook.Address, signed.Body, both.Token, ct).ConfigureAwait(false);
        return new(status, answer, time.GetElapsedTime(started)) { Event = signed.Event, Webhook = webhook, Attempt = attempt };
    }

    public void Dispose() => _client.Dispose();

    private async Task<(int? Status, string Body)> PostAsync(Uri target, string body, CancellationToken ct, CancellationToken caller)
    {
        try
        {
            using var content = new StringContent(body, Encoding.ASCII, "text/plain");
            using var response = await _client.PostAsync(target, content, ct).ConfigureAwait(false);
            return ((int)response.StatusCode, await response.Content.ReadAsStringAsync(ct).ConfigureAwait(false));
        }
        catch (Exception e) when (e is HttpRequestException || (e is OperationCanceledException && !caller.IsCancellationRequested))
        {
            return (null, "");
        }
    }
}
