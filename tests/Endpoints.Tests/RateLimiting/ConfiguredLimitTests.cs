using System.Net;
using System.Reflection;
using System.Security.Claims;
using Endpoints.RateLimiting.Configured;
using Endpoints.Tests.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Configuration.Memory;

namespace Endpoints.Tests.RateLimiting;

/// <summary>The settings of AspNetCoreRateLimit, held to what its documentation says of them: configured-limits.txt.</summary>
public sealed class ConfiguredLimitTests
{
    private static readonly string[] Lines = File.ReadAllLines(Path.Combine(
        Path.GetDirectoryName(Assembly.GetExecutingAssembly().Location)!, "configured-limits.txt"));

    public static TheoryData<string> Scenarios =>
        [.. Lines.Where(static line => line.StartsWith('[')).Select(static line => line.Trim('[', ']'))];

    [Fact]
    public void There_are_enough_decisions_to_call_it_a_comparison() =>
        Assert.InRange(
            Lines.Where(static line => line.Contains(" : ", StringComparison.Ordinal))
                .Sum(static line => line.Split(" : ")[1].Split(' ').Length), 150, 1000);

    [Theory]
    [MemberData(nameof(Scenarios))]
    public async Task Every_decision_is_as_documented(string scenario)
    {
        var source = new Settings();
        var clock = new ManualClock();
        Site? site = null;
        foreach (var (line, number) in Lines.SkipWhile(line => line != $"[{scenario}]").Skip(1)
            .TakeWhile(static line => !line.StartsWith('[')).Select(static (line, i) => (line, i + 1)))
        {
            if (line.Length == 0 || line.StartsWith('#') || line == "over")
                continue;
            if (line.StartsWith('+'))
            {
                clock.Advance(TimeSpan.FromSeconds(int.Parse(line[1..], System.Globalization.CultureInfo.InvariantCulture)));
            }
            else if (line.Split(" = ") is [var key, var value])
            {
                source.Provider.Set(key, value);
                source.Provider.Changed();
            }
            else
            {
                site ??= await StartAsync(source, clock);
                var words = line.Split(" : ")[0].Split(' ');
                foreach (var expected in line.Split(" : ")[1].Split(' '))
                {
                    var answer = await site.SendAsync(words[0], words[1], ("X-Test-From", words[2]), ("X-ClientId", $"made-up-{number}"),
                        ("X-Real-IP", "192.0.2.9"));
                    Assert.True(expected == $"{(int)answer.StatusCode}", $"line {number}, {line}: {(int)answer.StatusCode}");
                    if (expected != "200")
                        Assert.True(answer.Headers.Contains("Retry-After"));
                }
            }
        }

        await site!.DisposeAsync();
    }

    [Fact]
    public async Task Answers_are_the_configured_ones_with_the_rules_own_before_the_general()
    {
        var source = new Settings();
        foreach (var (key, value) in new[]
        {
            ("EnableEndpointRateLimiting", "true"),
            ("QuotaExceededResponse:Content", "{{ \"wait\": {2}, \"limit\": {0}, \"per\": \"{1}\" }}"),
            ("QuotaExceededResponse:ContentType", "application/json"), ("QuotaExceededResponse:StatusCode", "430"),
            ("GeneralRules:0:Endpoint", "*:/a"), ("GeneralRules:0:Period", "1m"), ("GeneralRules:0:Limit", "1"),
            ("GeneralRules:1:Endpoint", "*:/b"), ("GeneralRules:1:Period", "1m"), ("GeneralRules:1:Limit", "0"),
            ("GeneralRules:1:QuotaExceededResponse:Content", "own"),
        })
            source.Provider.Set($"IpRateLimiting:{key}", value);
        await using var site = await StartAsync(source, new());

        var good = await site.SendAsync("GET", "/a", ("X-Test-From", "192.0.2.1"));
        Assert.Equal(("1m", "0"),
            (good.Headers.GetValues("X-Rate-Limit-Limit").Single(), good.Headers.GetValues("X-Rate-Limit-Remaining").Single()));
        var general = await site.SendAsync("GET", "/a", ("X-Test-From", "192.0.2.1"));
        Assert.Equal((430, "application/json", "{ \"wait\": 60, \"limit\": 1, \"per\": \"1m\" }"),
            ((int)general.StatusCode, general.Content.Headers.ContentType?.MediaType, await general.Content.ReadAsStringAsync()));
        var own = await site.SendAsync("GET", "/b", ("X-Test-From", "192.0.2.1"));
        Assert.Equal((429, "own"), ((int)own.StatusCode, await own.Content.ReadAsStringAsync()));
    }

    [Theory]
    [InlineData("IpRateLimiting:GeneralRules:0:Period", "1x", "IpRateLimiting:GeneralRules:0:Period: '1x'")]
    [InlineData("IpRateLimiting:GeneralRules:0:Endpoint", "nonsense", "IpRateLimiting:GeneralRules:0:Endpoint: 'nonsense'")]
    [InlineData("IpRateLimiting:GeneralRules:0:Limit", "-1", "IpRateLimiting:GeneralRules:0:Limit: -1")]
    [InlineData("IpRateLimiting:IpWhitelist:0", "everybody", "IpRateLimiting:IpWhitelist:0: 'everybody'")]
    [InlineData("IpRateLimiting:IpWhitelist:0", "192.0.2.9-192.0.2.1", "IpRateLimiting:IpWhitelist:0: '192.0.2.9-192.0.2.1'")]
    [InlineData("IpRateLimiting:IpWhitelist:0", "192.0.2.0/33", "IpRateLimiting:IpWhitelist:0: '192.0.2.0/33'")]
    [InlineData("IpRateLimiting:IpWhitelist:0", "192.0.2.0/255.0.255.0", "IpRateLimiting:IpWhitelist:0: '192.0.2.0/255.0.255.0'")]
    [InlineData("IpRateLimiting:EndpointWhitelist:0", "/health", "IpRateLimiting:EndpointWhitelist:0: '/health'")]
    [InlineData("IpRateLimiting:QuotaExceededMessage", "{ \"a\": 1 }", "IpRateLimiting:QuotaExceededMessage: '{ \"a\": 1 }'")]
    [InlineData("IpRateLimiting:GeneralRules:0:QuotaExceededResponse:Content", "{3}",
        "IpRateLimiting:GeneralRules:0:QuotaExceededResponse:Content: '{3}'")]
    public async Task A_wrong_setting_stops_the_start_and_is_named(string key, string value, string message)
    {
        var source = new Settings();
        source.Provider.Set("IpRateLimiting:GeneralRules:0:Endpoint", "*");
        source.Provider.Set("IpRateLimiting:GeneralRules:0:Period", "1m");
        source.Provider.Set("IpRateLimiting:GeneralRules:0:Limit", "1");
        source.Provider.Set(key, value);

        var failed = await Assert.ThrowsAsync<FormatException>(() => StartAsync(source, new()));

        Assert.StartsWith(message, failed.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("(a+)+$")]
    [InlineData("^([a-z]+)*:/x$")]
    [InlineData("^get:/(.*)*b$")]
    public void S24_An_expression_that_would_backtrack_for_ever_answers_at_once(string pattern)
    {
        var endpoint = new ConfiguredEndpoint(pattern, isRegex: true);
        var watch = System.Diagnostics.Stopwatch.StartNew();

        endpoint.Matches("GET", "/" + new string('a', 50_000) + "!");

        Assert.InRange(watch.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(2));
        Assert.Throws<FormatException>(() => new ConfiguredEndpoint(@"(a)\1", isRegex: true));
    }

    private static Task<Site> StartAsync(Settings source, ManualClock clock) => Site.StartAsync(
        builder =>
        {
            ((IConfigurationBuilder)builder.Configuration).Add(source);
            builder.Services.AddSingleton<TimeProvider>(clock);
            builder.Services.AddRateLimits();
        },
        static app =>
        {
            app.Use(static (context, next) =>
            {
                var from = context.Request.Headers["X-Test-From"].ToString();
                context.Connection.RemoteIpAddress = IPAddress.Parse(from.StartsWith('@') ? "192.0.2.1" : from);
                if (from.StartsWith('@'))
                    context.User = new(new ClaimsIdentity([new("sub", from[1..])], "test"));
                return next();
            });
            app.UseConfiguredRateLimits();
            app.Run(static context => context.Response.WriteAsync("in"));
        });

    private sealed class Settings : IConfigurationSource
    {
        public Provided Provider { get; } = new();

        public IConfigurationProvider Build(IConfigurationBuilder builder) => Provider;
    }

    private sealed class Provided() : MemoryConfigurationProvider(new())
    {
        public void Changed() => OnReload();
    }
}
