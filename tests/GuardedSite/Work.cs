using Endpoints.Wix;

namespace GuardedSite;

/// <summary>Work that no test of the guards may ever reach.</summary>
public static class Work
{
    private static int _runs;

    /// <summary>The number of times that a handler ran, in any application of this process.</summary>
    public static int Runs => Volatile.Read(ref _runs);

    public static string Elsewhere() => $"another endpoint {Interlocked.Increment(ref _runs)}";

    public static async Task<string> Run(ElevatedWixClient wix)
    {
        Interlocked.Increment(ref _runs);
        await wix.SiteProperties.GetSitePropertiesAsync();
        return "done";
    }
}
