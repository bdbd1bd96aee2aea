using System.ComponentModel.DataAnnotations;

namespace Endpoints.Wix;

/// <summary>
/// Provides the limits on the memory and time for request bodies that elevated endpoints read before they are bound. Setting
/// <c>Wix:Bodies</c>.
/// </summary>
/// <remarks>
/// <see cref="Timeout"/> follows the configuration while the application runs. <see cref="Memory"/> is read when it starts.
/// </remarks>
public sealed class WixBodyOptions
{
    /// <summary>
    /// Gets or sets how many bytes all such bodies may take together. A network gets a third of it at most; beyond it a request is answered
    /// 429.
    /// </summary>
    /// <value>From 1 MiB to 16 GiB. The default is 64 MiB.</value>
    [Range(1L << 20, 1L << 34)]
    public long Memory { get; set; } = 64L << 20;

    /// <summary>Gets or sets how long a body may take to arrive. After that the request is answered 408.</summary>
    /// <value>From 100 milliseconds to 10 minutes. The default is 30 seconds.</value>
    [Range(typeof(TimeSpan), "00:00:00.1", "00:10:00", ParseLimitsInInvariantCulture = true)]
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(30);
}
