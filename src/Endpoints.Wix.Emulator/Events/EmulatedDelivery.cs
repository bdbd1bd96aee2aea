using System.Globalization;

namespace Endpoints.Wix.Emulator;

/// <summary>What came back from a webhook or a service plugin call.</summary>
public sealed class EmulatedDelivery
{
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(1250);

    internal EmulatedDelivery(int? statusCode, string body, TimeSpan duration)
    {
        StatusCode = statusCode;
        Body = body;
        Duration = duration;
    }

    /// <summary>The status of the answer; null when there was none within ten seconds.</summary>
    public int? StatusCode { get; }

    /// <summary>The body of the answer.</summary>
    public string Body { get; }

    /// <summary>How long the answer took.</summary>
    public TimeSpan Duration { get; }

    /// <summary>Whether Wix would take the webhook for delivered: status 200 within 1,250 milliseconds.</summary>
    public bool Delivered => StatusCode == 200 && Duration <= Patience;

    /// <summary>Gives the status and the duration.</summary>
    public override string ToString() => $"{StatusCode?.ToString(CultureInfo.InvariantCulture) ?? "no answer"} in {Duration.TotalMilliseconds:F0} ms";
}
