using System.Collections.Concurrent;
using Endpoints.RateLimiting.Enforcing;
using Endpoints.Tests.Hosting;
using Microsoft.Extensions.Configuration;

namespace Endpoints.Tests.RateLimiting;

/// <summary>Requests over a limit wait only where a rule says so, and then in their order, bounded in number and time.</summary>
public sealed class RateLimitQueueTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    [Fact]
    public async Task Those_who_wait_are_admitted_in_the_order_in_which_they_came_and_no_more_wait_than_may()
    {
        var doors = new Doors();
        await using var site = await StartAsync(doors, static rule => rule.QueueLimit = 3);
        var running = site.SendAsync("GET", "/0");
        await doors.EnteredAsync("0");
        var waiting = new List<Task<HttpResponseMessage>>();
        foreach (var name in (string[])["1", "2", "3"])
        {
            waiting.Add(site.SendAsync("GET", "/" + name));
            await WaitingAsync(site, waiting.Count);
        }

        using var refused = await site.SendAsync("GET", "/4");
        Assert.Equal(429, (int)refused.StatusCode);
        Assert.NotNull(refused.Headers.RetryAfter);

        doors.Open("0");
        Assert.Equal(200, (int)(await running).StatusCode);
        for (var next = 1; next <= 3; next++)
        {
            await doors.EnteredAsync($"{next}");
            Assert.Equal(3 - next, site.Services.GetRequiredService<RequestQueues>().Count);
            doors.Open($"{next}");
            Assert.Equal(200, (int)(await waiting[next - 1]).StatusCode);
        }

        Assert.Equal(["0", "1", "2", "3"], doors.Order);
    }

    [Fact]
    public async Task Who_comes_later_is_not_before_those_who_wait()
    {
        var clock = new Clock();
        var doors = new Doors { AreOpen = true };
        await using var site = await StartAsync(doors, static rule =>
        {
            (rule.Algorithm, rule.Limit, rule.Window) = (RateLimitAlgorithm.FixedWindow, 1, TimeSpan.FromSeconds(5));
            (rule.QueueLimit, rule.QueueTimeout) = (2, TimeSpan.FromSeconds(30));
        }, clock);
        await site.SendAsync("GET", "/0");
        var first = site.SendAsync("GET", "/1");
        await WaitingAsync(site, 1);
        clock.Move(TimeSpan.FromSeconds(5)); // there is room, and the first has not been woken yet
        var second = site.SendAsync("GET", "/2");

        clock.Fire();
        Assert.Equal(200, (int)(await first.WaitAsync(Patience)).StatusCode);
        await WaitingAsync(site, 1);
        while (!second.IsCompleted)
        {
            clock.Move(TimeSpan.FromSeconds(5));
            clock.Fire();
            await Task.Delay(5);
        }

        Assert.Equal(200, (int)(await second).StatusCode);
        Assert.Equal(["0", "1", "2"], doors.Order);
    }

    [Fact]
    public async Task Who_goes_away_leaves_the_place_to_the_next()
    {
        var doors = new Doors();
        await using var site = await StartAsync(doors, static rule => rule.QueueLimit = 2);
        var running = site.SendAsync("GET", "/0");
        await doors.EnteredAsync("0");
        using var leaving = new CancellationTokenSource();
        var left = site.Client.GetAsync("/1", leaving.Token);
        await WaitingAsync(site, 1);
        var stays = site.SendAsync("GET", "/2");
        await WaitingAsync(site, 2);

        await leaving.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => left);
        await WaitingAsync(site, 1);
        doors.Open("0");
        await doors.EnteredAsync("2");
        doors.Open("2");

        Assert.Equal((200, 200), ((int)(await running).StatusCode, (int)(await stays).StatusCode));
        Assert.Equal(["0", "2"], doors.Order);
    }

    [Theory]
    [InlineData(RateLimitAlgorithm.FixedWindow)]
    [InlineData(RateLimitAlgorithm.SlidingWindow)]
    [InlineData(RateLimitAlgorithm.TokenBucket)]
    public async Task Who_would_wait_longer_than_may_be_is_rejected_at_once_and_is_told_how_long(RateLimitAlgorithm algorithm)
    {
        await using var site = await StartAsync(new Doors { AreOpen = true }, rule =>
        {
            (rule.Algorithm, rule.Limit, rule.Window) = (algorithm, 1, TimeSpan.FromMinutes(1));
            (rule.QueueLimit, rule.QueueTimeout) = (5, TimeSpan.FromSeconds(30));
        }, new Clock());
        Assert.Equal(200, (int)(await site.SendAsync("GET", "/0")).StatusCode);

        using var refused = await site.SendAsync("GET", "/1").WaitAsync(Patience);

        Assert.Equal(429, (int)refused.StatusCode);
        Assert.InRange(refused.Headers.RetryAfter!.Delta!.Value.TotalSeconds, 31, 66);
        Assert.Equal(0, site.Services.GetRequiredService<RequestQueues>().Count);
    }

    [Fact]
    public async Task The_time_in_the_queue_is_bounded()
    {
        var clock = new Clock();
        var doors = new Doors();
        await using var site = await StartAsync(
            doors, static rule => (rule.QueueLimit, rule.QueueTimeout) = (5, TimeSpan.FromSeconds(3)), clock);
        var running = site.SendAsync("GET", "/0");
        await doors.EnteredAsync("0");
        var waiting = site.SendAsync("GET", "/1");
        await WaitingAsync(site, 1);
        for (var i = 0; !waiting.IsCompleted && i < 1000; i++)
        {
            clock.Move(TimeSpan.FromSeconds(1));
            clock.Fire();
            await Task.Delay(5);
        }

        Assert.Equal(429, (int)(await waiting.WaitAsync(Patience)).StatusCode);
        doors.Open("0");
        Assert.Equal(200, (int)(await running).StatusCode);
    }

    [Fact]
    public async Task A_request_that_a_limit_without_a_queue_rejects_first_does_not_wait()
    {
        await using var site = await Site.StartAsync(
            static builder => builder.Services.AddSingleton<TimeProvider>(new Clock()).AddRateLimits(static options =>
                options.AddRule("waits", "1/1s", static rule => rule.QueueLimit = 9).AddRule("does not", "1/1h")),
            static app => app.MapGet("/", static () => "in").RateLimit("does not, waits"));
        Assert.Equal(200, (int)(await site.SendAsync("GET", "/")).StatusCode);

        for (var i = 0; i < 3; i++)
            Assert.Equal(429, (int)(await site.SendAsync("GET", "/").WaitAsync(Patience)).StatusCode);
    }

    [Fact]
    public void A_queue_is_a_setting_like_others()
    {
        var settings = new ConfigurationBuilder().AddInMemoryCollection(
            [new("Rules:search:QueueLimit", "4"), new("Rules:search:QueueTimeout", "00:00:02")]).Build();
        var options = new RateLimitOptions();
        settings.Bind(options);

        Assert.Equal((4, TimeSpan.FromSeconds(2)), (options.Rules["search"].QueueLimit, options.Rules["search"].QueueTimeout));
        Assert.Equal((0, TimeSpan.FromSeconds(10)), (new RateLimitRule().QueueLimit, new RateLimitRule().QueueTimeout));
    }

    private static Task<Site> StartAsync(Doors doors, Action<RateLimitRule> configure, TimeProvider? clock = null) => Site.StartAsync(
        builder =>
        {
            if (clock is not null)
                builder.Services.AddSingleton(clock);
            builder.Services.AddRateLimits(options => options.AddRule("one", "1/1m", rule =>
            {
                rule.Algorithm = RateLimitAlgorithm.Concurrency;
                configure(rule);
            }));
        },
        app => app.MapGet("/{name}", (string name, CancellationToken ct) => doors.PassAsync(name, ct)).RateLimit("one"));

    private static async Task WaitingAsync(Site site, int count)
    {
        var queues = site.Services.GetRequiredService<RequestQueues>();
        for (var tries = 0; queues.Count != count; tries++)
        {
            Assert.True(tries < 4000, $"{queues.Count} requests wait, not {count}");
            await Task.Delay(5);
        }
    }

    /// <summary>Handlers that stay until the test opens their door.</summary>
    private sealed class Doors
    {
        private readonly ConcurrentDictionary<string, TaskCompletionSource> _entered = [];
        private readonly ConcurrentDictionary<string, TaskCompletionSource> _open = [];

        public bool AreOpen { get; init; }

        public ConcurrentQueue<string> Order { get; } = [];

        public async Task<string> PassAsync(string name, CancellationToken ct)
        {
            Order.Enqueue(name);
            Of(_entered, name).TrySetResult();
            if (!AreOpen)
                await Of(_open, name).Task.WaitAsync(ct);
            return name;
        }

        public Task EnteredAsync(string name) => Of(_entered, name).Task.WaitAsync(Patience);

        public void Open(string name) => Of(_open, name).TrySetResult();

        private static TaskCompletionSource Of(ConcurrentDictionary<string, TaskCompletionSource> all, string name) =>
            all.GetOrAdd(name, static _ => new(TaskCreationOptions.RunContinuationsAsynchronously));
    }

    /// <summary>A clock that the test moves, and whose timers fire when the test says so.</summary>
    private sealed class Clock : TimeProvider
    {
        private readonly ConcurrentDictionary<Timer, long> _due = [];
        private long _ticks = TimeSpan.TicksPerDay;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override DateTimeOffset GetUtcNow() => new(Volatile.Read(ref _ticks), TimeSpan.Zero);

        public override long GetTimestamp() => Volatile.Read(ref _ticks);

        public void Move(TimeSpan by) => Interlocked.Add(ref _ticks, by.Ticks);

        public void Fire()
        {
            foreach (var (timer, due) in _due)
            {
                if (due <= GetTimestamp() && _due.TryRemove(timer, out _))
                    timer.Fire();
            }
        }

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            var timer = new Timer(this, callback, state);
            timer.Change(dueTime, period);
            return timer;
        }

        private sealed class Timer(Clock clock, TimerCallback callback, object? state) : ITimer
        {
            public void Fire() => callback(state);

            public bool Change(TimeSpan dueTime, TimeSpan period)
            {
                if (dueTime == Timeout.InfiniteTimeSpan)
                    clock._due.TryRemove(this, out _);
                else
                    clock._due[this] = clock.GetTimestamp() + dueTime.Ticks;
                return true;
            }

            public void Dispose() => clock._due.TryRemove(this, out _);

            public ValueTask DisposeAsync()
            {
                Dispose();
                return default;
            }
        }
    }
}
