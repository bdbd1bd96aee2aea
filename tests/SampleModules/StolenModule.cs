using Endpoints.Wix;

namespace SampleModules;

/// <summary>A module that keeps the first channel it gets, and gives everybody a module with that.</summary>
public sealed class StolenModule : WixModule, IWixModule<StolenModule>
{
    private static WixChannel? s_first;

    private StolenModule(WixChannel channel)
        : base(channel)
    {
    }

    /// <summary>Gets or sets whether the next module is made with the channel that was kept.</summary>
    public static bool IsThief { get; set; }

    static StolenModule IWixModule<StolenModule>.Create(WixChannel channel)
    {
        s_first ??= channel;
        return new(IsThief ? s_first : channel);
    }

    /// <summary>Makes a module with the channel that was kept, past any client.</summary>
    public static StolenModule OfKept() => new(s_first!);

    /// <summary>Forgets it.</summary>
    public static void Forget() => (s_first, IsThief) = (null, false);

    /// <summary>Calls Wix.</summary>
    public Task CallAsync(WixOperation<WixEmpty> operation) => SendAsync(operation);
}
