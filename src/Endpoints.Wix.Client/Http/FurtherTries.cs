namespace Endpoints.Wix.Http;

/// <summary>
/// Limits how many calls to one part of Wix may be sent again: some at any time, and beyond them one for each ten calls, so that an
/// overloaded Wix does not get several times as many.
/// </summary>
internal sealed class FurtherTries
{
    private const int Each = 10;
    private const int Most = 20 * Each;

    private int _left = Most;

    /// <summary>Counts a call that is sent for the first time.</summary>
    public void Earn()
    {
        if (Volatile.Read(ref _left) < Most)
            Interlocked.Increment(ref _left);
    }

    /// <summary>Takes a further try. Returns <see langword="false"/> if there is none.</summary>
    public bool TryTake()
    {
        if (Interlocked.Add(ref _left, -Each) >= 0)
            return true;
        Interlocked.Add(ref _left, Each);
        return false;
    }
}
