using Endpoints.Inbox.Tests.Stores;
using Endpoints.Redis.Tests;

namespace Endpoints.Inbox.Tests;

/// <summary>Tests what the store keeps in Redis, and what happens when Redis is away.</summary>
public sealed class RedisKeysTests(RedisServer redis) : IClassFixture<RedisServer>
{
    [Fact]
    public async Task Every_key_expires_and_lies_in_one_slot_and_what_is_handled_leaves_its_id_alone()
    {
        await using var node = Start(redis);
        await redis.CommandAsync("FLUSHALL");
        for (var i = 0; i < 6; i++)
            await node.Store.AcceptAsync(NodesTests.Message($"{i}", orderKey: i % 2 == 0 ? "entity" : null), default);
        var leases = await node.Store.LeaseAsync(["orders"], 10, TimeSpan.FromMinutes(1), default);
        Assert.Equal(4, leases.Count);
        await node.Store.CompleteAsync(leases[0], default);
        await node.Store.RetryAsync(leases[1], TimeSpan.FromHours(1), "later", default);
        await node.Store.FailAsync(leases[2], "never", default);
        Assert.Equal(InboxAcceptance.Accepted, (await node.Store.ClaimAsync("direct", "1", TimeSpan.FromMinutes(1), default)).Outcome);

        await AllExpireAsync();

        foreach (var _ in Enumerable.Range(0, 10))
        {
            foreach (var lease in (await node.Store.LeaseAsync(["orders"], 10, TimeSpan.FromMinutes(1), default)).Concat(leases.Skip(3)))
                await node.Store.CompleteAsync(lease, default);
        }

        var counts = await node.Store.CountAsync(default);
        Assert.Equal((1, 0, 1), (counts.Waiting, counts.Running, counts.Failed));
        Assert.Equal(1, (long)await redis.CommandAsync("XLEN", "{endpoints}:inbox:q:orders")); // the one that is tried again later
        Assert.Equal(2, ((string[])(await redis.CommandAsync("KEYS", "{endpoints}:inbox:m:*"))!).Length);
        await AllExpireAsync();
    }

    [Fact]
    public async Task Redis_that_is_away_refuses_within_its_time_limit_and_nothing_is_lost()
    {
        var own = new RedisServer();
        await own.InitializeAsync();
        try
        {
            await using var node = InboxNode.Start(TimeProvider.System, static _ => { }, wix => wix.UseRedis(own.Address));
            await EventuallyAsync(async () => await node.Store.AcceptAsync(NodesTests.Message("1"), default));
            own.Pause();

            await Assert.ThrowsAsync<InboxUnavailableException>(
                async () => await node.Store.AcceptAsync(NodesTests.Message("2"), default));
            await Assert.ThrowsAsync<InboxUnavailableException>(
                async () => await node.Store.LeaseAsync(["orders"], 1, TimeSpan.FromMinutes(1), default));

            own.Resume();
            await EventuallyAsync(async () => await node.Store.AcceptAsync(NodesTests.Message("2"), default));
            Assert.Equal(2, (await node.Store.CountAsync(default)).Waiting);
        }
        finally
        {
            own.Kill();
        }
    }

    private async Task AllExpireAsync()
    {
        foreach (var key in (string[])(await redis.CommandAsync("KEYS", "*"))!)
        {
            Assert.StartsWith("{endpoints}:inbox:", key, StringComparison.Ordinal);
            Assert.True((long)await redis.CommandAsync("PTTL", key) > 0, $"{key} does not expire.");
        }
    }

    private static async Task EventuallyAsync(Func<Task> run)
    {
        for (var tries = 0; ; tries++)
        {
            try
            {
                await run();
                return;
            }
            catch (InboxUnavailableException) when (tries < 100)
            {
                await Task.Delay(100);
            }
        }
    }

    private static InboxNode Start(RedisServer redis) => InboxNode.Start(TimeProvider.System, static _ => { },
        wix => wix.UseRedis(redis.Address, static sharing => sharing.Timeout = TimeSpan.FromSeconds(10)));
}
