using Endpoints.Wix.Http;

namespace Endpoints.Wix.Tests.Http;

/// <summary>One token for what may end a call, whose source other calls had before.</summary>
public sealed class LinkedTokenTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Either_of_two_cancels_it(bool first)
    {
        using var one = new CancellationTokenSource();
        using var other = new CancellationTokenSource();
        using var linked = LinkedToken.Of(one.Token, other.Token);
        Assert.False(linked.Token.IsCancellationRequested);

        (first ? one : other).Cancel();

        Assert.True(linked.Token.IsCancellationRequested);
    }

    [Fact]
    public void Where_only_one_can_be_canceled_it_is_that_one()
    {
        using var one = new CancellationTokenSource();
        using var first = LinkedToken.Of(one.Token, default);
        using var second = LinkedToken.Of(default, one.Token);

        Assert.Equal((one.Token, one.Token), (first.Token, second.Token));
    }

    [Fact]
    public async Task It_ends_after_its_time()
    {
        using var linked = LinkedToken.Within(TimeSpan.FromMilliseconds(20), default);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => Task.Delay(TimeSpan.FromMinutes(1), TimeProvider.System, linked.Token));
    }

    [Fact]
    public void What_ended_another_call_does_not_end_the_next_ones()
    {
        for (var i = 0; i < 1000; i++)
        {
            using var before = new CancellationTokenSource();
            using var beside = new CancellationTokenSource();
            LinkedToken.Of(before.Token, beside.Token).Dispose();
            if (i % 2 == 0)
            {
                using var ended = LinkedToken.Of(before.Token, beside.Token);
                before.Cancel();
            }

            using var next = LinkedToken.Within(TimeSpan.FromMinutes(1), default);
            beside.Cancel();
            Assert.False(next.Token.IsCancellationRequested);
        }
    }
}
