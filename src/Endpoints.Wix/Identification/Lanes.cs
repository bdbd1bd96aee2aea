using Endpoints.RateLimiting;

namespace Endpoints.Wix.Identification;

/// <summary>Distributes a number of concurrent calls among the networks whose requests cause them.</summary>
/// <remarks>
/// Thread-safe. A network begins with a few at once and gets more with each that ends well, so that one with many good callers soon has
/// them all, and one with made-up tokens has few on the way when the first refusal comes. Who waits gets the next free place by turns: one
/// of each network, those without refusals first. There are no more lanes than requests under way.
/// </remarks>
/// <param name="places">The maximum number of concurrent calls.</param>
/// <param name="isSpent">
/// The function that determines whether a network has meanwhile reached its limit of refusals, so that its waiting calls need not wait on.
/// </param>
internal sealed class Lanes(int places, Func<ClientAddress, bool> isSpent)
{
    private const int First = 64;
    private const int MaxWaiting = 20_000;

    private readonly Lock _gate = new();
    private readonly Dictionary<ClientAddress, Lane> _lanes = [];
    private readonly Queue<Lane> _clean = new();
    private readonly Queue<Lane> _refused = new();
    private readonly Lane _trusted = new(network: null, places);
    private int _going;
    private int _waiting;

    /// <summary>Gets the number of calls in progress.</summary>
    public int Going => Volatile.Read(ref _going);

    /// <summary>Takes a place for a call, or a turn to wait for one.</summary>
    /// <param name="network">The network that causes the call; <see langword="null"/> for a call that no stranger causes.</param>
    /// <param name="hasRefusals"><see langword="true"/> if the network has had refusals lately; otherwise, <see langword="false"/>.</param>
    /// <param name="isScarce">
    /// <see langword="true"/> if there have been so many refusals that a network must prove itself before it gets more than one place;
    /// otherwise, <see langword="false"/>.
    /// </param>
    /// <param name="turn">
    /// The source of a task that returns <see langword="true"/> when there is a place, and <see langword="false"/> when waiting on is
    /// pointless; <see langword="null"/> if there is a place at once.
    /// </param>
    /// <returns>The lane; <see langword="null"/> if too many calls wait already.</returns>
    public Lane? Enter(ClientAddress? network, bool hasRefusals, bool isScarce, out TaskCompletionSource<bool>? turn)
    {
        turn = null;
        lock (_gate)
        {
            var lane = network is { } own ? Find(own, hasRefusals, isScarce) : _trusted;
            if (lane.Waiting.Count == 0 && lane.MayGo && _going < places)
            {
                lane.Going++;
                _going++;
                return lane;
            }

            // No network takes the room that others wait in, and one without anything under way always gets in line.
            if (lane.Waiting.Count + lane.Going > 0 && (_waiting >= MaxWaiting || lane.Waiting.Count >= MaxWaiting / 2))
                return null;
            turn = new(TaskCreationOptions.RunContinuationsAsynchronously);
            lane.Waiting.Enqueue(turn);
            _waiting++;
            List(lane);
            return lane;
        }
    }

    /// <summary>Returns a place.</summary>
    /// <param name="lane">The lane.</param>
    /// <param name="isGood">
    /// <see langword="true"/> if Wix knew the owner of the token; <see langword="false"/> if not; <see langword="null"/> if it did not
    /// answer the question.
    /// </param>
    public void Leave(Lane lane, bool? isGood)
    {
        lock (_gate)
        {
            lane.Going--;
            _going--;
            if (isGood == true)
                lane.Allowed = Math.Min(places, lane.Allowed + 1);
            else if (isGood == false && lane.Network is not null)
                (lane.Allowed, lane.HasRefusals) = (Math.Max(1, lane.Allowed / 2), true);
            List(lane);
            while (_going < places && (_clean.TryDequeue(out var next) || _refused.TryDequeue(out next)))
                GoOn(next);
            if (lane is { Going: 0, Waiting.Count: 0, Network: { } network })
                _lanes.Remove(network);
        }
    }

    private Lane Find(ClientAddress network, bool hasRefusals, bool isScarce)
    {
        if (!_lanes.TryGetValue(network, out var lane))
            _lanes.Add(network, lane = new(network, isScarce ? 1 : Math.Min(First, places)) { HasRefusals = hasRefusals });
        return lane;
    }

    private void GoOn(Lane lane)
    {
        lane.IsListed = false;
        while (lane.Waiting.TryDequeue(out var turn))
        {
            _waiting--;
            var isSpentNow = lane.Network is { } network && isSpent(network);
            if (!turn.TrySetResult(!isSpentNow) || isSpentNow)
                continue; // gone, or told so
            lane.Going++;
            _going++;
            break;
        }

        List(lane);
        if (lane is { Going: 0, Waiting.Count: 0, Network: { } idle })
            _lanes.Remove(idle);
    }

    private void List(Lane lane)
    {
        if (lane.IsListed || lane.Waiting.Count == 0 || !lane.MayGo)
            return;
        lane.IsListed = true;
        (lane.HasRefusals ? _refused : _clean).Enqueue(lane);
    }
}
