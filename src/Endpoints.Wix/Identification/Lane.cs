using Endpoints.RateLimiting;

namespace Endpoints.Wix.Identification;

/// <summary>The questions of one network that Wix is being asked, and those that wait. Guarded by the <see cref="Lanes"/> it belongs to.</summary>
internal sealed class Lane(ClientAddress? network, int allowed)
{
    /// <summary>Whose it is; null for questions that no stranger causes.</summary>
    public ClientAddress? Network => network;

    /// <summary>How many may go on at once: more with each answer that was good, fewer with each that was not.</summary>
    public int Allowed { get; set; } = allowed;

    public int Going { get; set; }

    /// <summary>Whether Wix has refused one.</summary>
    public bool HasRefusals { get; set; }

    /// <summary>Whether it is among those whose turn may come.</summary>
    public bool IsListed { get; set; }

    public Queue<TaskCompletionSource<bool>> Waiting { get; } = new();

    public bool MayGo => Going < Allowed;
}
