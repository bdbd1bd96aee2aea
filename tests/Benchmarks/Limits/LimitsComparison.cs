using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Threading.RateLimiting;
using Endpoints;
using Endpoints.RateLimiting;
using Endpoints.RateLimiting.Counting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using RedisRateLimiting;
using StackExchange.Redis;

namespace Benchmarks.Limits;

/// <summary>
/// The cost of one decision: in memory beside the framework's partitioned limiter, in Redis beside RedisRateLimiting. Both take turns in
/// one run; the ratio is what holds elsewhere.
/// </summary>
internal static class LimitsComparison
{
    private const int Keys = 1_000_000;
    private const int Rounds = 5;

    private static readonly TimeSpan Window = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan Warmup = TimeSpan.FromSeconds(5);

    public static async Task RunAsync(string? redis)
    {
        Console.WriteLine(
            "in memory, fixed window".PadRight(40) + "ours ns".PadLeft(10) + "theirs ns".PadLeft(11) + "ratio".PadLeft(8)
                + "  bytes ours, theirs");
        InMemory("one key", threads: 1, keys: 1, each: 1_000_000);
        InMemory("one key, 16 threads", threads: 16, keys: 1, each: 100_000);
        InMemory("a million keys", threads: 1, keys: Keys, each: Keys);
        if (redis is null)
        {
            Console.WriteLine("Redis: name a server, as in `-- limits localhost:6379`.");
            return;
        }

        Console.WriteLine();
        Console.WriteLine(
            "in Redis, fixed window, 64 at a time".PadRight(40) + "ours /s".PadLeft(10) + "theirs /s".PadLeft(11) + "ratio".PadLeft(8));
        await InRedisAsync("a round trip each", redis, batchFrom: int.MaxValue, each: 20_000);
        await InRedisAsync("in batches", redis, batchFrom: 1_000, each: 20_000);
    }

    private static void InMemory(string what, int threads, int keys, int each)
    {
        var store = new MemoryRateLimitStore(Options.Create(new RateLimitOptions { MaxKeys = 2 * Keys }), TimeProvider.System);
        var scope = new RateLimitScope("rule", new() { Limit = int.MaxValue, Window = Window }, "");
        var theirs = PartitionedRateLimiter.Create<uint, uint>(static key => RateLimitPartition.GetFixedWindowLimiter(
            key, static _ => new FixedWindowRateLimiterOptions { PermitLimit = int.MaxValue, Window = Window, QueueLimit = 0 }));
        // Clients come in no order, and back in another: both look for each key where memory has it, and have the key itself at hand.
        var numbers = Array.ConvertAll(Enumerable.Range(0, keys).ToArray(), static i => (uint)i);
        var addresses = new ClientAddress[keys];
        List<(double Ours, double Theirs)> rounds = [];
        var (bytesOurs, bytesTheirs) = (0.0, 0.0);
        var started = Stopwatch.GetTimestamp();
        for (var round = 0; rounds.Count < Rounds; round++)
        {
            if (round < 2)
            {
                RandomNumberGenerator.Shuffle(numbers.AsSpan());
                addresses = Array.ConvertAll(numbers, static i => ClientAddress.Of(new IPAddress((long)i)));
            }

            var (ours, ownBytes) = Time(threads, each,
                i => _ = store.Decide([new(RateLimitKey.Of(scope, addresses[i % keys], default, null), scope.Rule, int.MaxValue, 1)]));
            var (others, otherBytes) = Time(threads, each, i => theirs.AttemptAcquire(numbers[i % keys]).Dispose());
            // The first makes the keys, and until some seconds have gone by the code is not all compiled as it will be.
            if (round == 0 || Stopwatch.GetElapsedTime(started) < Warmup)
                continue;
            rounds.Add((ours, others));
            (bytesOurs, bytesTheirs) = (ownBytes, otherBytes);
        }

        var (a, b) = (Median(rounds.Select(static one => one.Ours)), Median(rounds.Select(static one => one.Theirs)));
        Console.WriteLine(
            string.Create(CultureInfo.InvariantCulture, $"{what,-40}{a,10:F0}{b,11:F0}{a / b,8:F2}  {bytesOurs:F0}, {bytesTheirs:F0}"));
    }

    private static async Task InRedisAsync(string what, string address, int batchFrom, int each)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.Services.AddRedisRateLimits(
            address, options => (options.BatchFrom, options.Timeout) = (batchFrom, TimeSpan.FromSeconds(5)));
        await using var app = builder.Build();
        var store = app.Services.GetRequiredService<IRateLimitStore>();
        await using var connection = await ConnectionMultiplexer.ConnectAsync(address);
        var scope = new RateLimitScope("rule", new() { Limit = 100_000_000, Window = Window, By = RateLimitBy.Everybody },
            Guid.NewGuid().ToString("n"));
        await using var theirs = new RedisFixedWindowRateLimiter<string>(scope.Place,
            new RedisFixedWindowRateLimiterOptions { PermitLimit = 100_000_000, Window = Window,
                ConnectionMultiplexerFactory = () => connection });
        RateLimitCounter[] counters = [new(RateLimitKey.Of(scope, default, default, null), scope.Rule, 100_000_000, 1)];
        List<(double Ours, double Theirs)> rounds = [];
        for (var round = 0; round <= 3; round++)
        {
            var ours = await RateAsync(each, async () => Demand((await store.DecideAsync(counters, default)).IsAdmitted));
            var others = await RateAsync(each, async () =>
            {
                using var lease = await theirs.AcquireAsync();
                Demand(lease.IsAcquired);
            });
            if (round > 0)
                rounds.Add((ours, others));
        }

        var (a, b) = (Median(rounds.Select(static one => one.Ours)), Median(rounds.Select(static one => one.Theirs)));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{what,-40}{a,10:F0}{b,11:F0}{a / b,8:F2}"));
    }

    private static async Task<double> RateAsync(int each, Func<Task> one)
    {
        var watch = Stopwatch.StartNew();
        await Task.WhenAll(Enumerable.Range(0, 64).Select(_ => Task.Run(async () =>
        {
            for (var i = 0; i < each / 64; i++)
                await one();
        })));
        return each / watch.Elapsed.TotalSeconds;
    }

    private static void Demand(bool isAdmitted)
    {
        if (!isAdmitted)
            throw new InvalidOperationException("A decision was not admitted: what is measured is something else.");
    }

    private static (double Nanoseconds, double Bytes) Time(int threads, int each, Action<int> one)
    {
        var bytes = 0L;
        var watch = Stopwatch.StartNew();
        var all = Enumerable.Range(0, threads).Select(_ => new Thread(() =>
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            for (var i = 0; i < each; i++)
                one(i);
            Interlocked.Add(ref bytes, GC.GetAllocatedBytesForCurrentThread() - before);
        })).ToList();
        all.ForEach(static thread => thread.Start());
        all.ForEach(static thread => thread.Join());
        return (watch.Elapsed.TotalNanoseconds / (threads * (double)each), bytes / (threads * (double)each));
    }

    private static double Median(IEnumerable<double> values) => values.Order().ToArray() is var sorted ? sorted[sorted.Length / 2] : 0;
}
