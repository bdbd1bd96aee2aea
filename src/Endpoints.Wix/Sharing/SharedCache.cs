using Endpoints.Wix.Telemetry;
using Microsoft.Extensions.Caching.Distributed;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Endpoints.Wix.Sharing;

/// <summary>Holds the data that the nodes of an application share, in its <see cref="IDistributedCache"/> if it has one.</summary>
/// <remarks>
/// Whoever stores something here encrypts it first: others may read the cache. One that is down or slow is a miss, and what can't be stored
/// is not stored; neither is ever an error. A piece of work waits for it for a second in all (<see cref="Begin"/>), and one that has used
/// that up is left alone for a while. It is called off the request's thread, which a cache may block.
/// </remarks>
internal sealed partial class SharedCache(IServiceProvider services, TimeProvider time, GuardTelemetry telemetry,
    ILogger<SharedCache> logger)
{
    // A cache that takes longer costs more than it saves.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LeaveAlone = TimeSpan.FromSeconds(10);

    // Calls that nobody waits for any more, and that may have a thread each.
    private const int MaxUnfinished = 64;

    private readonly IDistributedCache? _cache = services.GetService<IDistributedCache>();
    private long _aloneUntil = long.MinValue;
    private int _unfinished;

    /// <summary>Gets a value that indicates whether there is a distributed cache.</summary>
    public bool IsOn => _cache is not null;

    /// <summary>Begins a piece of work, whose waits have one common limit.</summary>
    public Work Begin() => new(this);

    private GuardTelemetry Telemetry => telemetry;

    private bool IsLeftAlone => time.GetTimestamp() < Interlocked.Read(ref _aloneUntil) || Volatile.Read(ref _unfinished) >= MaxUnfinished;

    private void LeaveForNow(string reason)
    {
        Interlocked.Exchange(ref _aloneUntil, time.GetTimestamp() + (long)(LeaveAlone.TotalSeconds * time.TimestampFrequency));
        LogLeftAlone(reason, LeaveAlone);
    }

    private Task<T> CallAsync<T>(Func<IDistributedCache, CancellationToken, Task<T>> call, CancellationToken ct)
    {
        Interlocked.Increment(ref _unfinished);
        return Task.Run(
            async () =>
            {
                try
                {
                    return await call(_cache!, ct).ConfigureAwait(false); // who calls has looked
                }
                finally
                {
                    Interlocked.Decrement(ref _unfinished);
                }
            },
            CancellationToken.None);
    }

    /// <summary>Represents a piece of work that asks the cache one thing after the other.</summary>
    internal sealed class Work(SharedCache shared)
    {
        private TimeSpan _left = Patience;

        /// <summary>Returns the stored value; <see langword="null"/> for a miss.</summary>
        public Task<byte[]?> FindAsync(string key) => WaitAsync((cache, ct) => cache.GetAsync(key, ct));

        /// <summary>Stores a value for a limited time.</summary>
        /// <param name="key">The key.</param>
        /// <param name="encrypt">Returns the encrypted value. If no keys are available, the value is not stored.</param>
        /// <param name="lifetime">The time for which the value is useful.</param>
        public Task SetAsync(string key, Func<byte[]> encrypt, TimeSpan lifetime) => lifetime <= TimeSpan.Zero
            ? Task.CompletedTask
            : WaitAsync(async (cache, ct) =>
            {
                await cache.SetAsync(key, encrypt(), new() { AbsoluteExpirationRelativeToNow = lifetime }, ct).ConfigureAwait(false);
                return true;
            });

        /// <summary>Removes a value.</summary>
        public Task RemoveAsync(string key) => WaitAsync(async (cache, ct) =>
        {
            await cache.RemoveAsync(key, ct).ConfigureAwait(false);
            return true;
        });

        private async Task<T?> WaitAsync<T>(Func<IDistributedCache, CancellationToken, Task<T>> call)
        {
            if (!shared.IsOn)
                return default;
            if (_left <= TimeSpan.Zero || shared.IsLeftAlone)
            {
                shared.Telemetry.CacheMissed("skipped");
                return default;
            }

            var started = TimeProvider.System.GetTimestamp();
            using var limit = new CancellationTokenSource(_left, TimeProvider.System);
            try
            {
                return await shared.CallAsync(call, limit.Token).WaitAsync(limit.Token).ConfigureAwait(false);
            }
            catch (Exception e)
            {
                shared.Telemetry.CacheMissed(limit.IsCancellationRequested ? "slow" : "error");
                shared.LogUnavailable(e.GetType().Name);
                return default;
            }
            finally
            {
                _left -= TimeProvider.System.GetElapsedTime(started);
                if (_left <= TimeSpan.Zero || limit.IsCancellationRequested)
                {
                    _left = TimeSpan.Zero;
                    shared.LeaveForNow("too slow");
                }
            }
        }
    }

    [LoggerMessage(1, LogLevel.Debug, "The distributed cache failed: {Error}")]
    private partial void LogUnavailable(string error);

    [LoggerMessage(2, LogLevel.Warning,
        "The distributed cache is {Reason}. It is not used for {Time}, and this node relies on what it knows itself")]
    private partial void LogLeftAlone(string reason, TimeSpan time);
}
