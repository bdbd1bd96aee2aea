using BitFaster.Caching.Lru;
using Endpoints.Redis.Connecting;
using Microsoft.Extensions.Options;
using StackExchange.Redis;

namespace Endpoints.Redis.Limits;

/// <summary>Counts in Redis for all instances of an application.</summary>
/// <remarks>
/// Thread-safe. A decision is one script and one round trip, regardless of the number of counters. All keys are in one slot of a cluster.
/// If every limit of a decision is large, permits are taken in batches: they are counted when they are taken, so that all instances
/// together never admit more than the limit.
/// </remarks>
internal sealed class RedisRateLimitStore(RedisConnection redis, IOptions<RedisSharingOptions> options) : IRateLimitStore
{
    private const int MostBatches = 10_000;
    private const int LargestBatch = 1_000;

    private readonly string _prefix = $"{{{options.Value.Prefix}}}:limit:";
    private readonly int _batchFrom = options.Value.BatchFrom;
    private readonly long _batchLifetime = (long)options.Value.BatchLifetime.TotalMilliseconds;
    private readonly ConcurrentLru<RateLimitKey, Batch> _batches = new(MostBatches);

    public ValueTask<RateLimitVerdict> DecideAsync(ReadOnlyMemory<RateLimitCounter> counters, CancellationToken cancellationToken)
    {
        var asked = counters.Span;
        if (asked.Length == 0)
            return new(new RateLimitVerdict { IsAdmitted = true });
        var isBatched = true;
        foreach (var one in asked)
            isBatched &= one.Limit >= _batchFrom && _batchFrom < int.MaxValue && !one.IsShare
                && one.Rule.Algorithm != RateLimitAlgorithm.Concurrency;
        return isBatched && TryTake(asked, out var verdict) ? new(verdict) : new(AskAsync(counters, isBatched, cancellationToken));
    }

    public async ValueTask<RateLimitState> InspectAsync(RateLimitCounter counter, CancellationToken cancellationToken)
    {
        var rule = counter.Rule;
        var answer = await redis.AskAsync(
            (Key: Name(counter.Key), Values: (RedisValue[])[Kind(rule.Algorithm), Micros(rule.Window), RateOf(counter), rule.Segments]),
            static (database, asked) => database.ScriptEvaluateAsync(DecisionScript.Inspect, [asked.Key], asked.Values),
            cancellationToken).ConfigureAwait(false) ?? throw new TimeoutException("Redis does not answer.");
        var numbers = (long[])answer!; // of the script
        return new(numbers[0], Time(numbers[1]));
    }

    public async ValueTask ResetAsync(RateLimitCounter counter, CancellationToken cancellationToken)
    {
        _batches.TryRemove(counter.Key);
        _ = await redis.AskAsync(Name(counter.Key), static (database, key) => database.ExecuteAsync("DEL", key), cancellationToken)
            .ConfigureAwait(false)
            ?? throw new TimeoutException("Redis does not answer.");
    }

    private bool TryTake(ReadOnlySpan<RateLimitCounter> asked, out RateLimitVerdict verdict)
    {
        var now = Environment.TickCount64;
        var (least, remaining) = (0, long.MaxValue);
        verdict = default;
        for (var i = 0; i < asked.Length; i++)
        {
            if (!_batches.TryGet(asked[i].Key, out var batch) || !batch.TryTake(asked[i].Cost, now, out var left))
            {
                while (--i >= 0)
                {
                    if (_batches.TryGet(asked[i].Key, out var before))
                        before.Return(asked[i].Cost);
                }

                return false;
            }

            if (left < remaining)
                (least, remaining) = (i, left);
        }

        verdict = new(IsAdmitted: true, least, remaining, TimeSpan.Zero, asked[least].Rule.Window);
        return true;
    }

    private async Task<RateLimitVerdict> AskAsync(ReadOnlyMemory<RateLimitCounter> counters, bool isBatched, CancellationToken ct)
    {
        var count = counters.Length;
        var keys = new RedisKey[count];
        var values = new RedisValue[(count * DecisionScript.Arguments) + 1];
        var batches = isBatched ? new Batch?[count] : null;
        string? id = null;
        for (var i = 0; i < count; i++)
        {
            var one = counters.Span[i];
            keys[i] = Name(one.Key);
            var want = one.Cost;
            if (batches is not null && _batches.GetOrAdd(one.Key, static _ => new Batch()) is var batch && batch.TryBegin())
            {
                batches[i] = batch;
                want += Math.Clamp(one.Limit / 100, 1, LargestBatch);
            }

            if (one.Rule.Algorithm == RateLimitAlgorithm.Concurrency)
                id ??= Guid.NewGuid().ToString("n");
            RedisValue[] own =
            [
                Kind(one.Rule.Algorithm), one.Limit, one.Cost, Micros(one.Rule.Window), RateOf(one), one.Rule.Segments, one.IsShare ? 1 : 0,
                want,
            ];
            own.CopyTo(values, i * DecisionScript.Arguments);
        }

        values[^1] = id ?? "";
        RedisResult? answer = null;
        try
        {
            answer = await redis.AskAsync((keys, values),
                static (database, asked) => database.ScriptEvaluateAsync(DecisionScript.Text, asked.keys, asked.values), ct)
                .ConfigureAwait(false);
        }
        finally
        {
            if (answer is null)
                Cancel(batches);
        }

        if (answer is null)
            return RateLimitVerdict.Unavailable;
        var numbers = (long[])answer!; // of the script
        if (numbers[0] == 0)
        {
            Cancel(batches);
            // Another request may have taken the last permits for all of them meanwhile.
            if (isBatched && TryTake(counters.Span, out var verdict))
                return verdict;
            return new(IsAdmitted: false, (int)numbers[1], numbers[2], Time(numbers[3]), Time(numbers[4]));
        }

        Fill(batches, counters.Span, numbers);
        return new(IsAdmitted: true, (int)numbers[1], numbers[2], TimeSpan.Zero, Time(numbers[4]))
        {
            Held = id is null ? null : new InHand(redis, [.. Places(counters.Span, keys)], id),
        };
    }

    private void Fill(Batch?[]? batches, ReadOnlySpan<RateLimitCounter> counters, long[] numbers)
    {
        var now = Environment.TickCount64;
        for (var i = 0; i < batches?.Length; i++)
        {
            var (taken, left) = (numbers[5 + (i * 2)], numbers[6 + (i * 2)]);
            // Not beyond the window that they were taken from.
            batches[i]?.End((int)taken - counters[i].Cost, now, now + Math.Min(_batchLifetime, left / 1000), Math.Max(0, numbers[2]));
        }
    }

    private static void Cancel(Batch?[]? batches)
    {
        foreach (var batch in batches ?? [])
            batch?.Cancel();
    }

    private static List<(RedisKey Key, int Cost)> Places(ReadOnlySpan<RateLimitCounter> counters, RedisKey[] keys)
    {
        var places = new List<(RedisKey, int)>();
        for (var i = 0; i < counters.Length; i++)
        {
            if (counters[i].Rule.Algorithm == RateLimitAlgorithm.Concurrency)
                places.Add((keys[i], counters[i].Cost));
        }

        return places;
    }

    private RedisKey Name(RateLimitKey key) => _prefix + key;

    private static string Kind(RateLimitAlgorithm algorithm) => algorithm switch
    {
        RateLimitAlgorithm.SlidingWindow => "s",
        RateLimitAlgorithm.TokenBucket => "t",
        RateLimitAlgorithm.Concurrency => "c",
        _ => "f",
    };

    // To a larger network more comes back, in proportion.
    private static long RateOf(in RateLimitCounter counter) =>
        Math.Max(1, (long)counter.Rule.Limit * (counter.Limit / Math.Max(
            1, counter.Rule.Burst is { } burst && counter.Rule.Algorithm == RateLimitAlgorithm.TokenBucket ? burst : counter.Rule.Limit)));

    private static long Micros(TimeSpan time) => time.Ticks / TimeSpan.TicksPerMicrosecond;

    private static TimeSpan Time(long micros) => TimeSpan.FromTicks(micros * TimeSpan.TicksPerMicrosecond);

    private sealed class InHand(RedisConnection redis, (RedisKey Key, int Cost)[] places, string id) : IAsyncDisposable
    {
        private int _isReturned;

        // What can't be given back in time is forgotten with its window.
        public async ValueTask DisposeAsync()
        {
            if (Interlocked.Exchange(ref _isReturned, 1) != 0)
                return;
            foreach (var (key, cost) in places)
            {
                await redis.AskAsync(
                    (key, id, cost),
                    static (database, asked) => database.ScriptEvaluateAsync(DecisionScript.Release, [asked.key], [asked.id, asked.cost]),
                    CancellationToken.None).ConfigureAwait(false);
            }
        }
    }
}
