using System.Threading.RateLimiting;
using Endpoints.Memory;
using Endpoints.RateLimiting;
using Endpoints.RateLimiting.Counting;

namespace Endpoints.Wix.RateLimiting;

/// <summary>Counts requests per client address, and of version 6 per network of 64, 56 and 48 bits together.</summary>
/// <remarks>
/// Thread-safe. A network of 64 bits has the limit; one customer has 256 of them, or 65,536, and gets a small multiple of it for them all.
/// An address of version 4 stands for itself: those beside it are other people's.
/// </remarks>
/// <param name="rule">The limit.</param>
/// <param name="shares">The multiples of the limit for the larger networks.</param>
/// <param name="time">The clock.</param>
/// <param name="capacity">The maximum number of windows.</param>
internal sealed class NetworkWindows(WindowRule rule, NetworkShares shares, TimeProvider time, int capacity = FixedWindows.Capacity)
    : PartitionedRateLimiter<ClientAddress>
{
    private readonly FairTable<ClientAddress, FixedWindow> _windows =
        new(capacity, FixedWindows.Make<ClientAddress>(rule, time), static address => address.Neighbourhood, shares: true);

    public int Count => _windows.Count;

    /// <remarks>No statistics are kept.</remarks>
    public override RateLimiterStatistics? GetStatistics(ClientAddress resource) => null;

    /// <summary>Determines whether an address or a network around it has used up its limit, without counting.</summary>
    public bool IsSpent(ClientAddress address, out TimeSpan? retryAfter)
    {
        var now = time.GetTimestamp();
        var left = address.IsV6
            ? Math.Max(Math.Max(Left(address.Within(48), Times(shares.Of48), now), Left(address.Within(56), Times(shares.Of56), now)),
                Left(address, rule.Permits, now))
            : Left(address, rule.Permits, now);
        retryAfter = left > 0 ? time.GetElapsedTime(0, left) : null;
        return left > 0;
    }

    /// <summary>Determines whether anything is counted for an address, or for the largest network around it.</summary>
    public bool IsUsed(ClientAddress address)
    {
        var now = time.GetTimestamp();
        return _windows.Find(address.IsV6 ? address.Within(48) : address) is { } window && window.Used(now) > 0;
    }

    protected override RateLimitLease AttemptAcquireCore(ClientAddress resource, int permitCount)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(permitCount, rule.Permits);
        var now = time.GetTimestamp();
        if (!resource.IsV6)
            return Take(_windows.FindOrAdd(resource, now, out _), rule.Permits, permitCount, now) ?? WindowLease.Acquired;

        // From the largest on: a network that has had its share makes no windows for those in it.
        var site = _windows.FindOrAdd(resource.Within(48), now, out var isShared);
        if (isShared)
            return Take(site, rule.Permits, permitCount, now) ?? WindowLease.Acquired;
        lock (site)
        {
            if (Refusal(site, Times(shares.Of48), permitCount, now) is { } refused)
                return refused;
            var customer = _windows.FindOrAdd(resource.Within(56), now, out isShared);
            if (isShared)
                return Take(customer, rule.Permits, permitCount, now) ?? Count(site);
            lock (customer)
            {
                if (Refusal(customer, Times(shares.Of56), permitCount, now) is { } over)
                    return over;
                if (Take(_windows.FindOrAdd(resource, now, out _), rule.Permits, permitCount, now) is { } none)
                    return none;
                customer.Take(permitCount, now);
                return Count(site);
            }
        }

        RateLimitLease Count(FixedWindow network)
        {
            network.Take(permitCount, now);
            return WindowLease.Acquired;
        }
    }

    /// <remarks>There is no queue: a client that exceeds its limit is told so at once.</remarks>
    protected override ValueTask<RateLimitLease> AcquireAsyncCore(ClientAddress resource, int permitCount,
        CancellationToken cancellationToken) =>
        new(AttemptAcquireCore(resource, permitCount));

    private WindowLease? Take(FixedWindow window, int limit, int permits, long now)
    {
        lock (window)
        {
            if (Refusal(window, limit, permits, now) is { } refused)
                return refused;
            window.Take(permits, now);
            return null;
        }
    }

    private long Left(ClientAddress key, int limit, long now)
    {
        if (_windows.Find(key) is not { } window)
            return 0;
        lock (window)
            return window.Has(1, limit, now) ? 0 : window.Left(now);
    }

    // Who asks for none asks whether there are any.
    private WindowLease? Refusal(FixedWindow window, int limit, int permits, long now) =>
        window.Has(Math.Max(1, permits), limit, now) ? null : new(time.GetElapsedTime(0, window.Left(now)));

    private int Times(int share) => (int)Math.Min(int.MaxValue, (long)rule.Permits * share);
}
