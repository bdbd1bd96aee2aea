namespace Endpoints.Redis.Limits;

/// <summary>Permits of one counter that this instance has taken and not used yet. Guarded by itself.</summary>
internal sealed class Batch
{
    private int _left;
    private long _until;
    private long _remaining;
    private int _isFilling;

    /// <summary>Takes permits.</summary>
    /// <param name="cost">How many.</param>
    /// <param name="now">The time, in milliseconds.</param>
    /// <param name="remaining">What remains of the limit, as far as it is known here.</param>
    /// <returns>Whether there were so many.</returns>
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

    /// <summary>Gives back what was just taken.</summary>
    public void Return(int cost)
    {
        lock (this)
            _left += cost;
    }

    /// <summary>Whether the one who asks is the one who fills it.</summary>
    public bool TryBegin() => Interlocked.Exchange(ref _isFilling, 1) == 0;

    /// <summary>Puts permits in.</summary>
    public void End(int permits, long now, long until, long remaining)
    {
        lock (this)
        {
            _left = now < _until ? _left + permits : permits;
            (_until, _remaining) = (until, remaining);
        }

        Volatile.Write(ref _isFilling, 0);
    }

    /// <summary>There are none to put in.</summary>
    public void Cancel() => Volatile.Write(ref _isFilling, 0);
}
