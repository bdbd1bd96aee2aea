using System.Text;
using System.Text.Json.Nodes;
using Endpoints.Wix.Emulator.Events;

namespace Endpoints.Wix.Emulator;

/// <content>The calls that Wix makes: webhooks and service plugins.</content>
public sealed partial class WixEmulator
{
    private readonly HttpClient _outgoing = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, UseProxy = false })
    {
        Timeout = TimeSpan.FromSeconds(10),
        MaxResponseContentBufferSize = 1024 * 1024,
    };

    /// <summary>Sends a webhook once, signed with the app's key, and returns the response.</summary>
    /// <param name="target">The address of your endpoint.</param>
    /// <param name="what">The event.</param>
    /// <param name="configure">The action that changes the claims and the signature, to test that invalid ones are rejected.</param>
    /// <param name="cancellationToken">The token to monitor for cancellation requests.</param>
    /// <returns>A task whose result is the response.</returns>
    public Task<EmulatedDelivery> SendWebhookAsync(
        Uri target, EmulatedEvent what, Action<EmulatedSigningOptions>? configure = null, CancellationToken cancellationToken = default) =>
        SendAsync(target, SignWebhook(what, configure), cancellationToken);

    /// <summary>Returns the body of a webhook, which is a JSON Web Token.</summary>
    /// <param name="what">The event.</param>
    /// <param name="configure">The action that changes the claims and the signature.</param>
    /// <returns>The JSON Web Token.</returns>
    public string SignWebhook(EmulatedEvent what, Action<EmulatedSigningOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(what);
        var options = new EmulatedSigningOptions(App, InstanceId, issuer: null, audience: null, TimeSpan.FromDays(30));
        configure?.Invoke(options);
        return JwtWriter.Write(EventPayload.Webhook(what, options, _options.TimeProvider.GetUtcNow()), options.App, options.Signature);
    }

    /// <summary>Calls a service plugin, signed with the app's key, and returns the response.</summary>
    /// <param name="target">The address of your endpoint.</param>
    /// <param name="appExtensionType">The type of the plugin, such as <c>SHIPPING_RATES</c>.</param>
    /// <param name="request">The request to the plugin.</param>
    /// <param name="configure">The action that changes the claims and the signature.</param>
    /// <param name="cancellationToken">The token to monitor for cancellation requests.</param>
    /// <returns>A task whose result is the response.</returns>
    public Task<EmulatedDelivery> CallServicePluginAsync(
        Uri target, string appExtensionType, JsonObject request, Action<EmulatedSigningOptions>? configure = null,
        CancellationToken cancellationToken = default) =>
        SendAsync(target, SignServicePlugin(appExtensionType, request, configure), cancellationToken);

    /// <summary>Returns the body of a service plugin call, which is a JSON Web Token.</summary>
    /// <param name="appExtensionType">The type of the plugin.</param>
    /// <param name="request">The request to the plugin.</param>
    /// <param name="configure">The action that changes the claims and the signature.</param>
    /// <returns>The JSON Web Token.</returns>
    public string SignServicePlugin(string appExtensionType, JsonObject request, Action<EmulatedSigningOptions>? configure = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(appExtensionType);
        ArgumentNullException.ThrowIfNull(request);
        var options = new EmulatedSigningOptions(App, InstanceId, issuer: "wix.com", App.ClientId, TimeSpan.FromMinutes(5));
        configure?.Invoke(options);
        var claims = EventPayload.ServicePlugin(appExtensionType, request, EmulatedIdentity.Visitor(), options,
            _options.TimeProvider.GetUtcNow());
        return JwtWriter.Write(claims, options.App, options.Signature);
    }

    private async Task<EmulatedDelivery> SendAsync(Uri target, string body, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(target);
        var started = _options.TimeProvider.GetTimestamp();
        try
        {
            using var content = new StringContent(body, Encoding.ASCII, "text/plain");
            using var response = await _outgoing.PostAsync(target, content, ct).ConfigureAwait(false);
            var answer = await response.Content.ReadAsStringAsync(ct).ConfigureAwait(false);
            return new((int)response.StatusCode, answer, _options.TimeProvider.GetElapsedTime(started));
        }
        catch (Exception e) when (e is HttpRequestException || (e is OperationCanceledException && !ct.IsCancellationRequested))
        {
            return new(null, "", _options.TimeProvider.GetElapsedTime(started));
        }
    }
}
