using Endpoints.Wix.Emulator;
using Endpoints.Wix.Tests.Hosting;

namespace Endpoints.Wix.Tests.Replacements;

/// <summary>A source of token-info of the application's own: it says who callers are, and is held to what Wix is held to.</summary>
public sealed class TokenInfoSourceTests
{
    private const string Token = "OauthNG.JWS.a-token";

    [Fact]
    public async Task Callers_are_who_the_applications_own_source_says()
    {
        var source = new Source();
        await using var site = await StartAsync(source);
        source.Give = token => token.Reveal() == Token ? Info(site) : null;

        Assert.Equal("ada", (await site.GetAsync("/", Token)).Body);
        Assert.Equal("ada", (await site.GetAsync("/", Token)).Body);
        Assert.Equal(401, (int)(await site.GetAsync("/", "OauthNG.JWS.another")).Status);

        Assert.Equal(2, source.Count); // and each answer is kept
        Assert.Equal(0, site.Wix.CountOf(WixSite.TokenInfo));
    }

    [Fact]
    public async Task The_source_that_is_there_can_be_decorated()
    {
        await using var site =
            await WixSite.StartAsync(Map, build: static builder => builder.Services.Decorate<IWixTokenInfoSource, OnlyAda>());

        Assert.Equal("ada", (await site.GetAsync("/", site.Wix.IssueToken(EmulatedIdentity.Member("ada")))).Body);
        Assert.Equal(401, (int)(await site.GetAsync("/", site.Wix.IssueToken(EmulatedIdentity.Member("eve")))).Status);
        Assert.Equal(2, site.Wix.CountOf(WixSite.TokenInfo));
    }

    [Theory]
    [InlineData("null", 401)]
    [InlineData("another app", 401)]
    [InlineData("no app", 401)]
    [InlineData("nobody", 401)]
    [InlineData("no id that could be one", 401)]
    [InlineData("two kinds", 401)]
    [InlineData("no kind", 401)]
    [InlineData("an unknown kind", 401)]
    [InlineData("expired", 401)]
    [InlineData("not valid yet", 401)]
    [InlineData("throws", 503)]
    [InlineData("faulted", 503)]
    [InlineData("canceled", 503)]
    [InlineData("unavailable", 503)]
    [InlineData("hangs", 503)]
    [InlineData("another instance", 403)]
    public async Task A_source_that_misbehaves_lets_nobody_in(string how, int status)
    {
        var source = new Source();
        await using var site =
            await StartAsync(source, how == "hangs" ? static options => options.Resilience.TokenTimeout = TimeSpan.FromSeconds(1) : null);
        source.Give = _ => how switch
        {
            "null" => null,
            "another app" => Info(site, client: "another-app"),
            "no app" => Info(site, client: null!),
            "nobody" => Info(site, id: null!),
            "no id that could be one" => Info(site, id: "a\nb"),
            "two kinds" => Info(site, Callers.Member | Callers.User),
            "no kind" => Info(site, 0),
            "an unknown kind" => Info(site, (Callers)16),
            "expired" => Info(site, lives: TimeSpan.Zero),
            "not valid yet" => Info(site, issued: site.Clock.GetUtcNow().AddHours(1)),
            "throws" => throw new InvalidOperationException("canary"),
            "unavailable" => throw new WixUnavailableException("later"),
            "another instance" => Info(site, instance: "another-instance"),
            _ => Info(site),
        };
        source.Wait = how switch
        {
            "faulted" => Task.FromException(new TimeoutException("canary")),
            "canceled" => Task.FromCanceled(new(canceled: true)),
            "hangs" => new TaskCompletionSource().Task,
            _ => Task.CompletedTask,
        };

        var answer = await site.GetAsync("/elevated", Token);

        Assert.Equal(status, (int)answer.Status);
        Assert.DoesNotContain("canary", answer.Body, StringComparison.Ordinal);
        Assert.Equal(0, site.Wix.CountOf(WixSite.GetSiteProperties));
    }

    private static WixTokenInfo Info(
        WixSite site, Callers kind = Callers.Member, string id = "ada", string? client = "", string? instance = null,
        TimeSpan? lives = null, DateTimeOffset? issued = null) => new()
        {
            Kind = kind,
            Id = id,
            ClientId = client is "" ? site.Wix.App.ClientId : client!,
            InstanceId = instance ?? site.Wix.InstanceId,
            SiteId = site.Wix.Site.Id,
            IssuedAt = issued,
            ExpiresAt = site.Clock.GetUtcNow() + (lives ?? TimeSpan.FromHours(1)),
        };

    private static void Map(WebApplication app)
    {
        app.MapGet("/", (Caller caller) => caller.Id).Elevate(Callers.Member);
        app.MapGet("/elevated",
            async (ElevatedWixClient wix) => (await wix.SiteProperties.GetSitePropertiesAsync()).Properties.SiteDisplayName)
            .Elevate(Callers.Visitor | Callers.Member | Callers.User | Callers.App);
    }

    private static Task<WixSite> StartAsync(Source source, Action<WixOptions>? configure = null) => WixSite.StartAsync(
        Map, configure, build: builder => builder.Services.AddSingleton(source).AddWix(static _ => { }).UseTokenInfoSource<Forwarding>());

    private sealed class Source : IWixTokenInfoSource
    {
        private int _count;

        public Func<AccessToken, WixTokenInfo?> Give { get; set; } = static _ => null;

        public Task Wait { get; set; } = Task.CompletedTask;

        public int Count => _count;

        public async ValueTask<WixTokenInfo?> GetTokenInfoAsync(AccessToken token, CancellationToken cancellationToken)
        {
            Interlocked.Increment(ref _count);
            await Wait;
            return Give(token);
        }
    }

    private sealed class Forwarding(Source source) : IWixTokenInfoSource
    {
        public ValueTask<WixTokenInfo?> GetTokenInfoAsync(AccessToken token, CancellationToken cancellationToken) =>
            source.GetTokenInfoAsync(token, cancellationToken);
    }

    private sealed class OnlyAda(IWixTokenInfoSource inner) : IWixTokenInfoSource
    {
        public async ValueTask<WixTokenInfo?> GetTokenInfoAsync(AccessToken token, CancellationToken cancellationToken) =>
            await inner.GetTokenInfoAsync(token, cancellationToken) is { Id: "ada" } info ? info : null;
    }
}
