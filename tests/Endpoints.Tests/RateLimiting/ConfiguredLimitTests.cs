using System.Diagnostics.Metrics;
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
        var clock = new TestClock();
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
    public async Task S24_An_expression_that_would_backtrack_for_ever_comes_to_an_end(string pattern)
    {
        var endpoint = new ConfiguredEndpoint(pattern, isRegex: true);

        await Task.Run(() => endpoint.Matches("GET", "/" + new string('a', 50_000) + "!")).WaitAsync(TimeSpan.FromMinutes(1));

        Assert.Throws<FormatException>(() => new ConfiguredEndpoint(@"(a)\1", isRegex: true));
    }

    [Fact]
    public async Task S20_Limits_of_endpoints_are_counted_for_each_verb_and_route_whatever_is_sent()
    {
        var source = new Settings();
        foreach (var (key, value) in new[]
        {
            ("EnableEndpointRateLimiting", "true"), ("GeneralRules:0:Endpoint", "*"), ("GeneralRules:0:Period", "60s"),
            ("GeneralRules:0:Limit", "2"),
        })
            source.Provider.Set($"IpRateLimiting:{key}", value);
        await using var site = await StartAsync(source, new(), app =>
        {
            app.MapMethods("/items/{id}", ["GET", "HEAD", "PUT", "BREW", "STEEP"], static () => "in");
            app.MapGet("/other", static () => "in");
        });

        foreach (var (method, path, status) in new[]
        {
            ("GET", "/items/1", 200), ("HEAD", "/items/2", 200), ("GET", "/items/3", 429), ("PUT", "/items/1", 200),
            ("PUT", "/ITEMS/2", 200), ("PUT", "/items/%33", 429), ("GET", "/other", 200), ("BREW", "/items/1", 200),
            ("STEEP", "/items/1", 200), ("BREW", "/items/1", 429), ("GET", "/none/1", 404), ("GET", "/none/2", 404),
            ("GET", "/none/3", 429),
        })
        {
            var answer = await site.SendAsync(method, path, ("X-Test-From", "192.0.2.1"));
            Assert.Equal((method, path, status), (method, path, (int)answer.StatusCode));
            Assert.Equal("60s", answer.Headers.GetValues("X-Rate-Limit-Limit").Single());
        }
    }

    [Fact]
    public async Task Hooks_and_metrics_are_told_of_configured_limits()
    {
        var source = new Settings();
        foreach (var (key, value) in new[]
        {
            ("GeneralRules:0:Endpoint", "*"), ("GeneralRules:0:Period", "1m"), ("GeneralRules:0:Limit", "1"),
            ("GeneralRules:1:Endpoint", "*"), ("GeneralRules:1:Period", "1h"), ("GeneralRules:1:Limit", "2"),
            ("GeneralRules:1:MonitorMode", "true"),
        })
            source.Provider.Set($"IpRateLimiting:{key}", value);
        var (heard, measured) = (new List<string>(), new List<string>());
        using var listener = new MeterListener();
        var clock = new TestClock();
        await using var site = await StartAsync(source, clock, options: options =>
        {
            options.OnAdmitted = (request, _) => Hear($"admitted {request.Rule} {request.Remaining}");
            options.OnRejected = (request, _) => Hear($"rejected {request.Rule} {request.Limit} {request.IsMonitored}");
        });
        var meters = site.Services.GetRequiredService<IMeterFactory>();
        listener.InstrumentPublished = (instrument, one) =>
        {
            if (instrument.Name == "endpoints.rate_limit.decisions" && instrument.Meter.Scope == meters)
                one.EnableMeasurementEvents(instrument);
        };
        listener.SetMeasurementEventCallback<long>((_, _, tags, _) => measured.Add($"{tags[0].Value}: {tags[1].Value}"));
        listener.Start();

        await site.SendAsync("GET", "/", ("X-Test-From", "192.0.2.1"));
        await site.SendAsync("GET", "/", ("X-Test-From", "192.0.2.1"));
        clock.Advance(TimeSpan.FromMinutes(1));
        await site.SendAsync("GET", "/", ("X-Test-From", "192.0.2.1"));
        clock.Advance(TimeSpan.FromMinutes(1));
        await site.SendAsync("GET", "/", ("X-Test-From", "192.0.2.1"));

        Assert.Equal(
            [
                "admitted IpRateLimiting * 1m 0", "rejected IpRateLimiting * 1m 1 False", "admitted IpRateLimiting * 1m 0",
                "rejected IpRateLimiting * 1h 2 True", "admitted IpRateLimiting * 1m 0",
            ], heard);
        Assert.Equal(
            [
                "IpRateLimiting * 1m: admitted", "IpRateLimiting * 1h: admitted", "IpRateLimiting * 1m: rejected",
                "IpRateLimiting * 1m: admitted", "IpRateLimiting * 1h: admitted", "IpRateLimiting * 1h: monitored",
                "IpRateLimiting * 1m: admitted",
            ], measured);

        ValueTask Hear(string what)
        {
            heard.Add(what);
            return default;
        }
    }

    private static Task<Site> StartAsync(Settings source, TestClock clock, Action<WebApplication>? map = null,
        Action<RateLimitOptions>? options = null) => Site.StartAsync(
        builder =>
        {
            ((IConfigurationBuilder)builder.Configuration).Add(source);
            builder.Services.AddSingleton<TimeProvider>(clock);
            builder.Services.AddRateLimits(options);
        },
        app =>
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
            if (map is null)
                app.Run(static context => context.Response.WriteAsync("in"));
            map?.Invoke(app);
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
