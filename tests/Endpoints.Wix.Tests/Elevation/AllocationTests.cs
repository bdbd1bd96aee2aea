using Benchmarks.Elevation;
using Endpoints.Wix.Emulator;

namespace Endpoints.Wix.Tests.Elevation;

/// <summary>The allocations of a warm caller's request, beside those of the same guards made of the framework's own parts.</summary>
public sealed class AllocationTests
{
    [Theory]
    [InlineData("""{"customer":"ada","quantity":3,"items":["cup","filter","beans"]}""")]
    [InlineData(null)]
    public async Task An_elevated_request_allocates_a_tenth_less_than_guards_written_by_hand(string? body)
    {
        await using var wix = await WixEmulator.StartAsync();
        var token = wix.IssueToken(EmulatedIdentity.Member("ada"));
        await using var elevated = await MemoryClient.ConnectAsync("elevate", wix, token, body);
        await using var byHand = await MemoryClient.ConnectAsync("minimal", wix, token, body);
        Assert.StartsWith("HTTP/1.1 200 OK", await elevated.AnswerAsync(), StringComparison.Ordinal);
        Assert.StartsWith("HTTP/1.1 200 OK", await byHand.AnswerAsync(), StringComparison.Ordinal);
        Assert.Equal(2, wix.Calls.Count);

        var (ours, theirs) = (await LeastPerRequestAsync(elevated), await LeastPerRequestAsync(byHand));

        Assert.InRange(ours, 1, theirs * 9 / 10);
    }

    // Nothing waits, so everything happens on this thread; a batch in which something did after all counts more.
    private static async Task<long> LeastPerRequestAsync(MemoryClient client)
    {
        const int Batch = 200;
        var least = long.MaxValue;
        for (var batch = 0; batch < 10; batch++)
        {
            var (thread, before) = (Environment.CurrentManagedThreadId, GC.GetAllocatedBytesForCurrentThread());
            for (var i = 0; i < Batch; i++)
                await client.SendAsync();
            if (Environment.CurrentManagedThreadId == thread)
                least = Math.Min(least, (GC.GetAllocatedBytesForCurrentThread() - before) / Batch);
        }

        return least;
    }
}
