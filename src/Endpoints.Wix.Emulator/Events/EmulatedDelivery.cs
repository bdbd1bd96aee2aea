using System.Globalization;

namespace Endpoints.Wix.Emulator;

/// <summary>Represents the response to a webhook or to a service plugin call.</summary>
public sealed class EmulatedDelivery
{
    internal static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(1250);

    internal EmulatedDelivery(int? statusCode, string body, TimeSpan duration)
    {
        StatusCode = statusCode;
        Body = body;
        Duration = duration;
    }

    /// <summary>
    /// Gets the status code of the response, or <see langword="null"/> if there was no response: within ten seconds, or for an event that
    /// was raised, within 1,250 milliseconds.
    /// </summary>
    public int? StatusCode { get; }

    /// <summary>Gets the body of the response.</summary>
    public string Body { get; }

    /// <summary>Gets the time that the response took.</summary>
    public TimeSpan Duration { get; }

    /// <summary>Gets the event; <see langword="null"/> for a service plugin call.</summary>
    public EmulatedEvent? Event { get; internal init; }

    /// <summary>Gets the address that the event was delivered to; <see langword="null"/> if it was not raised but sent by hand.</summary>
    public EmulatedWebhook? Webhook { get; internal init; }

    /// <summary>Gets the number of the attempt: 1 for the first, up to 13.</summary>
    public int Attempt { get; internal init; } = 1;

    /// <summary>
    /// Gets a value that indicates whether Wix would consider the webhook delivered: status 200 within 1,250 milliseconds.
    /// </summary>
    public bool Delivered => StatusCode == 200 && Duration <= Patience;

    /// <summary>Returns the status code and the duration.</summary>
    public override string ToString() =>
        $"{StatusCode?.ToString(CultureInfo.InvariantCulture) ?? "no answer"} in {Duration.TotalMilliseconds:F0} ms";
}
