using Endpoints.Wix.Memory;
using Microsoft.Extensions.Options;

namespace Endpoints.Wix.Sharing;

/// <summary>Records from which instances the app has been removed, so that what Wix said of their tokens before is asked again.</summary>
/// <remarks>Thread-safe and bounded. A node knows what was sent to it; the others ask Wix when the answer that they have is old.</remarks>
internal sealed class RemovedInstances(IOptions<WixOptions> options, TimeProvider time)
{
    private const int Capacity = 10_000;

    private readonly BoundedCache<string, Removal> _removals = new(Capacity);
    private readonly string? _ownInstanceId = options.Value.InstanceId;
    private volatile bool _hasAny; // the cache would count them

    /// <summary>Records that the app has just been removed.</summary>
    public void Add(string instanceId)
    {
        _removals.Set(Key(instanceId), new(time.GetUtcNow()));
        _hasAny = true;
    }

    /// <summary>Determines whether the app has been removed from an instance at a time or after it.</summary>
    /// <param name="instanceId">The instance; <see langword="null"/> for the configured one.</param>
    /// <param name="since">The time.</param>
    public bool HasBeenRemoved(string? instanceId, DateTimeOffset since) =>
        _hasAny
        && (instanceId ?? _ownInstanceId) is { } id
        && _removals.TryGet(Key(id), out var removal)
        && removal.At >= since;

    /// <summary>Determines whether the app has been removed from an instance and, as far as is known, has not come back.</summary>
    /// <param name="instanceId">The instance; <see langword="null"/> for the configured one.</param>
    public bool IsGone(string? instanceId) =>
        _removals.Count > 0
        && (instanceId ?? _ownInstanceId) is { } id
        && _removals.TryGet(Key(id), out var removal)
        && !removal.IsOver;

    /// <summary>Records that Wix issues tokens for an instance again. What it said of callers before the removal stays old.</summary>
    /// <param name="instanceId">The instance; <see langword="null"/> for the configured one.</param>
    public void Return(string? instanceId)
    {
        if ((instanceId ?? _ownInstanceId) is { } id && _removals.TryGet(Key(id), out var removal))
            removal.IsOver = true;
    }

    private static string Key(string instanceId) => instanceId.ToLowerInvariant();

    private sealed class Removal(DateTimeOffset at)
    {
        private volatile bool _isOver;

        public DateTimeOffset At => at;

        public bool IsOver
        {
            get => _isOver;
            set => _isOver = value;
        }
    }
}
