using Adversary.Tests.Requests;

namespace Adversary.Tests.Hosting;

/// <summary>Everything that an attack needs: a Wix, the application in both modes of sessions, and credentials.</summary>
internal sealed class Arena : IAsyncDisposable
{
    private readonly Dictionary<SiteMode, (AttackedSite Site, Credentials Credentials)> _sites = [];

    private Arena(Platform platform) => Platform = platform;

    public Platform Platform { get; }

    public IEnumerable<AttackedSite> Sites => _sites.Values.Select(static one => one.Site);

    public IReadOnlyList<SiteMode> Modes => [.. _sites.Keys];

    public static async Task<Arena> StartAsync(PublishedSite published, string? hole = null, params SiteMode[] modes)
    {
        var arena = new Arena(await Platform.StartAsync());
        try
        {
            foreach (var mode in modes is [] ? Enum.GetValues<SiteMode>() : modes)
            {
                var site = await AttackedSite.StartAsync(published, arena.Platform, mode, hole);
                arena._sites[mode] = (site, await Hosting.Credentials.GatherAsync(arena.Platform, site));
            }

            arena.Platform.Wix.ClearCalls();
            return arena;
        }
        catch
        {
            await arena.DisposeAsync();
            throw;
        }
    }

    public AttackedSite Site(SiteMode mode) => _sites[mode].Site;

    public Credentials Credentials(SiteMode mode) => _sites[mode].Credentials;

    public async ValueTask DisposeAsync()
    {
        foreach (var site in Sites)
            await site.DisposeAsync();
        await Platform.DisposeAsync();
    }
}
