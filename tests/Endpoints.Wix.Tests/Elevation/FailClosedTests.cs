using System.Net;
using Endpoints.Wix.Emulator;
using Endpoints.Wix.Tests.Hosting;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Patterns;
using Microsoft.Extensions.Primitives;

namespace Endpoints.Wix.Tests.Elevation;

public sealed class FailClosedTests
{
    [Fact]
    public async Task S53_An_attribute_that_guards_nothing_stops_the_start_and_names_every_such_endpoint()
    {
        var mend = await Assert.ThrowsAsync<InvalidOperationException>(() => WixSite.StartAsync(app =>
        {
            app.MapGet("/guarded", () => "").Elevate(Callers.Visitor);
            app.MapGet("/first-open", [Elevate(Callers.Visitor)] () => "");
            app.MapGet("/second-open", () => "").WithMetadata(new ElevateAttribute(Callers.Member));
        }));

        Assert.Contains("/first-open", mend.Message, StringComparison.Ordinal);
        Assert.Contains("/second-open", mend.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("/guarded", mend.Message, StringComparison.Ordinal);
        Assert.Contains(".Elevate(Callers...)", mend.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null, RateLimitBy.Address | RateLimitBy.Route)]
    [InlineData("5/1m", RateLimitBy.Address)]
    [InlineData("5/1m", RateLimitBy.Caller)]
    public async Task S22_Who_cant_be_counted_gets_in_nowhere_that_is_elevated(string? limit, RateLimitBy uncounted)
    {
        var handled = 0;
        await using var site = await WixSite.StartAsync(
            app => app.MapGet("/", () => ++handled).Elevate(Callers.Member, options => options.RateLimit = limit),
            build: builder => builder.Services.AddSingleton<IRateLimitStore>(new AwayFor(uncounted)));

        var answer = await site.GetAsync("/", site.Wix.IssueToken(EmulatedIdentity.Member()));

        Assert.Equal((HttpStatusCode.ServiceUnavailable, "limits-unavailable"), (answer.Status, answer.Problem));
        Assert.Equal(0, handled);
    }

    [Fact]
    public async Task A_lambdas_attribute_counts_where_its_group_is_guarded()
    {
        await using var site = await WixSite.StartAsync(app =>
            app.MapGroup("/group").Elevate(Callers.Visitor).MapGet("/", [Elevate(Callers.Member)] () => "in"));

        Assert.Equal(HttpStatusCode.Unauthorized, (await site.GetAsync("/group/")).Status);
        Assert.Equal("in", (await site.GetAsync("/group/", site.Wix.IssueToken(EmulatedIdentity.Member()))).Body);
    }

    [Fact]
    public async Task The_nearest_of_nested_groups_and_endpoint_counts()
    {
        await using var site = await WixSite.StartAsync(app =>
        {
            var outer = app.MapGroup("/outer").Elevate(Callers.User);
            outer.MapGet("/plain", () => "");
            outer.MapGroup("/inner").Elevate(Callers.Member).MapGet("/plain", () => "");
            outer.MapGet("/own", () => "").Elevate(Callers.Visitor);
        });
        var member = site.Wix.IssueToken(EmulatedIdentity.Member());

        Assert.Equal(HttpStatusCode.Forbidden, (await site.GetAsync("/outer/plain", member)).Status);
        Assert.Equal(HttpStatusCode.OK, (await site.GetAsync("/outer/inner/plain", member)).Status);
        Assert.Equal(HttpStatusCode.OK, (await site.GetAsync("/outer/own")).Status);
    }

    [Fact]
    public async Task S53_An_unguarded_endpoint_that_appears_after_the_start_never_runs()
    {
        var ran = false;
        var later = new LaterEndpoints();
        await using var site = await WixSite.StartAsync(app => ((IEndpointRouteBuilder)app).DataSources.Add(later));

        later.Add(new RouteEndpoint(
            context =>
            {
                ran = true;
                return Task.CompletedTask;
            },
            RoutePatternFactory.Parse("/late"), 0, new EndpointMetadataCollection(new ElevateAttribute(Callers.Visitor)), "late endpoint"));
        var answer = await site.GetAsync("/late");

        Assert.Equal(HttpStatusCode.InternalServerError, answer.Status);
        Assert.False(ran);
        Assert.Contains(site.Logs.Of("UnguardedEndpointPolicy"), line => line.Contains("late endpoint", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Controllers_are_guarded_by_the_convention()
    {
        await using var site = await WixSite.StartAsync(
            app => app.MapControllers().Elevate(Callers.Visitor),
            build: builder => builder.Services.AddControllers().AddApplicationPart(typeof(ElevatedController).Assembly));

        Assert.Equal(HttpStatusCode.Unauthorized, (await site.GetAsync("/controller")).Status);
        Assert.Equal("Harbour Coffee Ltd.", (await site.GetAsync("/controller", site.Wix.IssueToken(EmulatedIdentity.Member()))).Body);
    }

    [Theory]
    [InlineData("30")]
    [InlineData("30/m")]
    [InlineData("/1m")]
    [InlineData("0/1m")]
    [InlineData("-1/1m")]
    [InlineData("30/1x")]
    [InlineData("30/0s")]
    [InlineData("30/32d")]
    [InlineData("30/1m/2")]
    [InlineData("x/1m")]
    [InlineData("")]
    public async Task A_malformed_limit_stops_the_start(string limit)
    {
        var mend = await Record.ExceptionAsync(
            () => WixSite.StartAsync(
                app => app.MapGet("/limited", () => "").Elevate(Callers.Visitor, options => options.RateLimit = limit)));

        Assert.Contains("/limited", Assert.IsType<InvalidOperationException>(mend).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("site-properties/*")]
    [InlineData("GET site-properties/*")]
    [InlineData("get /site-properties/*")]
    [InlineData("GET /site-*")]
    [InlineData("GET  /x")]
    [InlineData("GET /x//y")]
    [InlineData("GET /x?y")]
    [InlineData("")]
    public async Task A_malformed_Only_stops_the_start(string only)
    {
        var mend = await Record.ExceptionAsync(
            () => WixSite.StartAsync(app => app.MapGet("/narrow", () => "").Elevate(Callers.Visitor, options => options.Only = [only])));

        Assert.Contains("/narrow", Assert.IsType<InvalidOperationException>(mend).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_unknown_policy_stops_the_start()
    {
        var mend = await Record.ExceptionAsync(
            () => WixSite.StartAsync(
                app => app.MapGet("/strict", () => "").Elevate(Callers.Visitor, options => options.Policy = "Missing")));

        var message = Assert.IsType<InvalidOperationException>(mend).Message;
        Assert.Contains("/strict", message, StringComparison.Ordinal);
        Assert.Contains("'Missing'", message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(32)]
    [InlineData(3 | 64)]
    [InlineData(-1)]
    public void Callers_that_are_nobody_or_unknown_are_refused(int callers) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new ElevateAttribute((Callers)callers));

    [Fact]
    public void S54_Elevate_without_AddWix_says_so()
    {
        var app = WebApplication.CreateSlimBuilder().Build();
        app.MapGet("/lonely", () => "").Elevate(Callers.Visitor);

        var mend = Assert.Throws<InvalidOperationException>(
            () => ((IEndpointRouteBuilder)app).DataSources.SelectMany(static source => source.Endpoints).ToList());

        Assert.Contains("AddWix", mend.Message, StringComparison.Ordinal);
        Assert.Contains("/lonely", mend.Message, StringComparison.Ordinal);
    }

    private sealed class LaterEndpoints : EndpointDataSource
    {
        private readonly List<Endpoint> _endpoints = [];
        private Change _changed = new();

        public override IReadOnlyList<Endpoint> Endpoints => _endpoints;

        public override IChangeToken GetChangeToken() => _changed;

        public void Add(Endpoint endpoint)
        {
            _endpoints.Add(endpoint);
            var changed = _changed;
            _changed = new();
            changed.Happen();
        }
    }

    /// <summary>A store that is out of reach for the limits of one kind.</summary>
    private sealed class AwayFor(RateLimitBy uncounted) : IRateLimitStore
    {
        public ValueTask<RateLimitVerdict> DecideAsync(ReadOnlyMemory<RateLimitCounter> counters, CancellationToken cancellationToken)
        {
            foreach (var counter in counters.Span)
            {
                if (counter.Rule.By == uncounted)
                    throw new TimeoutException("The store does not answer.");
            }

            return new(new RateLimitVerdict(true, 0, 1, TimeSpan.Zero, TimeSpan.Zero));
        }

        public ValueTask<RateLimitState> InspectAsync(RateLimitCounter counter, CancellationToken cancellationToken) => default;

        public ValueTask ResetAsync(RateLimitCounter counter, CancellationToken cancellationToken) => default;
    }

    private sealed class Change : IChangeToken
    {
        private readonly List<(Action<object?> Callback, object? State)> _listeners = [];

        public bool HasChanged { get; private set; }

        public bool ActiveChangeCallbacks => true;

        public IDisposable RegisterChangeCallback(Action<object?> callback, object? state)
        {
            _listeners.Add((callback, state));
            return new MemoryStream();
        }

        public void Happen()
        {
            HasChanged = true;
            foreach (var (callback, state) in _listeners.ToArray())
                callback(state);
        }
    }
}

[ApiController]
[Route("/controller")]
public sealed class ElevatedController(ElevatedWixClient wix) : ControllerBase
{
    [HttpGet]
    [Elevate(Callers.Member)]
    public async Task<string?> Get() => (await wix.SiteProperties.GetSitePropertiesAsync()).Properties.BusinessName;
}
