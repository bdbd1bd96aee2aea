using System.Net;
using Endpoints.Wix.Emulator;
using Endpoints.Wix.Tests.Hosting;

namespace Endpoints.Wix.Tests.Elevation;

/// <summary>The number of calls to Wix that the callers of an elevated endpoint cost.</summary>
public sealed class CostTests : IAsyncLifetime
{
    private WixSite _site = null!;

    public async Task InitializeAsync() => _site = await WixSite.StartAsync(app =>
    {
        app.MapGet("/", async (WixAuth auth, SiteProperties siteProperties) =>
        {
            var elevated = auth.Elevate(siteProperties.GetSitePropertiesAsync);
            return (await elevated()).Properties.SiteDisplayName;
        }).Elevate(Callers.Member | Callers.User);
        app.MapGet("/no-call", (Caller caller) => caller.Id).Elevate(Callers.Member);
    });

    public async Task DisposeAsync() => await _site.DisposeAsync();

    [Fact]
    public async Task A_thousand_requests_of_one_caller_cost_one_question_and_one_token()
    {
        var token = _site.Wix.IssueToken(EmulatedIdentity.Member());

        for (var i = 0; i < 1000; i++)
            Assert.Equal(HttpStatusCode.OK, (await _site.GetAsync("/", token)).Status);

        AssertCalls(questions: 1, tokens: 1, reads: 1000);
    }

    [Fact]
    public async Task Two_hundred_first_requests_at_once_cost_one_question_and_one_token()
    {
        var token = _site.Wix.IssueToken(EmulatedIdentity.User());
        using var questions = _site.Wix.On(WixSite.TokenInfo).Hold();
        using var tokens = _site.Wix.On(WixSite.Tokens).Hold();

        var requests = Enumerable.Range(0, 200).Select(_ => _site.GetAsync("/", token)).ToArray();
        await questions.WaitForArrivalsAsync(1);
        questions.Open();
        await tokens.WaitForArrivalsAsync(1);
        tokens.Open();

        Assert.All(await Task.WhenAll(requests), answer => Assert.Equal(HttpStatusCode.OK, answer.Status));
        AssertCalls(questions: 1, tokens: 1, reads: 200);
    }

    [Fact]
    public async Task S17_Five_hundred_requests_with_one_wrong_token_cost_one_question()
    {
        var requests = Enumerable.Range(0, 500).Select(_ => _site.GetAsync("/", "wrong")).ToArray();

        Assert.All(await Task.WhenAll(requests), answer => Assert.Equal(HttpStatusCode.Unauthorized, answer.Status));
        AssertCalls(questions: 1, tokens: 0, reads: 0);
    }

    [Fact]
    public async Task A_caller_who_leaves_does_not_stop_the_question_for_the_others()
    {
        var token = _site.Wix.IssueToken(EmulatedIdentity.Member("m1"));
        using var gate = _site.Wix.On(WixSite.TokenInfo).Hold();
        using var leaving = new CancellationTokenSource();
        using var first = new HttpRequestMessage(HttpMethod.Get, "/no-call");
        first.Headers.TryAddWithoutValidation("Authorization", token);

        var left = _site.Client.SendAsync(first, leaving.Token);
        await gate.WaitForArrivalsAsync(1);
        var stays = _site.GetAsync("/no-call", token);
        await leaving.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => left);
        gate.Open();

        Assert.Equal("m1", (await stays).Body);
        AssertCalls(questions: 1, tokens: 0, reads: 0);
    }

    [Fact]
    public async Task S18_Ten_thousand_anonymous_requests_cost_no_call_at_all()
    {
        await using var site =
            await WixSite.StartAsync(app => app.MapGet("/", (Caller caller) => caller.Kind.ToString()).Elevate(Callers.Visitor));

        for (var i = 0; i < 10_000; i++)
        {
            using var response = await site.Client.GetAsync("/");
            Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        }

        Assert.Empty(site.Wix.Calls);
    }

    [Fact]
    public async Task Tokens_are_minted_per_instance_and_never_cross()
    {
        var sites = Enumerable.Range(0, 4).Select(i => _site.Wix.AddSite($"Site {i}")).ToArray();
        var tokens = sites.Select(site =>
        {
            _site.Wix.App.InstallOn(site);
            return _site.Wix.IssueToken(EmulatedIdentity.User($"user-of-{site.Name}"), options => options.For(_site.Wix.App, site));
        }).ToArray();

        var answers =
            await Task.WhenAll(
                Enumerable.Range(0, 1000).Select(async i => (Site: sites[i % 4], Answer: await _site.GetAsync("/", tokens[i % 4]))));

        Assert.All(answers, pair => Assert.Equal(pair.Site.Name, pair.Answer.Body));
        AssertCalls(questions: 4, tokens: 4, reads: 1000);
    }

    private void AssertCalls(int questions, int tokens, int reads)
    {
        Assert.Equal(questions, _site.Wix.CountOf(WixSite.TokenInfo));
        Assert.Equal(tokens, _site.Wix.CountOf(WixSite.Tokens));
        Assert.Equal(reads, _site.Wix.CountOf(WixSite.GetSiteProperties));
    }
}
