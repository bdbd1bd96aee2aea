using System.Collections.Concurrent;
using System.Net;
using Endpoints.Inbox.Tests.Stores;
using Endpoints.Redis.Tests;
using Endpoints.Wix.Tests.Webhooks;

namespace Endpoints.Inbox.Tests;

/// <summary>Several nodes on one store at one moment.</summary>
public sealed class NodesTests(RedisServer redis) : IClassFixture<RedisServer>
{
    public static TheoryData<StoreKind> Kinds => new(Enum.GetValues<StoreKind>());

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task S45_Of_a_message_that_two_nodes_offer_at_one_moment_one_is_accepted_and_one_claim_holds(StoreKind kind)
    {
        await using var tested = StoreUnderTest.Create(kind, redis);
        await using var one = tested.Start();
        await using var other = tested.Start();
        const int Messages = 200;

        var accepted = await Task.WhenAll(Enumerable.Range(0, Messages * 4).Select(i => Task.Run(async () =>
            await (i % 2 == 0 ? one : other).Store.AcceptAsync(Message($"{i / 4}"), default))));
        var claims = await Task.WhenAll(Enumerable.Range(0, Messages * 4).Select(i => Task.Run(async () =>
            await (i % 2 == 0 ? one : other).Store.ClaimAsync("direct", $"{i / 4}", TimeSpan.FromMinutes(1), default))));

        Assert.Equal(Messages, accepted.Count(static outcome => outcome == InboxAcceptance.Accepted));
        Assert.Equal(Messages * 3, accepted.Count(static outcome => outcome == InboxAcceptance.Duplicate));
        Assert.Equal(Messages, claims.Count(static claim => claim.Outcome == InboxAcceptance.Accepted));
        Assert.Equal(Messages * 3, claims.Count(static claim => claim.Outcome == InboxAcceptance.Busy));
        Assert.Equal(Messages, (await one.Store.CountAsync(default)).Waiting); // a claim is no message
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task S45_Two_nodes_share_the_messages_and_each_is_handled_once_in_the_order_of_its_key(StoreKind kind)
    {
        await using var tested = StoreUnderTest.Create(kind, redis);
        await using var one = tested.Start();
        await using var other = tested.Start();
        const int Messages = 300;
        for (var i = 0; i < Messages; i++)
            await one.Store.AcceptAsync(Message($"{i}", orderKey: i % 3 == 0 ? null : $"entity {i % 7}"), default);
        var handled = new ConcurrentQueue<int>();
        var running = new ConcurrentDictionary<string, int>();

        await Task.WhenAll(Enumerable.Range(0, 8).Select(i => Task.Run(async () =>
        {
            var store = (i % 2 == 0 ? one : other).Store;
            while (handled.Count < Messages)
            {
                foreach (var lease in await store.LeaseAsync(["orders"], 4, TimeSpan.FromHours(1), default))
                {
                    var key = lease.Message.OrderKey ?? lease.Message.Id;
                    Assert.True(running.TryAdd(key, 0), $"Two of {key} run at once.");
                    handled.Enqueue(int.Parse(lease.Message.Id, System.Globalization.CultureInfo.InvariantCulture));
                    await Task.Yield();
                    running.TryRemove(key, out _);
                    Assert.True(await store.CompleteAsync(lease, default));
                }
            }
        })));

        Assert.Equal(Enumerable.Range(0, Messages), handled.Order());
        foreach (var key in handled.Where(static i => i % 3 != 0).GroupBy(static i => i % 7))
            Assert.Equal(key.Order(), key);
        Assert.Equal(new(0, 0, 0, TimeSpan.Zero), await one.Store.CountAsync(default));
        Assert.Equal(InboxAcceptance.Duplicate, await other.Store.AcceptAsync(Message("7"), default));
    }

    [Fact]
    public async Task S45_An_event_that_is_sent_to_another_node_again_is_handled_by_neither_over_Redis()
    {
        var prefix = Guid.NewGuid().ToString("n");
        void Share(WebApplicationBuilder builder) => builder.Services.AddWix(static _ => { }).UseRedis(redis.Address, options =>
            (options.Prefix, options.Timeout) = (prefix, TimeSpan.FromSeconds(10)));
        await using var one = await SignedSite.StartAsync(build: Share);
        await using var other = await SignedSite.StartAsync(build: Share);
        for (var i = 0; i < 20; i++)
        {
            var token = SignedText.Sign(SignedText.Header, one.Claims($"e-{i}").ToJsonString());
            if (i % 2 == 0) // at one moment, or one after the other
                Assert.Contains(await Task.WhenAll(one.PostAsync(token), other.PostAsync(token)), static answer =>
                    answer.Status == HttpStatusCode.OK);
            else
                Assert.Equal(HttpStatusCode.OK, (await one.PostAsync(token)).Status);
            foreach (var node in new[] { other, one, other })
                Assert.Equal(HttpStatusCode.OK, (await node.PostAsync(token)).Status);
        }

        // Not the same event: another instance's of that id, and one that is out of order.
        Assert.Equal(HttpStatusCode.OK, (await other.PostAsync(
            SignedText.Sign(SignedText.Header, one.Claims("e-0", instanceId: "another").ToJsonString()))).Status);
        Assert.Equal(HttpStatusCode.OK, (await other.PostAsync(
            SignedText.Sign(SignedText.Header, one.Claims("e-before").ToJsonString()))).Status);
        var handled = one.Journal.Handled.Concat(other.Journal.Handled).Select(static handled => (handled.InstanceId, handled.Id)).ToList();
        Assert.Equal((22, 22), (handled.Count, handled.Distinct().Count()));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task A_failed_message_holds_up_its_key_and_nothing_else_until_it_has_run_or_is_discarded(StoreKind kind)
    {
        await using var tested = StoreUnderTest.Create(kind, redis);
        await using var node = tested.Start();
        foreach (var (id, key) in new[] { ("1", "a"), ("2", "a"), ("3", "b"), ("4", "a") })
            await node.Store.AcceptAsync(Message(id, orderKey: key), default);

        var first = await LeaseAsync(node);
        Assert.Equal(["1", "3"], first.Select(static lease => lease.Message.Id));
        Assert.True(await node.Store.FailAsync(first[0], "out of order", default));
        Assert.Empty(await LeaseAsync(node));

        Assert.True(await node.Store.RequeueAsync("orders", "1", default));
        var again = Assert.Single(await LeaseAsync(node));
        Assert.Equal(("1", 1), (again.Message.Id, again.Attempt));
        Assert.True(await node.Store.CompleteAsync(again, default));
        var second = Assert.Single(await LeaseAsync(node));
        Assert.Equal("2", second.Message.Id);
        Assert.True(await node.Store.FailAsync(second, "no use", default));
        Assert.True(await node.Store.DiscardAsync("orders", "2", default));
        Assert.Equal("4", Assert.Single(await LeaseAsync(node)).Message.Id);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task What_is_too_large_or_too_much_is_refused_and_what_has_a_long_name_is_an_error(StoreKind kind)
    {
        await using var tested = StoreUnderTest.Create(kind, redis);
        await using var node = tested.Start(static options => (options.MaxMessageSize, options.MaxMessages) = (2_000, 2));

        Assert.Equal(InboxAcceptance.TooLarge, await node.Store.AcceptAsync(Message("1", size: 2_001), default));
        Assert.Equal(InboxAcceptance.Accepted, await node.Store.AcceptAsync(Message("1", size: 2_000), default));
        Assert.Equal(InboxAcceptance.Accepted, await node.Store.AcceptAsync(Message("2"), default));
        Assert.Equal(InboxAcceptance.Full, await node.Store.AcceptAsync(Message("3"), default));
        Assert.Equal(InboxAcceptance.Duplicate, await node.Store.AcceptAsync(Message("2"), default));
        var lease = (await LeaseAsync(node))[0];
        Assert.True(await node.Store.FailAsync(lease, new string('x', 10_000), default));
        Assert.Equal(InboxEntry.MaxErrorLength, (await node.Store.FindAsync("orders", "1", default))!.Error!.Length);
        Assert.Throws<ArgumentException>(static () => Message(new string('x', 257)));
        Assert.Throws<ArgumentException>(static () => Message(""));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task What_has_been_handled_is_known_for_as_long_as_is_set_and_forgotten_in_small_steps(StoreKind kind)
    {
        await using var tested = StoreUnderTest.Create(kind, redis);
        await using var node = tested.Start();
        for (var i = 0; i < 5; i++)
            await node.Store.AcceptAsync(Message($"{i}"), default);
        foreach (var lease in await LeaseAsync(node))
            await node.Store.CompleteAsync(lease, default);

        await tested.AdvanceAsync(TimeSpan.FromDays(6.9));
        while (await node.Store.CleanAsync(2, default) > 0)
        {
        }

        Assert.Equal(InboxAcceptance.Duplicate, await node.Store.AcceptAsync(Message("1"), default));
        await tested.AdvanceAsync(TimeSpan.FromDays(0.2));
        Assert.InRange(await node.Store.CleanAsync(2, default), 0, 2);
        Assert.Equal(InboxAcceptance.Accepted, await node.Store.AcceptAsync(Message("1"), default));
    }

    internal static InboxMessage Message(string id, string? orderKey = null, int size = 10) =>
        new() { Queue = "orders", Id = id, OrderKey = orderKey, Body = new byte[size] };

    private static async Task<IReadOnlyList<InboxLease>> LeaseAsync(InboxNode node) =>
        await node.Store.LeaseAsync(["orders"], 10, TimeSpan.FromHours(1), default);
}
