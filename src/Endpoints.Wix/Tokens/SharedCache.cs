using Microsoft.Extensions.Caching.Distributed;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Endpoints.Wix.Tokens;

/// <summary>What the nodes of an application share, through its <see cref="IDistributedCache"/> if it has one.</summary>
/// <remarks>
/// Whoever stores something here encrypts it first: others may read the cache. One that is down or slow is a miss, and what can't be stored is
/// not stored; neither is ever an error.
/// </remarks>
internal sealed partial class SharedCache(IServiceProvider services, ILogger<SharedCache> logger)
{
    // A cache that takes longer costs more than it saves.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    private readonly IDistributedCache? _cache = services.GetService<IDistributedCache>();

    /// <summary>Whether there is anybody to share with.</summary>
    public bool IsOn => _cache is not null;

    /// <summary>What was stored; null for a miss.</summary>
    public async Task<byte[]?> FindAsync(string key)
    {
        if (_cache is null)
            return null;
        try
        {
            using var limit = new CancellationTokenSource(Patience, TimeProvider.System);
            return await _cache.GetAsync(key, limit.Token).WaitAsync(limit.Token).ConfigureAwait(false);
        }
        catch (Exception e)
        {
            LogUnavailable(e.GetType().Name);
            return null;
        }
    }

    /// <summary>Stores something for a time.</summary>
    /// <param name="key">Where.</param>
    /// <param name="encrypt">Gives it, encrypted; where there are no keys to be had, it is not stored.</param>
    /// <param name="lifetime">How long it is worth something.</param>
    public async Task SetAsync(string key, Func<byte[]> encrypt, TimeSpan lifetime)
    {
        if (_cache is null || lifetime <= TimeSpan.Zero)
            return;
        try
        {
            using var limit = new CancellationTokenSource(Patience, TimeProvider.System);
            await _cache.SetAsync(key, encrypt(), new() { AbsoluteExpirationRelativeToNow = lifetime }, limit.Token).WaitAsync(limit.Token).ConfigureAwait(false);
        }
        catch (Exception e)
        {
            LogUnavailable(e.GetType().Name);
        }
    }

    [LoggerMessage(1, LogLevel.Debug, "The distributed cache did not serve: {Error}")]
    private partial void LogUnavailable(string error);
}
