using Endpoints.RateLimiting;

namespace Endpoints.Wix.Identification;

/// <summary>
/// Holds the questions of one network that Wix is being asked, and those that wait. It is guarded by the <see cref="Lanes"/> to which it
/// belongs.
/// </summary>
internal sealed class Lane(ClientAddress? network, int allowed)
{
    /// <summary>Gets the network of the questions; <see langword="null"/> for questions that no stranger causes.</summary>
    public ClientAddress? Network => network;

    /// <summary>
    /// Gets or sets the number of questions that may be asked at once. It grows with each good answer and shrinks with each other one.
    /// </summary>
    public int Allowed { get; set; } = allowed;

    public int Going { get; set; }

    /// <summary>Gets or sets a value that indicates whether Wix has refused any of the questions.</summary>
    public bool HasRefusals { get; set; }

    /// <summary>Gets or sets a value that indicates whether the lane is among those whose turn may come.</summary>
    public bool IsListed { get; set; }

    public Queue<TaskCompletionSource<bool>> Waiting { get; } = new();

    public bool MayGo => Going < Allowed;
}
