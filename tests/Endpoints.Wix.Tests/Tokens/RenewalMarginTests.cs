using Endpoints.Wix.Tokens;

namespace Endpoints.Wix.Tests.Tokens;

public sealed class RenewalMarginTests
{
    private static readonly DateTimeOffset Start = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(4 * 60 * 60, 235 * 60, 236 * 60)]
    [InlineData(60 * 60, 55 * 60, 56 * 60)]
    [InlineData(10 * 60, 5 * 60, 6 * 60)]
    [InlineData(60, 30, 36)]
    [InlineData(1, 0.5, 0.6)]
    public void Renewal_is_drawn_from_the_first_fifth_of_the_margin_and_spread_over_all_of_it(int lifetime, double earliest, double latest)
    {
        var margin = new RenewalMargin(TimeSpan.FromMinutes(5));
        var issued = new IssuedToken(new("token"), Start, Start.AddSeconds(lifetime), RefreshToken: null);

        var draws = Enumerable.Range(0, 10_000).Select(_ => (margin.Draw(issued) - Start).TotalSeconds).ToArray();

        Assert.Equal(earliest, (margin.Begins(issued) - Start).TotalSeconds, precision: 6);
        Assert.All(draws, draw => Assert.InRange(draw, earliest, latest));
        var width = latest - earliest;
        Assert.True(draws.Min() < earliest + (width / 20) && draws.Max() > latest - (width / 20), "The draws cover the whole fifth.");
    }

    [Fact]
    public void Without_a_margin_a_token_is_used_to_its_end()
    {
        var issued = new IssuedToken(new("token"), Start, Start.AddHours(1), RefreshToken: null);

        Assert.Equal(issued.ExpiresAt, new RenewalMargin(TimeSpan.Zero).Draw(issued));
    }
}
