using System.ComponentModel.DataAnnotations;

namespace Endpoints.Wix;

/// <summary>
/// Provides the settings for the inbox, which stores events until they have been handled, and the ids of events that have been handled.
/// Setting <c>Wix:Inbox</c>. They are read when the application starts.
/// </summary>
public sealed class WixInboxOptions : InboxOptions
{
    /// <summary>
    /// Gets or sets the path of the SQLite file. It must be on a local disk and outside the content that is served to the web. Relative
    /// paths are below the content root. <c>:memory:</c> keeps everything in memory until the application ends, for tests.
    /// </summary>
    /// <value>
    /// The default, <see langword="null"/>, is <c>Endpoints/&lt;application name&gt;/inbox.db</c> in the user's local application data:
    /// <c>~/.local/share</c> on Linux. The log shows the path at start. On a <c>TestServer</c>, the default is <c>:memory:</c>. The file
    /// isn't used if another store is registered.
    /// </value>
    public string? Path { get; set; }

    /// <summary>
    /// Gets or sets how many stored events an instance of the application handles at once. From 1 to 1,000. The default is 8.
    /// </summary>
    [Range(1, 1_000)]
    public int Concurrency { get; set; } = 8;

    /// <summary>
    /// Gets or sets the time after which another instance takes over an event whose instance has ended. It is renewed while the handler
    /// runs. From 1 second to 1 hour. The default is 30 seconds.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00", ParseLimitsInInvariantCulture = true)]
    public TimeSpan LeaseDuration { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// Gets or sets how many times an event is tried before it is moved to the list of failed events. From 1 to 100. The default is 12.
    /// </summary>
    [Range(1, 100)]
    public int MaxAttempts { get; set; } = 12;

    /// <summary>
    /// Gets or sets the pause after the first failed attempt. Each further pause is twice as long, up to <see cref="MaxRetryDelay"/>, and
    /// up to a fifth shorter or longer at random. From 10 milliseconds to 1 hour. The default is 2 seconds.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00.010", "01:00:00", ParseLimitsInInvariantCulture = true)]
    public TimeSpan RetryDelay { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>
    /// Gets or sets the longest pause between two attempts. From 10 milliseconds to 1 day. The default is 1 hour.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00.010", "1.00:00:00", ParseLimitsInInvariantCulture = true)]
    public TimeSpan MaxRetryDelay { get; set; } = TimeSpan.FromHours(1);

    /// <summary>
    /// Gets or sets the longest time between two looks for stored events that another instance accepted or left behind. From 10
    /// milliseconds to 1 minute. The default is 1 second.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00.010", "00:01:00", ParseLimitsInInvariantCulture = true)]
    public TimeSpan PollInterval { get; set; } = TimeSpan.FromSeconds(1);
}
