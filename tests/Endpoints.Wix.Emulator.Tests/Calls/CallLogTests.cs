namespace Endpoints.Wix.Emulator.Tests.Calls;

public sealed class CallLogTests : EmulatorTest
{
    private protected override void Configure(WixEmulatorOptions options) => options.CallLogCapacity = 5;

    [Fact]
    public async Task A_call_is_remembered_with_what_it_carried()
    {
        var token = Wix.IssueToken(EmulatedIdentity.Member("m-1"));
        using var response = await Client.CallAsync(
            "POST /site-properties/v4/properties/business-profile?x=1", token, new { businessProfile = new { } }, ("X-Trace", "t"));

        var call = Assert.Single(Wix.Calls);
        Assert.Equal(1, call.Number);
        Assert.Equal("POST /site-properties/v4/properties/business-profile", call.Route);
        Assert.Equal("/site-properties/v4/properties/business-profile?x=1", call.RawTarget);
        Assert.Equal(token, call.Header("authorization"));
        Assert.Equal("t", call.Header("x-trace"));
        Assert.Null(call.Header("wix-site-id"));
        Assert.Equal("""{"businessProfile":{}}""", call.Body);
        Assert.Equal(403, call.StatusCode);
        Assert.Equal(EmulatedIdentityKind.Member, call.Caller?.Kind);
        Assert.Equal("m-1", call.Caller?.Id);
        Assert.Equal(Wix.InstanceId, call.Caller?.InstanceId);
        Assert.Equal(response.Headers.GetValues("X-Wix-Request-Id").Single(), call.RequestId);
        Assert.Equal(Time.GetUtcNow(), call.At);
    }

    [Fact]
    public async Task Calls_of_nobody_and_to_nowhere_are_remembered_too()
    {
        using var response = await Client.CallAsync("GET /nowhere", "rubbish");

        var call = Assert.Single(Wix.Calls);
        Assert.Null(call.Route);
        Assert.Null(call.Caller);
        Assert.Equal(404, call.StatusCode);
    }

    [Fact]
    public async Task Calls_are_counted_per_route_beyond_what_is_remembered()
    {
        for (var i = 0; i < 7; i++)
            await AnonymousAsync();
        using var other = await PropertiesAsync(null);

        Assert.Equal(7, Wix.CountOf("POST /oauth2/token"));
        Assert.Equal(1, Wix.CountOf("GET /site-properties/*"));
        Assert.Equal(0, Wix.CountOf("POST /oauth2/token-info"));
        Assert.Equal(8, Wix.CountOf("*"));
        Assert.Equal(5, Wix.Calls.Count);
        Assert.Equal(4, Wix.CallsTo("POST /oauth2/token").Count);
        Wix.ClearCalls();
        Assert.Empty(Wix.Calls);
        Assert.Equal(0, Wix.CountOf("*"));
    }

    [Theory]
    [InlineData("POST /oauth2/tokens")]
    [InlineData("GET /oauth2/token")]
    [InlineData("/oauth2/token")]
    [InlineData("POST oauth2/token")]
    public void A_route_that_the_emulator_does_not_have_is_an_exception_that_helps(string route)
    {
        Assert.Throws<ArgumentException>(() => Wix.CallsTo(route));
        Assert.Throws<ArgumentException>(() => Wix.CountOf(route));
        Assert.Throws<ArgumentException>(() => Wix.On(route));
    }

    [Fact]
    public void The_exception_names_routes_that_look_alike()
    {
        var e = Assert.Throws<ArgumentException>(() => Wix.CallsTo("POST /oauth2/tokens"));

        Assert.Contains("POST /oauth2/token, POST /oauth2/token-info", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_test_can_wait_for_calls_to_arrive()
    {
        var arrived = Wix.WaitForCallsAsync("POST /oauth2/token", 2);
        await AnonymousAsync();
        Assert.False(arrived.IsCompleted);
        await AnonymousAsync();

        await arrived;
        await Wix.WaitForCallsAsync("POST /oauth2/token", 2);
    }

    [Fact]
    public async Task Printing_shows_no_secret()
    {
        var token = AppToken();
        await PropertiesAsync(token).JsonAsync();
        await TokenAsync(new { client_id = Wix.App.ClientId, client_secret = Wix.App.ClientSecret, grant_type = "client_credentials" });

        var printed = string.Concat(
            [.. Wix.Calls.Select(c => $"{c} {c.Caller}"),
                $"{Wix.App} {Wix.Site} {Wix.ApiKey} {Wix.IssueSession(EmulatedIdentity.Visitor())}"]);

        Assert.DoesNotContain(token, printed, StringComparison.Ordinal);
        Assert.DoesNotContain(Wix.App.ClientSecret, printed, StringComparison.Ordinal);
        Assert.DoesNotContain(Wix.ApiKey.Value, printed, StringComparison.Ordinal);
        Assert.DoesNotContain("JWS.", printed, StringComparison.Ordinal);
    }
}
