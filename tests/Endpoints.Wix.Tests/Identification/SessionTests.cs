using System.Net;
using Endpoints.Wix.Emulator;
using Endpoints.Wix.Tests.Hosting;

namespace Endpoints.Wix.Tests.Identification;

/// <summary>Callers who are known by Wix's session cookie.</summary>
public sealed class SessionTests : IAsyncLifetime
{
    private WixSite _site = null!;

    public async Task InitializeAsync() => _site = await WixSite.StartAsync(app =>
    {
        app.MapGet("/", (Caller caller) => $"{caller.Kind} {caller.Id}").Elevate(Callers.Visitor | Callers.Member);
        app.MapGet("/members", (Caller caller) => caller.Id).Elevate(Callers.Member);
    });

    public async Task DisposeAsync() => await _site.DisposeAsync();

    [Fact]
    public async Task A_members_session_is_the_member()
    {
        var cookie = Cookie(_site.Wix.IssueSession(EmulatedIdentity.Member("alice")));

        Assert.Equal("Member alice", (await _site.GetAsync("/", cookie: cookie)).Body);
        Assert.Equal("Member alice", (await _site.GetAsync("/", cookie: cookie)).Body);
        Assert.Equal(1, _site.Wix.CountOf("*"));
    }

    [Fact]
    public async Task An_expired_access_token_is_renewed_once_for_all_requests_that_carry_it()
    {
        var cookie =
            Cookie(_site.Wix.IssueSession(EmulatedIdentity.Member("alice"), options => options.Lifetime = TimeSpan.FromMinutes(1)));
        _site.Clock.Advance(TimeSpan.FromMinutes(2));

        var answers = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => _site.GetAsync("/", cookie: cookie)));

        Assert.All(answers, answer => Assert.Equal("Member alice", answer.Body));
        Assert.Equal(1, _site.Wix.CountOf(WixSite.Tokens));
        Assert.Equal(1, _site.Wix.CountOf(WixSite.TokenInfo));
    }

    [Fact]
    public async Task A_revoked_access_token_is_renewed_as_well()
    {
        var session = _site.Wix.IssueSession(EmulatedIdentity.Member("alice"));
        _site.Wix.Revoke(session.AccessToken);

        Assert.Equal("Member alice", (await _site.GetAsync("/", cookie: Cookie(session))).Body);
    }

    [Fact]
    public async Task A_member_whose_session_cant_be_renewed_now_is_not_made_a_visitor()
    {
        var cookie = Cookie(_site.Wix.IssueSession(EmulatedIdentity.Member("alice"), options => options.Expired()));
        _site.Wix.On(WixSite.Tokens).Times(1).Fail(500);

        var answer = await _site.GetAsync("/", cookie: cookie);

        Assert.Equal((HttpStatusCode.ServiceUnavailable, "wix-unavailable"), (answer.Status, answer.Problem));
        Assert.Equal("Member alice", (await _site.GetAsync("/", cookie: cookie)).Body);
    }

    [Fact]
    public async Task A_member_whose_session_Wix_has_ended_is_anonymous_and_told_so_where_members_go_and_Wix_is_asked_once()
    {
        var session = _site.Wix.IssueSession(EmulatedIdentity.Member("alice"), options => options.Expired());
        _site.Wix.Revoke(session.RefreshToken);

        for (var i = 0; i < 5; i++)
        {
            var answer = await _site.GetAsync("/members", cookie: Cookie(session));
            Assert.Equal((HttpStatusCode.Unauthorized, "session-ended"), (answer.Status, answer.Problem));
            Assert.StartsWith("wixSession=;", answer.Header("Set-Cookie"), StringComparison.Ordinal);
            Assert.Equal("Visitor ", (await _site.GetAsync("/", cookie: Cookie(session))).Body);
        }

        Assert.Equal(1, _site.Wix.CountOf("*"));
    }

    [Fact]
    public async Task A_visitor_whose_session_Wix_has_ended_is_a_visitor()
    {
        var session = _site.Wix.IssueSession(EmulatedIdentity.Visitor(), options => options.Expired());
        _site.Wix.Revoke(session.RefreshToken);

        Assert.Equal("Visitor ", (await _site.GetAsync("/", cookie: SessionCookie.Of(_site.Wix.App.ClientId, session, "visitor"))).Body);
    }

    [Fact]
    public async Task The_header_counts_before_the_cookie()
    {
        var cookie = Cookie(_site.Wix.IssueSession(EmulatedIdentity.Member("alice")));

        Assert.Equal("Member bob", (await _site.GetAsync("/", _site.Wix.IssueToken(EmulatedIdentity.Member("bob")), cookie)).Body);
        Assert.Equal(HttpStatusCode.Unauthorized, (await _site.GetAsync("/", "wrong", cookie)).Status);
    }

    private string Cookie(EmulatedSession session) => SessionCookie.Of(_site.Wix.App.ClientId, session);
}
