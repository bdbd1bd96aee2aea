using System.Net;
using Endpoints.Wix.Emulator;
using Endpoints.Wix.Tests.Hosting;

namespace Endpoints.Wix.Tests.Identification;

/// <summary>A site behind a password: browsers send it in the header in which Wix's clients send tokens.</summary>
public sealed class PasswordTests : IAsyncLifetime
{
    private WixSite _site = null!;

    public async Task InitializeAsync() => _site = await WixSite.StartAsync(app =>
    {
        app.MapMethods("/", ["GET", "POST"], (Caller caller) => $"{caller.Kind} {caller.Id}").Elevate(Callers.Visitor | Callers.Member);
        app.MapGet("/members", (Caller caller) => caller.Id).Elevate(Callers.Member);
    });

    public async Task DisposeAsync() => await _site.DisposeAsync();

    [Theory]
    [InlineData("Basic dXNlcjpwYXNz")]
    [InlineData("basic dXNlcjpwYXNz")]
    [InlineData(" Basic  dXNlcjpwYXNz ")]
    [InlineData("Digest username=\"user\", realm=\"staging\", uri=\"/\"")]
    [InlineData("Negotiate YIIB")]
    [InlineData("NTLM TlRMTVNT")]
    [InlineData("Kerberos YIIB")]
    public async Task A_session_counts_beside_a_password_and_changes_things_from_the_sites_own_pages_only(string header)
    {
        var cookie = SessionCookie.Of(_site.Wix.App.ClientId, _site.Wix.IssueSession(EmulatedIdentity.Member("alice")));

        Assert.Equal("Member alice", (await _site.GetAsync("/", header, cookie)).Body);
        Assert.Equal("Member alice", (await _site.SendAsync("POST", "/", header, cookie, headers: ("Sec-Fetch-Site", "same-origin"))).Body);
        foreach (var from in new[] { "cross-site", "same-site", "none" })
        {
            var answer = await _site.SendAsync("POST", "/", header, cookie, headers: ("Sec-Fetch-Site", from));
            Assert.Equal((HttpStatusCode.Forbidden, "cross-site-session"), (answer.Status, answer.Problem));
        }

        Assert.DoesNotContain(_site.Wix.CallsTo(WixSite.TokenInfo),
            call => call.Body.Contains(header.Trim().Split(' ')[^1].Trim('"'), StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_password_alone_is_nobody()
    {
        Assert.Equal("Visitor ", (await _site.GetAsync("/", "Basic dXNlcjpwYXNz")).Body);
        var members = await _site.GetAsync("/members", "Basic dXNlcjpwYXNz");
        Assert.Equal((HttpStatusCode.Unauthorized, "not-authenticated"), (members.Status, members.Problem));
        Assert.Empty(_site.Wix.Calls);
    }

    [Theory]
    [InlineData("Basic")]
    [InlineData("Basically dXNlcjpwYXNz")]
    [InlineData("ApiKey dXNlcjpwYXNz")]
    [InlineData("Bearer Basic dXNlcjpwYXNz")]
    public async Task Any_other_text_is_401_whatever_session_is_beside_it(string header)
    {
        var cookie = SessionCookie.Of(_site.Wix.App.ClientId, _site.Wix.IssueSession(EmulatedIdentity.Member("alice")));

        var answer = await _site.GetAsync("/", header, cookie);

        Assert.Equal((HttpStatusCode.Unauthorized, "token-not-accepted"), (answer.Status, answer.Problem));
    }

    [Fact]
    public async Task A_password_and_a_token_in_two_headers_are_401()
    {
        var token = _site.Wix.IssueToken(EmulatedIdentity.Member("alice"));
        var context = await _site.Server.SendAsync(request =>
        {
            request.Request.Path = "/";
            request.Request.Headers.Authorization = new(["Basic dXNlcjpwYXNz", token]);
        });

        Assert.Equal(401, context.Response.StatusCode);
    }
}
