using System.ComponentModel.DataAnnotations;

namespace Endpoints;

/// <summary>Represents the limits of an <see cref="IInboxStore"/>.</summary>
public class InboxOptions
{
    /// <summary>
    /// Gets or sets the maximum size of a message's content, in bytes. From 1,024 to 16,777,216. The default is 1,048,576 (1 MB).
    /// </summary>
    [Range(1_024, 16_777_216)]
    public int MaxMessageSize { get; set; } = 1_048_576;

    /// <summary>
    /// Gets or sets the maximum number of stored messages that wait, run or have failed. Further ones are not accepted. From 1 to
    /// 100,000,000. The default is 100,000.
    /// </summary>
    [Range(1, 100_000_000)]
    public long MaxMessages { get; set; } = 100_000;

    /// <summary>
    /// Gets or sets the time for which the id of a handled message is kept, so that the message is not handled again when it arrives again.
    /// It must be longer than a sender goes on sending a message. From 1 hour to 365 days. The default is 7 days.
    /// </summary>
    [Range(typeof(TimeSpan), "01:00:00", "365.00:00:00", ParseLimitsInInvariantCulture = true)]
    public TimeSpan HandledRetention { get; set; } = TimeSpan.FromDays(7);

    /// <summary>
    /// Gets or sets the time for which a failed message is kept. From 1 hour to 365 days. The default is 30 days.
    /// </summary>
    [Range(typeof(TimeSpan), "01:00:00", "365.00:00:00", ParseLimitsInInvariantCulture = true)]
    public TimeSpan FailedRetention { get; set; } = TimeSpan.FromDays(30);
}
