using System.Net;
using System.Threading.RateLimiting;
using Endpoints.RateLimiting;
using Endpoints.Shared.CallPatterns;
using Endpoints.Shared.Limits;
using Endpoints.Wix.RateLimiting;

namespace Endpoints.Wix.Tests.Elevation;

public sealed class LimitTests
{
    [Theory]
    [InlineData("30/1m", 30, 60)]
    [InlineData("1/1s", 1, 1)]
    [InlineData("5/2h", 5, 7200)]
    [InlineData("100/31d", 100, 31 * 86400)]
    public void A_limit_is_a_count_and_a_time(string text, int permits, int seconds) =>
        Assert.Equal(new WindowRule(permits, TimeSpan.FromSeconds(seconds)), WindowRule.Of(LimitText.TryParse(text)!.Value));

    [Fact]
    public void S19_A_million_keys_stay_within_the_bound_and_free_nobody()
    {
        var clock = new TestClock();
        var windows = new FixedWindows<string>(new(2, TimeSpan.FromMinutes(1)), clock, capacity: 1000);
        Assert.True(windows.TryCount("attacker", out _));
        Assert.True(windows.TryCount("attacker", out _));

        for (var i = 0; i < 1_000_000; i++)
            windows.TryCount($"key-{i}", out _);

        Assert.InRange(windows.Count, 1, 1000);
        TimeSpan? wait = null;
        Assert.False(windows.TryCount("attacker", out wait));
        Assert.Equal(TimeSpan.FromMinutes(1), wait);
        Assert.True(windows.TryCount("newcomer", out _));
        Assert.True(windows.TryCount("newcomer", out _));
        Assert.False(windows.TryCount("newcomer", out _));

        clock.Advance(TimeSpan.FromMinutes(1));
        Assert.True(windows.TryCount("attacker", out _));
    }

    [Fact]
    public async Task It_is_a_limiter_of_the_frameworks_kind()
    {
        var clock = new TestClock();
        await using PartitionedRateLimiter<string> limiter = new FixedWindows<string>(new(3, TimeSpan.FromSeconds(10)), clock);

        using (var two = limiter.AttemptAcquire("key", 2))
            Assert.True(two.IsAcquired);
        using (var more = await limiter.AcquireAsync("key", 2))
        {
            Assert.False(more.IsAcquired);
            Assert.True(more.TryGetMetadata(MetadataName.RetryAfter, out var wait));
            Assert.Equal(TimeSpan.FromSeconds(10), wait);
        }

        using (var any = limiter.AttemptAcquire("key", 0)) // asks and takes nothing
            Assert.True(any.IsAcquired);
        using (var last = limiter.AttemptAcquire("key"))
            Assert.True(last.IsAcquired);
        using (var none = limiter.AttemptAcquire("key", 0))
            Assert.False(none.IsAcquired);
        Assert.Throws<ArgumentOutOfRangeException>(() => limiter.AttemptAcquire("key", 4));

        clock.Advance(TimeSpan.FromSeconds(10));
        using var again = limiter.AttemptAcquire("key", 3);
        Assert.True(again.IsAcquired);
    }

    [Fact]
    public async Task S21_Of_a_thousand_at_once_exactly_the_limit_passes()
    {
        var windows = new FixedWindows<string>(new(100, TimeSpan.FromMinutes(1)), new TestClock());

        var passed = await Task.WhenAll(Enumerable.Range(0, 1000).Select(_ => Task.Run(() => windows.TryCount("key", out TimeSpan? _))));

        Assert.Equal(100, passed.Count(static pass => pass));
    }

    [Theory]
    [InlineData("10.0.0.1", "10.0.0.1")]
    [InlineData("::ffff:10.0.0.1", "10.0.0.1")]
    [InlineData("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64")]
    [InlineData("2001:db8:1:2:ffff::1", "2001:db8:1:2::/64")]
    [InlineData("2001:db8:1:3::1", "2001:db8:1:3::/64")]
    public void An_address_of_version_6_counts_as_its_network(string address, string key) =>
        Assert.Equal(key, ClientAddress.Of(IPAddress.Parse(address)).ToString());

    [Theory]
    [InlineData("GET /site-properties/*", "GET", "/site-properties/v4/properties", true)]
    [InlineData("GET /site-properties/*", "POST", "/site-properties/v4/properties", false)]
    [InlineData("GET /site-properties/*", "GET", "/site-properties", false)]
    [InlineData("GET /site-properties/*", "GET", "/site-properties/", false)]
    [InlineData("GET /site-properties/*", "GET", "/site-properties-evil/v4", false)]
    [InlineData("GET /a/*/c", "GET", "/a/b/c", true)]
    [InlineData("GET /a/*/c", "GET", "/a/b/d/c", false)]
    [InlineData("GET /a/*/c", "GET", "/a/b/c/d", false)]
    [InlineData("* /a", "DELETE", "/a", true)]
    [InlineData("* /a", "DELETE", "/A", false)]
    [InlineData("* /*", "PUT", "/anything/at/all", true)]
    [InlineData("GET /a/b", "GET", "/a%2Fb", false)]
    [InlineData("GET /a/*", "GET", "/a/..%2Fb", false)]
    [InlineData("GET /a/*", "GET", "/a/..%2f..%2fb/c", false)]
    [InlineData("GET /a/*", "GET", "/a/..%5Cb", false)]
    [InlineData("GET /a/*", "GET", "/a/b%20c", true)]
    public void Only_covers_what_it_says(string pattern, string method, string path, bool covered) =>
        Assert.Equal(covered, CallPattern.Parse(pattern)!.Covers(method, path));
}
