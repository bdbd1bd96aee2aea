using Endpoints.Memory;
using Microsoft.Extensions.Options;

namespace Endpoints.RateLimiting.Counting;

/// <summary>Counts in this process's memory.</summary>
/// <remarks>
/// Thread-safe. Its tables are bounded: <see cref="FairTable{TKey, TEntry}"/> determines what happens if there are more keys than entries.
/// Keys of addresses and keys of callers have separate tables, so that a client with many addresses takes nothing from callers. An admitted
/// request allocates nothing once its key has a counter.
/// </remarks>
internal sealed class MemoryRateLimitStore : IRateLimitStore
{
    public const int MostCounters = 64;

    [ThreadStatic]
    private static Work? _work;

    private readonly TimeProvider _time;
    private readonly FairTable<RateLimitKey, Counter> _addresses;
    private readonly FairTable<RateLimitKey, Counter> _others;
    private readonly IOptions<RateLimitOptions> _options;
    private readonly double _ticks;
    private readonly bool _hasCoarseClock;

    public MemoryRateLimitStore(IOptions<RateLimitOptions> options, TimeProvider time)
    {
        _options = options;
        _time = time;
        _hasCoarseClock = ReferenceEquals(time, TimeProvider.System);
        var frequency = time.TimestampFrequency;
        _ticks = TimeSpan.TicksPerSecond / (double)frequency;
        _addresses = new(options.Value.MaxKeys, (key, now) => Make(key, now, frequency), static key => key.Neighbourhood, shares: true);
        _others = new(options.Value.MaxKeys, (key, now) => Make(key, now, frequency), neighbourhood: null, shares: false);
    }

    /// <summary>Gets the number of keys that have a counter.</summary>
    public int Count => _addresses.Count + _others.Count;

    public ValueTask<RateLimitVerdict> DecideAsync(ReadOnlyMemory<RateLimitCounter> counters, CancellationToken cancellationToken) =>
        new(Decide(counters.Span));

    public ValueTask<RateLimitState> InspectAsync(RateLimitCounter counter, CancellationToken cancellationToken)
    {
        if (TableOf(counter.Key).Find(counter.Key) is not { } found)
            return default;
        var now = _time.GetTimestamp();
        lock (found)
            return new(new RateLimitState(found.Used(now), found.Used(now) == 0 ? TimeSpan.Zero : Time(found.Left(now))));
    }

    public ValueTask ResetAsync(RateLimitCounter counter, CancellationToken cancellationToken)
    {
        if (TableOf(counter.Key).Find(counter.Key) is { } found)
        {
            lock (found)
                found.Clear();
        }

        return default;
    }

    public RateLimitVerdict Decide(ReadOnlySpan<RateLimitCounter> asked)
    {
        if (asked.Length == 1 && !asked[0].IsShare)
            return DecideOne(asked);
        var now = _time.GetTimestamp();
        var work = _work ??= new();
        var count = 0;
        RateLimitScope? isShared = null;
        for (var i = 0; i < asked.Length; i++)
        {
            ref readonly var one = ref asked[i];
            if (ReferenceEquals(one.Key.Scope, isShared))
                continue; // the network's share stands for those in it
            var counter = TableOf(one.Key).FindOrAdd(one.Key, now, out var shares);
            if (shares)
                isShared = one.Key.Scope;

            // From the first on: one that has no room makes no counters for those after it.
            long wait;
            lock (counter)
                wait = one.IsShare ? 0 : counter.Wait(one.Cost, one.Limit, now);
            if (wait > 0)
                return Refused(counter, i, one, wait, now);
            work.Add(count++, counter, i);
        }

        // just added
        return count == 1 && !asked[work.Indexes[0]].IsShare
            ? DecideOne(work.Counters[0]!, work.Indexes[0], asked, now) : DecideAll(work, count, asked, now);
    }

    private RateLimitVerdict DecideOne(ReadOnlySpan<RateLimitCounter> asked)
    {
        ref readonly var one = ref asked[0];
        var table = TableOf(one.Key);
        var counter = table.Find(one.Key);
        var coarse = _hasCoarseClock ? Environment.TickCount64 : 0; // before the exact time
        if (coarse > 0 && counter is FixedWindow window)
        {
            lock (window)
            {
                if (window.TryTakeSurely(one.Cost, one.Limit, coarse, out var used, out var left))
                    return new(true, 0, one.Limit - used, TimeSpan.Zero, new(left * TimeSpan.TicksPerMillisecond));
            }
        }

        var now = _time.GetTimestamp();
        counter ??= table.FindOrAdd(one.Key, now, out _);
        var verdict = DecideOne(counter, 0, asked, now);
        if (coarse > 0 && verdict.IsAdmitted && one.Limit - verdict.Remaining == one.Cost && counter is FixedWindow begun)
        {
            lock (begun)
                begun.BeginCoarse(coarse, one.Key.Scope.Rule.Window);
        }

        return verdict;
    }

    private RateLimitVerdict DecideOne(Counter counter, int index, ReadOnlySpan<RateLimitCounter> asked, long now)
    {
        ref readonly var one = ref asked[index];
        lock (counter)
        {
            var wait = counter.TryTake(one.Cost, one.Limit, now, out var used, out var left);
            if (wait > 0)
                return new(false, index, Math.Max(0, one.Limit - used), Time(wait), Time(left));
            return Admitted(
                index, one.Limit - used, left,
                one.Rule.Algorithm == RateLimitAlgorithm.Concurrency ? new(counter, one.Cost, _time, next: null) : null);
        }
    }

    private RateLimitVerdict DecideAll(Work work, int count, ReadOnlySpan<RateLimitCounter> asked, long now)
    {
        if (count == 0)
            return Admitted(0, 0, 0, null);
        var order = work.Order(count);
        var locked = 0;
        try
        {
            for (; locked < count; locked++)
                Monitor.Enter(order[locked]!);

            for (var i = 0; i < count; i++)
            {
                ref readonly var one = ref asked[work.Indexes[i]];
                var counter = work.Counters[i]!;
                var limit = one.IsShare && i > 0
                    ? Share(asked[work.Indexes[i - 1]].Limit - work.Counters[i - 1]!.Used(now), counter.Used(now), one.Cost)
                    : one.Limit;
                if (counter.Wait(one.Cost, limit, now) is > 0 and var wait)
                    return Refused(counter, work.Indexes[i], one, wait, now);
            }

            var (least, remaining, left) = (0, long.MaxValue, 0L);
            var fraction = double.MaxValue;
            for (var i = 0; i < count; i++)
            {
                ref readonly var one = ref asked[work.Indexes[i]];
                var counter = work.Counters[i]!;
                counter.Take(one.Cost, now);
                long free = Math.Max(0, one.Limit - counter.Used(now));
                if (!one.IsShare && free / (double)Math.Max(1, one.Limit) < fraction)
                    (least, remaining, left, fraction) = (work.Indexes[i], free, counter.Left(now), free / (double)Math.Max(1, one.Limit));
            }

            return Admitted(least, remaining, left, Hold(work, count, asked));
        }
        finally
        {
            while (locked > 0)
                Monitor.Exit(order[--locked]!);
        }
    }

    /// <summary>
    /// Returns the amount that one client may use in total: half of what is free besides its own, and one request in any case.
    /// </summary>
    private static int Share(long free, int used, int cost) => (int)Math.Min(int.MaxValue, Math.Max(cost, (Math.Max(0, free) + used) / 2));

    private InHand? Hold(Work work, int count, ReadOnlySpan<RateLimitCounter> asked)
    {
        InHand? held = null;
        for (var i = 0; i < count; i++)
        {
            if (asked[work.Indexes[i]].Rule.Algorithm == RateLimitAlgorithm.Concurrency)
                held = new(work.Counters[i]!, asked[work.Indexes[i]].Cost, _time, held);
        }

        return held;
    }

    private RateLimitVerdict Refused(Counter counter, int index, in RateLimitCounter one, long wait, long now) =>
        new(false, index, Math.Max(0, one.Limit - counter.Used(now)), Time(wait), Time(counter.Left(now)));

    private RateLimitVerdict Admitted(int index, long remaining, long left, InHand? held) =>
        new(true, index, Math.Max(0, remaining), TimeSpan.Zero, Time(left)) { Held = held };

    private FairTable<RateLimitKey, Counter> TableOf(in RateLimitKey key) => key.IsOfAddress ? _addresses : _others;

    private Counter Make(RateLimitKey key, long now, long frequency) =>
        Counter.Of(key.Scope.Rule, _options.Value.LimitOf(key.Scope.Rule, key.Address), now, frequency);

    private TimeSpan Time(long steps) => new((long)(steps * _ticks));

    private sealed class InHand(Counter counter, int cost, TimeProvider time, InHand? next) : IAsyncDisposable
    {
        private int _isReturned;

        public ValueTask DisposeAsync()
        {
            if (Interlocked.Exchange(ref _isReturned, 1) != 0)
                return default;
            lock (counter)
                counter.Return(cost, time.GetTimestamp());
            return next?.DisposeAsync() ?? default;
        }
    }

    private sealed class Work
    {
        private readonly Counter?[] _order = new Counter?[MostCounters];

        public Counter?[] Counters { get; } = new Counter?[MostCounters];

        public int[] Indexes { get; } = new int[MostCounters];

        public void Add(int place, Counter counter, int index)
        {
            Counters[place] = counter;
            Indexes[place] = index;
        }

        /// <summary>Returns all counters in the order of their numbers, in which every thread locks them.</summary>
        public Counter?[] Order(int count)
        {
            for (var i = 0; i < count; i++)
            {
                var counter = Counters[i]!; // just added
                var place = i;
                for (; place > 0 && _order[place - 1]!.Number > counter.Number; place--)
                    _order[place] = _order[place - 1];
                _order[place] = counter;
            }

            return _order;
        }
    }
}
