using System.Net;
using Endpoints.Wix.Emulator;
using Endpoints.Wix.Tests.Hosting;

namespace Endpoints.Wix.Tests.Elevation;

/// <summary>Input that must not pass the guards of an endpoint that everybody with a token may call.</summary>
public sealed class BadInputTests : IAsyncLifetime
{
    private int _handled;
    private WixSite _site = null!;

    public async Task InitializeAsync() => _site = await StartAsync();

    public async Task DisposeAsync() => await _site.DisposeAsync();

    private Task<WixSite> StartAsync(Action<WixOptions>? configure = null) => WixSite.StartAsync(
        app =>
        {
            app.MapMethods("/elevated", ["GET", "POST"], async (ElevatedWixClient wix) =>
            {
                Interlocked.Increment(ref _handled);
                return (await wix.SiteProperties.GetSitePropertiesAsync()).Properties.BusinessName;
            }).Elevate(Callers.Member | Callers.User | Callers.App);
            app.MapGet("/open", (Caller caller) => $"{caller.Kind} {caller.Id}")
                .Elevate(Callers.Visitor | Callers.Member | Callers.User | Callers.App);
        },
        configure);

    [Fact]
    public async Task No_token_is_401()
    {
        var answer = await _site.GetAsync("/elevated");

        Refused(answer, HttpStatusCode.Unauthorized, "not-authenticated");
        Assert.Equal("Bearer", answer.Header("WWW-Authenticate"));
        Assert.Empty(_site.Wix.Calls);
    }

    [Theory]
    [InlineData("random")]
    [InlineData("Bearer random")]
    [InlineData("OauthNG.JWS.eyJhbGciOiJub25lIn0.eyJkYXRhIjoie30ifQ.")]
    [InlineData("one.dot")]
    [InlineData(".two.")]
    [InlineData("..")]
    public async Task S02_A_random_token_is_401_after_one_question(string token)
    {
        for (var i = 0; i < 5; i++)
            Refused(await _site.GetAsync("/elevated", token), HttpStatusCode.Unauthorized, "token-not-accepted");

        Assert.Equal(1, _site.Wix.CountOf("*"));
    }

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("Bearer")]
    [InlineData("Bearer ")]
    [InlineData("Basic dXNlcjpwYXNz")]
    [InlineData("Basically dXNlcjpwYXNz")]
    [InlineData("ApiKey dXNlcjpwYXNz")]
    [InlineData("a, b")]
    [InlineData("a,b")]
    [InlineData("a b")]
    [InlineData("a\tb")]
    [InlineData("a\u0001b")]
    [InlineData("a\u007fb")]
    [InlineData("tökén")]
    [InlineData("Bearer Bearer x")]
    public async Task S02_What_is_no_token_is_401_without_a_question(string header)
    {
        var context = await _site.Server.SendAsync(request =>
        {
            request.Request.Path = "/elevated";
            request.Request.Headers.Authorization = header;
        });

        Assert.Equal(401, context.Response.StatusCode);
        Assert.Empty(_site.Wix.Calls);
        Assert.Equal(0, _handled);
    }

    [Theory]
    [InlineData(8193)]
    [InlineData(1024 * 1024)]
    public async Task S02_A_token_that_is_too_long_is_401_without_a_question(int length)
    {
        Refused(await _site.GetAsync("/elevated", new string('a', length)), HttpStatusCode.Unauthorized, "token-not-accepted");

        Assert.Empty(_site.Wix.Calls);
    }

    [Fact]
    public async Task S02_Two_Authorization_headers_are_401_even_if_both_are_good()
    {
        var good = Token(EmulatedIdentity.Member());

        var context = await _site.Server.SendAsync(request =>
        {
            request.Request.Path = "/elevated";
            request.Request.Headers.Authorization = new([good, good]);
        });

        Assert.Equal(401, context.Response.StatusCode);
        Assert.Empty(_site.Wix.Calls);
    }

    [Fact]
    public async Task S02_A_truncated_token_is_401()
    {
        var good = Token(EmulatedIdentity.Member());

        Refused(await _site.GetAsync("/elevated", good[..^1]), HttpStatusCode.Unauthorized, "token-not-accepted");
        Assert.Equal(HttpStatusCode.OK, (await _site.GetAsync("/elevated", good)).Status);
    }

    [Fact]
    public async Task S03_An_expired_token_is_401() => Refused(
        await _site.GetAsync("/elevated", Token(EmulatedIdentity.Member(), options => options.Expired())), HttpStatusCode.Unauthorized,
        "token-not-accepted");

    [Fact]
    public async Task S03_A_token_that_is_not_active_is_401() => Refused(
        await _site.GetAsync("/elevated", Token(EmulatedIdentity.Member(), options => options.Inactive = true)),
        HttpStatusCode.Unauthorized, "token-not-accepted");

    [Fact]
    public async Task S03_A_token_that_is_not_valid_yet_is_401() => Refused(
        await _site.GetAsync("/elevated", Token(EmulatedIdentity.Member(), options => options.Age = TimeSpan.FromHours(-1))),
        HttpStatusCode.Unauthorized, "token-not-accepted");

    [Theory]
    [InlineData(1, 0, HttpStatusCode.OK)]
    [InlineData(0, 0, HttpStatusCode.Unauthorized)]
    [InlineData(-1, -100, HttpStatusCode.Unauthorized)]
    [InlineData(10_000, 300, HttpStatusCode.OK)] // clocks may differ by five minutes
    [InlineData(10_000, 301, HttpStatusCode.Unauthorized)]
    public async Task S03_A_token_that_Wix_calls_active_is_held_against_our_own_clock(int expiresIn, int issuedIn, HttpStatusCode status)
    {
        var now = _site.Clock.GetUtcNow().ToUnixTimeSeconds();
        _site.Wix.On(WixSite.TokenInfo).Answer(
            200,
            $$"""{"active":true,"subjectType":"MEMBER","subjectId":"m","exp":"{{now + expiresIn}}","iat":{{now + issuedIn}},"clientId":"{{_site.Wix.App.ClientId}}"}""");

        Assert.Equal(status, (await _site.GetAsync("/open", "token")).Status);
    }

    [Fact]
    public async Task S03_A_remembered_token_is_not_believed_past_its_expiry()
    {
        var token = Token(EmulatedIdentity.Member(), options => options.Lifetime = TimeSpan.FromSeconds(30));
        Assert.Equal(HttpStatusCode.OK, (await _site.GetAsync("/elevated", token)).Status);

        _site.Clock.Advance(TimeSpan.FromSeconds(29));
        Assert.Equal(HttpStatusCode.OK, (await _site.GetAsync("/elevated", token)).Status);

        _site.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(HttpStatusCode.Unauthorized, (await _site.GetAsync("/elevated", token)).Status);
    }

    [Fact]
    public async Task S03_A_revoked_token_is_refused_after_a_minute()
    {
        var token = Token(EmulatedIdentity.Member());
        Assert.Equal(HttpStatusCode.OK, (await _site.GetAsync("/elevated", token)).Status);
        _site.Wix.Revoke(token);

        _site.Clock.Advance(TimeSpan.FromSeconds(59));
        Assert.Equal(HttpStatusCode.OK, (await _site.GetAsync("/elevated", token)).Status);
        _site.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(HttpStatusCode.Unauthorized, (await _site.GetAsync("/elevated", token)).Status);
    }

    [Fact]
    public async Task S04_A_token_of_another_app_is_401_and_logged()
    {
        var other = _site.Wix.AddApp("Other", _site.Wix.Site);
        var token = Token(EmulatedIdentity.User("user-of-other"), options => options.For(other, _site.Wix.Site));

        Refused(await _site.GetAsync("/elevated", token), HttpStatusCode.Unauthorized, "token-not-accepted");

        Assert.Contains(_site.Logs.Of("TokenInspector"),
            line => line.Contains("another app", StringComparison.Ordinal) && line.Contains(other.ClientId, StringComparison.Ordinal));
    }

    [Fact]
    public async Task S04_A_token_without_a_client_is_401() => Refused(
        await _site.GetAsync("/elevated", Token(EmulatedIdentity.Member(), options => options.ClientId = null)),
        HttpStatusCode.Unauthorized, "token-not-accepted");

    [Fact]
    public async Task A_users_token_without_an_instance_elevates_nothing() => Refused(
        await _site.GetAsync("/elevated", Token(EmulatedIdentity.User(), options => options.InstanceId = null)), HttpStatusCode.Forbidden,
        "caller-not-allowed");

    [Theory]
    [InlineData("UNKNOWN")]
    [InlineData("API_KEY")]
    [InlineData("member")]
    public async Task A_token_of_nobody_known_is_401(string subjectType)
    {
        _site.Wix.On(WixSite.TokenInfo).Answer(200, Info(subjectType: subjectType));

        Refused(await _site.GetAsync("/elevated", "token"), HttpStatusCode.Unauthorized, "token-not-accepted");
    }

    [Theory]
    [InlineData("wixSession=")]
    [InlineData("wixSession=garbage")]
    [InlineData("wixSession=%7B")]
    [InlineData("wixSession=%7B%7D")]
    [InlineData("wixSession=null")]
    [InlineData("wixSession=%5B%5D")]
    [InlineData("wixSession=%22text%22")]
    [InlineData("wixSession=%ff%fe%00")]
    [InlineData("wixSession={\"clientId\":1,\"tokens\":[]}")]
    [InlineData("wixSession")]
    [InlineData("=;;wixSession=x;;=")]
    public async Task A_malformed_cookie_is_an_anonymous_visitor(string cookie)
    {
        Assert.Equal("Visitor ", (await _site.GetAsync("/open", cookie: cookie)).Body);
        Refused(await _site.GetAsync("/elevated", cookie: cookie), HttpStatusCode.Unauthorized, "not-authenticated");
        Assert.Empty(_site.Wix.Calls);
    }

    [Fact]
    public async Task A_cookie_whose_parts_have_the_wrong_kind_is_an_anonymous_visitor()
    {
        foreach (var tokens in new[] { "1", "[]", "null", "{}", """{"accessToken":1,"refreshToken":[]}""",
            """{"accessToken":{"value":5,"expiresAt":"x"},"refreshToken":{"value":null,"role":7}}""" })
        {
            var cookie = "wixSession=" + Uri.EscapeDataString($$"""{"clientId":"{{_site.Wix.App.ClientId}}","tokens":{{tokens}}}""");
            Assert.Equal("Visitor ", (await _site.GetAsync("/open", cookie: cookie)).Body);
        }

        Assert.Empty(_site.Wix.Calls);
    }

    [Fact]
    public async Task A_cookie_of_another_client_is_an_anonymous_visitor_without_a_question()
    {
        var session = _site.Wix.IssueSession(EmulatedIdentity.Member());

        Assert.Equal("Visitor ", (await _site.GetAsync("/open", cookie: SessionCookie.Of(Guid.NewGuid().ToString(), session))).Body);
        Assert.Empty(_site.Wix.Calls);
    }

    [Fact]
    public async Task A_cookie_that_is_too_long_is_an_anonymous_visitor()
    {
        var session = _site.Wix.IssueSession(EmulatedIdentity.Member());
        var cookie = SessionCookie.Of(_site.Wix.App.ClientId, session.AccessToken, session.ExpiresAt, new string('r', 9000), "member");

        Assert.Equal("Visitor ", (await _site.GetAsync("/open", cookie: cookie)).Body);
        Assert.Empty(_site.Wix.Calls);
    }

    [Fact]
    public async Task A_made_up_token_in_a_cookie_makes_nobody_a_member()
    {
        var cookie = SessionCookie.Of(_site.Wix.App.ClientId, "made-up", _site.Clock.GetUtcNow().AddHours(1), "also-made-up", "member");

        Refused(await _site.GetAsync("/elevated", cookie: cookie), HttpStatusCode.Unauthorized, "session-ended");
    }

    [Fact]
    public async Task A_visitors_cookie_that_says_member_is_a_visitors()
    {
        var cookie = SessionCookie.Of(_site.Wix.App.ClientId, _site.Wix.IssueSession(EmulatedIdentity.Visitor("visitor-1")),
            role: "member");

        Assert.Equal("Visitor visitor-1", (await _site.GetAsync("/open", cookie: cookie)).Body);
        Refused(await _site.GetAsync("/elevated", cookie: cookie), HttpStatusCode.Forbidden, "caller-not-allowed");
    }

    [Theory]
    [InlineData(500)]
    [InlineData(502)]
    [InlineData(429)]
    [InlineData(404)]
    [InlineData(302)]
    [InlineData(204)]
    public async Task A_Wix_that_answers_nothing_usable_is_503_and_never_a_pass(int status)
    {
        _site.Wix.On(WixSite.TokenInfo).Answer(status, status == 204 ? "" : Info());

        var answer = await _site.GetAsync("/elevated", Token(EmulatedIdentity.Member()));

        Refused(answer, HttpStatusCode.ServiceUnavailable, "wix-unavailable");
        Assert.NotNull(answer.Header("Retry-After"));
    }

    [Fact]
    public async Task When_Wix_says_when_to_ask_again_the_caller_hears_it()
    {
        _site.Wix.On(WixSite.TokenInfo).Fail(429, TimeSpan.FromSeconds(17));

        var answer = await _site.GetAsync("/elevated", Token(EmulatedIdentity.Member()));

        Refused(answer, HttpStatusCode.ServiceUnavailable, "wix-unavailable");
        Assert.Equal("17", answer.Header("Retry-After"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("true")]
    [InlineData("{\"active\":true}")]
    [InlineData("{\"active\":1,\"subjectType\":\"MEMBER\"}")]
    [InlineData("{\"active\":\"yes\"}")]
    [InlineData("{\"active\":false,\"active\":true,\"subjectType\":\"MEMBER\",\"subjectId\":\"x\",\"exp\":99999999999,\"clientId\":\"x\"}")]
    [InlineData("<html>")]
    public async Task Garbage_from_token_info_is_503(string body)
    {
        _site.Wix.On(WixSite.TokenInfo).Answer(200, body);

        Refused(await _site.GetAsync("/elevated", "token"), HttpStatusCode.ServiceUnavailable, "wix-unavailable");
    }

    [Fact]
    public async Task Garbage_from_the_emulators_gateway_is_503()
    {
        _site.Wix.On(WixSite.TokenInfo).Garbage();

        Refused(await _site.GetAsync("/elevated", "token"), HttpStatusCode.ServiceUnavailable, "wix-unavailable");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_Wix_that_never_answers_is_503_within_the_time_limit(bool afterHeaders)
    {
        await using var impatient = await StartAsync(options => options.Resilience.TokenTimeout = TimeSpan.FromMilliseconds(300));
        impatient.Wix.On(WixSite.TokenInfo).Hang(afterHeaders);

        Refused(await impatient.GetAsync("/elevated", impatient.Wix.IssueToken(EmulatedIdentity.Member())),
            HttpStatusCode.ServiceUnavailable, "wix-unavailable");
    }

    [Fact]
    public async Task A_Wix_that_drops_the_connection_is_503()
    {
        _site.Wix.On(WixSite.TokenInfo).Drop();

        Refused(await _site.GetAsync("/elevated", Token(EmulatedIdentity.Member())), HttpStatusCode.ServiceUnavailable, "wix-unavailable");
    }

    [Fact]
    public async Task A_Wix_that_works_again_is_asked_again_at_once()
    {
        var token = Token(EmulatedIdentity.Member());
        _site.Wix.On(WixSite.TokenInfo).Times(1).Fail(500);

        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await _site.GetAsync("/elevated", token)).Status);
        Assert.Equal(HttpStatusCode.OK, (await _site.GetAsync("/elevated", token)).Status);
    }

    [Theory]
    [InlineData(500)]
    [InlineData(429)]
    public async Task An_app_token_that_cant_be_had_is_503(int status)
    {
        _site.Wix.On(WixSite.Tokens).Fail(status);

        var answer = await _site.GetAsync("/elevated", Token(EmulatedIdentity.Member()));

        Assert.Equal((HttpStatusCode.ServiceUnavailable, "wix-unavailable"), (answer.Status, answer.Problem));
        Assert.Equal(0, _site.Wix.CountOf(WixSite.GetSiteProperties));
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("{\"access_token\":\"\",\"expires_in\":100}")]
    [InlineData("{\"access_token\":\"x\"}")]
    [InlineData("{\"access_token\":\"x\",\"expires_in\":0}")]
    [InlineData("{\"access_token\":\"x\",\"expires_in\":-5}")]
    [InlineData("{\"access_token\":\"x\\r\\ny\",\"expires_in\":100}")]
    [InlineData("garbage")]
    public async Task Garbage_from_the_token_endpoint_is_503(string body)
    {
        _site.Wix.On(WixSite.Tokens).Answer(200, body);

        var answer = await _site.GetAsync("/elevated", Token(EmulatedIdentity.Member()));

        Assert.Equal((HttpStatusCode.ServiceUnavailable, "wix-unavailable"), (answer.Status, answer.Problem));
        Assert.Equal(0, _site.Wix.CountOf(WixSite.GetSiteProperties));
    }

    [Fact]
    public async Task Token_infos_answer_may_hold_texts_for_numbers()
    {
        await using var site = await WixSite.StartAsync(
            app => app.MapGet("/", (Caller caller) => caller.Id).Elevate(Callers.Member),
            emulate: options => options.TokenInfoAsStrings = true);

        Assert.Equal("m1", (await site.GetAsync("/", site.Wix.IssueToken(EmulatedIdentity.Member("m1")))).Body);
    }

    [Fact]
    public async Task Both_ways_of_sending_a_token_are_taken()
    {
        var token = Token(EmulatedIdentity.Member("m1"));

        foreach (var header in new[] { token, "Bearer " + token, "bearer " + token, "BEARER  " + token })
            Assert.Equal("Member m1", (await _site.GetAsync("/open", header)).Body);

        Assert.Equal(1, _site.Wix.CountOf(WixSite.TokenInfo));
    }

    private string Token(EmulatedIdentity identity, Action<EmulatedTokenOptions>? configure = null) =>
        _site.Wix.IssueToken(identity, configure);

    private string Info(string subjectType = "MEMBER") =>
        $$"""{"active":true,"subjectType":"{{subjectType}}","subjectId":"m","exp":{{_site.Clock.GetUtcNow().AddHours(1).ToUnixTimeSeconds()}},"iat":1,"clientId":"{{_site.Wix.App.ClientId}}"}""";

    private void Refused(Answer answer, HttpStatusCode status, string problem)
    {
        Assert.Equal((status, problem), (answer.Status, answer.Problem));
        Assert.Equal("no-store", answer.Header("Cache-Control"));
        Assert.Equal(0, _handled);
        Assert.Equal(0, _site.Wix.CountOf(WixSite.GetSiteProperties));
    }
}
