using Endpoints.Wix.Emulator;
using Endpoints.Wix.Tests.Hosting;

namespace Endpoints.Wix.Tests.Replacements;

/// <summary>A token source of the application's own: used, and believed nothing.</summary>
public sealed class TokenSourceTests
{
    [Fact]
    public async Task The_app_acts_with_the_tokens_of_the_applications_own_source()
    {
        var source = new Source();
        await using var site = await StartAsync(source);
        source.Give = request => new(site.Wix.IssueToken(EmulatedIdentity.App()), site.Clock.GetUtcNow().AddHours(1));

        Assert.Equal(200, (int)(await site.GetAsync("/")).Status);
        Assert.Equal(200, (int)(await site.GetAsync("/")).Status);

        var request = Assert.Single(source.Requests); // and kept
        Assert.Equal((site.Wix.App.ClientId, site.Wix.InstanceId, null), (request.ClientId, request.InstanceId, request.Refused));
        Assert.Equal(0, site.Wix.CountOf(WixSite.Tokens));
    }

    [Fact]
    public async Task A_token_that_Wix_refuses_is_named_to_the_source_and_not_taken_again()
    {
        var source = new Source();
        await using var site = await StartAsync(source);
        var token = site.Wix.IssueToken(EmulatedIdentity.App());
        source.Give = _ => new(token, site.Clock.GetUtcNow().AddHours(1));
        Assert.Equal(200, (int)(await site.GetAsync("/")).Status);
        site.Wix.Revoke(token);

        Assert.Equal(503, (int)(await site.GetAsync("/")).Status);

        Assert.Equal(token, source.Requests[^1].Refused?.Reveal());
    }

    [Theory]
    [InlineData("null", 503)]
    [InlineData("throws", 503)]
    [InlineData("faulted", 503)]
    [InlineData("canceled", 503)]
    [InlineData("hangs", 503)]
    [InlineData("blocks", 503)]
    [InlineData("expired", 503)]
    [InlineData("for years", 503)]
    [InlineData("unavailable", 503)]
    [InlineData("refused", 502)]
    [InlineData("another instance", 502)]
    [InlineData("another app", 502)]
    [InlineData("a member's", 502)]
    [InlineData("made up", 502)]
    public async Task A_source_that_misbehaves_is_one_that_gave_none(string how, int status)
    {
        var source = new Source();
        using var stop = new ManualResetEventSlim();
        await using var site =
            await StartAsync(
                source, how is "hangs" or "blocks" ? static options => options.Resilience.TokenTimeout = TimeSpan.FromSeconds(1) : null);
        var soon = site.Clock.GetUtcNow().AddHours(1);
        source.Give = _ => how switch
        {
            "null" => null!,
            "throws" => throw new InvalidOperationException("canary"),
            "blocks" => Block(stop),
            "expired" => new(site.Wix.IssueToken(EmulatedIdentity.App()), site.Clock.GetUtcNow()),
            "for years" => new(site.Wix.IssueToken(EmulatedIdentity.App()), site.Clock.GetUtcNow().AddYears(2)),
            "unavailable" => throw new WixUnavailableException("later"),
            "refused" => throw new WixApiException("no", System.Net.HttpStatusCode.Unauthorized),
            "another instance" =>
                new(site.Wix.IssueToken(EmulatedIdentity.App(), static token => token.InstanceId = "another-instance"), soon),
            "another app" => new(site.Wix.IssueToken(EmulatedIdentity.App(), static token => token.ClientId = "another-app"), soon),
            "a member's" => new(site.Wix.IssueToken(EmulatedIdentity.Member("ada")), soon),
            _ => new("OauthNG.JWS.made.up", soon),
        };
        source.Wait = how switch
        {
            "faulted" => Task.FromException(new TimeoutException("canary")),
            "canceled" => Task.FromCanceled(new(canceled: true)),
            "hangs" => new TaskCompletionSource().Task,
            _ => Task.CompletedTask,
        };

        var answer = await site.GetAsync("/");
        stop.Set();

        Assert.Equal(status, (int)answer.Status);
        Assert.DoesNotContain("canary", answer.Body, StringComparison.Ordinal);
        Assert.Equal(0, site.Wix.CountOf(WixSite.GetSiteProperties));
        Assert.Equal(0, site.Wix.CountOf(WixSite.Tokens));
    }

    [Fact]
    public async Task A_source_that_was_there_before_AddWix_stays()
    {
        var source = new Source();
        await using var site = await WixSite.StartAsync(Map, first: builder => builder.Services.AddSingleton<IWixTokenSource>(source));
        source.Give = _ => new(site.Wix.IssueToken(EmulatedIdentity.App()), site.Clock.GetUtcNow().AddHours(1));

        Assert.Equal(200, (int)(await site.GetAsync("/")).Status);
        Assert.Single(source.Requests);
    }

    [Theory]
    [InlineData("")]
    [InlineData("two words")]
    [InlineData("a,b")]
    public void What_can_be_no_token_is_refused_without_being_repeated(string value)
    {
        var mend = Assert.Throws<ArgumentException>(() => new WixToken(value, DateTimeOffset.MaxValue));

        Assert.True(value.Length == 0 || !mend.Message.Contains(value, StringComparison.Ordinal));
        Assert.Equal("[access token]", new WixToken("canary", DateTimeOffset.MaxValue).ToString());
    }

    private static void Map(WebApplication app) => app
        .MapGet("/", async (ElevatedWixClient wix) => (await wix.SiteProperties.GetSitePropertiesAsync()).Properties.SiteDisplayName)
        .Elevate(Callers.Visitor);

    private static Task<WixSite> StartAsync(Source source, Action<WixOptions>? configure = null) => WixSite.StartAsync(
        Map, configure, build: builder => builder.Services.AddSingleton(source).AddWix(static _ => { }).UseTokenSource<Forwarding>());

    private static WixToken Block(ManualResetEventSlim stop)
    {
        stop.Wait(TimeSpan.FromSeconds(30));
        return null!;
    }

    private sealed class Source : IWixTokenSource
    {
        public Func<WixTokenRequest, WixToken> Give { get; set; } = static _ => null!;

        public Task Wait { get; set; } = Task.CompletedTask;

        public List<WixTokenRequest> Requests { get; } = [];

        public async ValueTask<WixToken> GetTokenAsync(WixTokenRequest request, CancellationToken cancellationToken)
        {
            lock (Requests)
                Requests.Add(request);
            await Wait;
            return Give(request);
        }
    }

    private sealed class Forwarding(Source source) : IWixTokenSource
    {
        public ValueTask<WixToken> GetTokenAsync(WixTokenRequest request, CancellationToken cancellationToken) =>
            source.GetTokenAsync(request, cancellationToken);
    }
}
