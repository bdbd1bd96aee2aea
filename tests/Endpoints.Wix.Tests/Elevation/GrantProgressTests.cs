using Endpoints.Wix.Elevation;

namespace Endpoints.Wix.Tests.Elevation;

/// <summary>
/// Every order of moves: what is not in its turn is an error and changes nothing, and nothing is granted that was not admitted.
/// </summary>
public sealed class GrantProgressTests
{
    private const int Moves = 4;
    private const int Longest = 6;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Every_order_of_moves_is_the_one_way_or_an_error(bool hasCheck)
    {
        for (var length = 0; length <= Longest; length++)
        {
            for (var order = 0; order < (int)Math.Pow(Moves, length); order++)
                Run(Enumerable.Range(0, length).Select(at => order / (int)Math.Pow(Moves, at) % Moves), hasCheck);
        }
    }

    private static void Run(IEnumerable<int> moves, bool hasCheck)
    {
        var progress = new GrantProgress(hasCheck);
        var (state, isAllowed) = (GrantState.Refused, !hasCheck);
        foreach (var move in moves)
        {
            var expected = (state, move) switch
            {
                (GrantState.Refused, 0) => GrantState.Admitted,
                (GrantState.Admitted, 1) => GrantState.Admitted,
                (GrantState.Admitted, 2) when isAllowed => GrantState.Granted,
                (_, 3) => GrantState.Ended,
                _ => (GrantState?)null,
            };
            isAllowed |= expected is not null && move == 1;

            if (expected is { } next)
            {
                Move(ref progress, move);
                state = next;
            }
            else
            {
                Assert.Throws<InvalidOperationException>(() => Move(ref progress, move));
            }

            Assert.Equal(state, progress.State);
        }
    }

    private static void Move(ref GrantProgress progress, int move)
    {
        switch (move)
        {
            case 0:
                progress.Admit();
                break;
            case 1:
                progress.Allow();
                break;
            case 2:
                progress.Grant();
                break;
            default:
                progress.End();
                break;
        }
    }
}
