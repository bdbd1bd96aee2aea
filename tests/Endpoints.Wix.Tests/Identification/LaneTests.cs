using Endpoints.RateLimiting;
using Endpoints.Wix.Identification;

namespace Endpoints.Wix.Tests.Identification;

/// <summary>Tests who may ask Wix next, and how many wait for it.</summary>
public sealed class LaneTests
{
    private const int MostWaiting = 20_000;

    [Fact]
    public void S65_No_network_waits_in_more_than_half_of_the_room_and_all_together_in_no_more_than_there_is()
    {
        var lanes = new Lanes(places: 1, static _ => false);
        var first = Enter(lanes, Network(1), out var turn);
        Assert.Null(turn);
        Assert.NotNull(first);

        for (var i = 0; i < MostWaiting / 2; i++)
            Assert.NotNull(Enter(lanes, Network(1), out _));
        Assert.Null(Enter(lanes, Network(1), out _));
        Lane? second = null;
        for (var i = 0; i < MostWaiting / 2; i++)
            Assert.NotNull(second = Enter(lanes, Network(2), out _));

        // Who has nothing under way gets in line all the same, once.
        Assert.NotNull(Enter(lanes, Network(3), out _));
        Assert.Null(Enter(lanes, Network(3), out _));

        // Each place that is given back is the next one's, who waits no more.
        lanes.Leave(first, isGood: true);
        Assert.Equal(1, lanes.Going);
        Assert.Null(Enter(lanes, Network(3), out _));
        lanes.Leave(second!, isGood: true);
        Assert.Equal(1, lanes.Going);
        Assert.NotNull(Enter(lanes, Network(3), out _));
        Assert.Null(Enter(lanes, Network(3), out _));
    }

    [Theory]
    [InlineData(false, 64)]
    [InlineData(true, 1)] // when there have been many refusals
    public void S65_A_network_has_a_few_at_once_more_with_each_good_answer_and_half_with_each_other_one(bool isScarce, int first)
    {
        var lanes = new Lanes(places: 1000, static _ => false);
        var lane = Fill();
        Assert.Equal(first, lanes.Going);

        lanes.Leave(lane, isGood: true);
        Fill();
        Assert.Equal(first + 1, lanes.Going);

        lanes.Leave(lane, isGood: null); // it was not answered
        Fill();
        Assert.Equal(first + 1, lanes.Going);

        for (var going = first + 1; going > (first + 1) / 2; going--)
            lanes.Leave(lane, isGood: going == first + 1 ? false : null);
        Fill();
        Assert.Equal((first + 1) / 2, lanes.Going);

        Lane Fill()
        {
            while (true)
            {
                var entered = lanes.Enter(Network(1), hasRefusals: false, isScarce, out var turn);
                if (turn is not null)
                    return entered!;
            }
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void S65_Of_those_who_wait_the_next_is_one_without_refusals(bool isRefusedFirst)
    {
        var lanes = new Lanes(places: 1, static _ => false);
        var going = Enter(lanes, Network(1), out _);
        TaskCompletionSource<bool>? refused = null;
        if (isRefusedFirst)
            Assert.NotNull(lanes.Enter(Network(2), hasRefusals: true, isScarce: false, out refused));
        Assert.NotNull(Enter(lanes, Network(3), out var clean));
        if (!isRefusedFirst)
            Assert.NotNull(lanes.Enter(Network(2), hasRefusals: true, isScarce: false, out refused));

        lanes.Leave(going!, isGood: true);

        Assert.True(clean!.Task.IsCompletedSuccessfully);
        Assert.False(refused!.Task.IsCompleted);
    }

    private static Lane? Enter(Lanes lanes, ClientAddress network, out TaskCompletionSource<bool>? turn) =>
        lanes.Enter(network, hasRefusals: false, isScarce: false, out turn);

    private static ClientAddress Network(byte number) => ClientAddress.Of(new System.Net.IPAddress([192, 0, 2, number]));
}
