namespace Endpoints.Redis.Limits;

/// <summary>Holds the permits of one counter that this instance has taken and not used yet. Synchronized by locking itself.</summary>
internal sealed class Batch
{
    private int _left;
    private long _until;
    private long _remaining;
    private int _isFilling;

    /// <summary>Takes permits.</summary>
    /// <param name="cost">The number of permits.</param>
    /// <param name="now">The time, in milliseconds.</param>
    /// <param name="remaining">The amount that remains of the limit, as far as it is known here.</param>
    /// <returns><see langword="true"/> if there were enough permits; otherwise, <see langword="false"/>.</returns>
    public bool TryTake(int cost, long now, out long remaining)
    {
        lock (this)
        {
            remaining = _remaining + _left - cost;
            if (now >= _until || _left < cost)
                return false;
            _left -= cost;
            return true;
        }
    }

    /// <summary>Returns permits that were just taken.</summary>
    public void Return(int cost)
    {
        lock (this)
            _left += cost;
    }

    /// <summary>Attempts to begin filling the batch. Returns false if another caller is filling it.</summary>
    public bool TryBegin() => Interlocked.Exchange(ref _isFilling, 1) == 0;

    /// <summary>Adds permits and ends filling.</summary>
    public void End(int permits, long now, long until, long remaining)
    {
        lock (this)
        {
            _left = now < _until ? _left + permits : permits;
            (_until, _remaining) = (until, remaining);
        }

        Volatile.Write(ref _isFilling, 0);
    }

    /// <summary>Ends filling without adding permits.</summary>
    public void Cancel() => Volatile.Write(ref _isFilling, 0);
}
