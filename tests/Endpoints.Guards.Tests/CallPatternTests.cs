using Endpoints.Shared.CallPatterns;

namespace Endpoints.Guards.Tests;

/// <summary>What an entry of <c>Only</c> covers that names an operation with its parameters.</summary>
public sealed class CallPatternTests
{
    [Theory]
    [InlineData("GET /products/{productId}", "/products/7", true)]
    [InlineData("GET /products/{product.id}", "/products/a%20b", true)]
    [InlineData("GET /products/{productId}", "/products", false)]
    [InlineData("GET /products/{productId}", "/products/7/more", false)]
    [InlineData("GET /products/{productId}", "/products/7:cancel", false)]
    [InlineData("GET /products/{productId}", "/products/7%3Acancel", false)]
    [InlineData("GET /products/{productId}/more", "/products/7/more", true)]
    [InlineData("GET /products/{productId}/more", "/products/7/less", false)]
    [InlineData("GET /bookings/{bookingId}:cancel", "/bookings/7:cancel", true)]
    [InlineData("GET /bookings/{bookingId}:cancel", "/bookings/7:confirm", false)]
    [InlineData("GET /bookings/{bookingId}:cancel", "/bookings/:cancel", false)]
    [InlineData("GET /bookings/{bookingId}:cancel", "/bookings/7:confirm:cancel", false)]
    [InlineData("GET /bookings/{bookingId}:cancel", "/bookings/7", false)]
    [InlineData("GET /{a}/*", "/x/y/z", true)]
    [InlineData("GET /{a}/*", "/x", false)]
    public void A_parameter_stands_for_the_argument_of_one_operation(string entry, string path, bool covers)
    {
        var pattern = CallPattern.Parse(entry)!;

        Assert.Equal(covers, pattern.Covers("GET", path));
        Assert.False(pattern.Covers("POST", path));
    }

    [Theory]
    [InlineData("/a/{id}", "/a/{other}", true)]
    [InlineData("/a/{id}", "/a/b", true)]
    [InlineData("/a/{id}", "/a/b:c", false)]
    [InlineData("/a/{id}", "/a/*", false)]
    [InlineData("/a/{id}/b", "/a/*/b", false)]
    [InlineData("/a/{id}", "/a/{id}:verb", false)]
    [InlineData("/a/{id}:verb", "/a/{other}:verb", true)]
    [InlineData("/a/{id}:verb", "/a/{id}:other", false)]
    [InlineData("/a/{id}:verb", "/a/{id}", false)]
    [InlineData("/a/{id}:verb", "/a/b:verb", true)]
    [InlineData("/a/*", "/a/{id}", true)]
    [InlineData("/a/*/b", "/a/{id}/b", true)]
    [InlineData("/a/*", "/a/{id}/b", true)]
    [InlineData("/a/b", "/a/{id}", false)]
    public void A_lock_with_one_entry_covers_another(string wide, string narrow, bool covers) =>
        Assert.Equal(covers, CallPattern.Parse($"GET {wide}")!.Covers(CallPattern.Parse($"GET {narrow}")!));

    [Theory]
    [InlineData("{}")]
    [InlineData("{id")]
    [InlineData("id}")]
    [InlineData("x{id}")]
    [InlineData("{id}x")]
    [InlineData("{id}:")]
    [InlineData("{id}:a1")]
    [InlineData("{a b}")]
    [InlineData("{a}{b}")]
    [InlineData("{{a}}")]
    public void A_parameter_is_a_whole_segment_but_for_its_verb(string segment)
    {
        Assert.Null(CallPattern.TryParse($"GET /a/{segment}/b", out var flaw));
        Assert.Equal(
            segment.Contains(' ', StringComparison.Ordinal) ? "it takes an HTTP method, one blank and a path"
                : "a parameter in braces is a whole segment, but for its verb", flaw);
    }

    // Everything that is covered by a pattern within another is covered by the other.
    [Fact]
    public void What_one_entry_covers_is_covered_by_every_entry_that_covers_it()
    {
        string[] segments = ["a", "{x}", "{x}:v", "b:v", "*"];
        var entries = segments.SelectMany(_ => segments, static (first, second) => CallPattern.Parse($"GET /{first}/{second}")!)
            .Concat(segments.Select(static one => CallPattern.Parse($"GET /{one}")!)).ToList();
        string[] values = ["a", "c", "b:v", "c:v", ":v", "c%3Av", "c:d:v"];
        var paths = values.SelectMany(_ => values.Prepend(""),
            static (first, second) => second.Length == 0 ? $"/{first}" : $"/{first}/{second}").ToList();

        foreach (var wide in entries)
        {
            foreach (var narrow in entries.Where(wide.Covers))
                Assert.All(paths, path => Assert.True(!narrow.Covers("GET", path) || wide.Covers("GET", path), path));
        }
    }
}
