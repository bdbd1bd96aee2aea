using System.Text;
using Endpoints.Inbox.Tests.Models;
using Endpoints.Inbox.Tests.Stores;
using Endpoints.Redis.Tests;
using FsCheck;
using FsCheck.Fluent;

namespace Endpoints.Inbox.Tests;

/// <summary>Random sequences of operations, crashes and time: every store answers as the model does.</summary>
public sealed class ContractTests(RedisServer redis) : IClassFixture<RedisServer>
{
    private static readonly string[] Queues = ["orders", "members"];
    private static readonly TimeSpan Unit = TimeSpan.FromSeconds(1_000);
    private static readonly TimeSpan Half = TimeSpan.FromMilliseconds(500_000);

    [Theory]
    [InlineData(StoreKind.Sqlite, 80)]
    [InlineData(StoreKind.Redis, 80)]
    public void Every_store_does_what_the_model_does(StoreKind kind, int sequences)
    {
        var numbers = Gen.Choose(0, 99_999).ArrayOf(50);
        Prop.ForAll(Arb.From(numbers, Shorter), steps => RunAsync(kind, steps))
            .Check(Config.QuickThrowOnFailure.WithMaxTest(sequences));
    }

    internal static byte[] Body(string queue, string id) => Encoding.UTF8.GetBytes($"{queue}: {id} \0\u00e9");

    private static IEnumerable<int[]> Shorter(int[] steps)
    {
        for (var size = steps.Length / 2; size > 0; size /= 2)
        {
            for (var i = 0; i + size <= steps.Length; i += size)
                yield return [.. steps[..i], .. steps[(i + size)..]];
        }
    }

    private async Task RunAsync(StoreKind kind, int[] steps)
    {
        await using var tested = StoreUnderTest.Create(kind, redis);
        var node = Start();
        var leases = new List<InboxLease>();
        var model = new Model();
        foreach (var step in steps)
        {
            var (queue, id) = (Queues[step / 16 % 2], $"id {step / 32 % 5}");
            // Never on the edge, so that the real time that passes in Redis doesn't matter.
            var duration = (Unit * (step / 160 % 4)) + Half;
            var key = (step / 640 % 3) switch { 0 => null, 1 => "entity 1", _ => "entity 2" };
            var lease = leases.Count == 0 ? null : leases[^(1 + (step / 160 % Math.Min(4, leases.Count)))];
            switch (step % 16)
            {
                case 0 or 1 or 2:
                    Assert.Equal(model.Accept(queue, id, key), await node.Store.AcceptAsync(
                        new() { Queue = queue, Id = id, OrderKey = key, Body = Body(queue, id), TraceParent = "00-trace" }, default));
                    break;
                case 3:
                    var claim = await node.Store.ClaimAsync(queue, id, duration, default);
                    model.Claim(queue, id, duration, claim);
                    if (claim.Lease is not null)
                        leases.Add(claim.Lease);
                    break;
                case 4 or 5 or 6:
                    string[] asked = step / 32 % 3 == 0 ? [queue] : Queues;
                    var limit = 1 + (step / 96 % 3);
                    var leased = await node.Store.LeaseAsync(asked, limit, duration, default);
                    model.Lease(asked, limit, duration, leased);
                    leases.AddRange(leased);
                    break;
                case 7 when lease is not null:
                    Assert.Equal(model.Renew(lease, duration), await node.Store.RenewAsync(lease, duration, default));
                    break;
                case 8 when lease is not null:
                    Assert.Equal(model.Complete(lease), await node.Store.CompleteAsync(lease, default));
                    break;
                case 9 when lease is not null:
                    Assert.Equal(model.Retry(lease, duration, $"error {step}"),
                        await node.Store.RetryAsync(lease, duration, $"error {step}", default));
                    break;
                case 10 when lease is not null:
                    Assert.Equal(model.Release(lease), await node.Store.ReleaseAsync(lease, default));
                    break;
                case 11 when lease is not null:
                    Assert.Equal(model.Fail(lease, $"error {step}"), await node.Store.FailAsync(lease, $"error {step}", default));
                    break;
                case 12:
                    Assert.Equal(model.Requeue(queue, id), await node.Store.RequeueAsync(queue, id, default));
                    break;
                case 13:
                    Assert.Equal(model.Discard(queue, id), await node.Store.DiscardAsync(queue, id, default));
                    break;
                case 14:
                    var by = Unit * (1 + (step / 16 % 9));
                    model.Advance(by);
                    await tested.AdvanceAsync(by);
                    // Whether a store forgets by itself or when it is cleaned makes no difference that counts.
                    model.Clean();
                    while (await node.Store.CleanAsync(2, default) >= 2)
                    {
                    }

                    break;
                default: // the process ends without a word, and another begins
                    await node.DisposeAsync();
                    node = Start();
                    break;
            }

            model.Check(await node.Store.CountAsync(default));
            model.Check(await node.Store.FindAsync(queue, id, default), queue, id);
        }

        model.Check(await FailedAsync(node.Store));
        await node.DisposeAsync();

        InboxNode Start() => tested.Start(static options =>
        {
            options.MaxMessages = Model.MaxMessages;
            (options.HandledRetention, options.FailedRetention) = (Model.Retention, Model.Retention);
        });
    }

    private static async Task<IReadOnlyList<InboxEntry>> FailedAsync(IInboxStore store)
    {
        var all = new List<InboxEntry>();
        string? continuation = null;
        do
        {
            var page = await store.ListFailedAsync(continuation, 2, default);
            Assert.True(page.Entries.Count <= 2);
            all.AddRange(page.Entries);
            continuation = page.Continuation;
        }
        while (continuation is not null);
        return all;
    }
}
