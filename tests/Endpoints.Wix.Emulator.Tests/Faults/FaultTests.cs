using System.Net;

namespace Endpoints.Wix.Emulator.Tests.Faults;

public sealed class FaultTests : EmulatorTest
{
    private const string Token = "POST /oauth2/token";

    [Fact]
    public async Task A_failure_is_in_the_shape_of_Wix_and_carries_nothing_out()
    {
        using var fault = Wix.On("POST /site-properties/v4/properties/business-profile").Fail(500);

        using var response = await Client.CallAsync(
            "POST /site-properties/v4/properties/business-profile", AppToken(), new { businessProfile = new { businessName = "New" } });

        Assert.Equal(HttpStatusCode.InternalServerError, response.StatusCode);
        Assert.Equal("EMULATED_FAULT", (await response.JsonAsync()).ErrorCode());
        Assert.DoesNotContain("New", Wix.Site.Properties.ToJsonString(), StringComparison.Ordinal);
        Assert.Equal(1, fault.Hits);
        Assert.Equal(500, Wix.Calls.Single().StatusCode);
    }

    [Fact]
    public async Task A_failure_can_say_when_to_come_back()
    {
        Wix.On(Token).Fail(429, TimeSpan.FromSeconds(7));

        using var response = await Client.CallAsync(Token);

        Assert.Equal(HttpStatusCode.TooManyRequests, response.StatusCode);
        Assert.Equal(TimeSpan.FromSeconds(7), response.Headers.RetryAfter?.Delta);
    }

    [Fact]
    public async Task A_fault_can_be_limited_to_some_calls_and_others_follow_it()
    {
        Wix.On(Token).Times(2).Fail(500);
        Wix.On(Token).Times(1).Fail(503);

        await AssertStatusesAsync(500, 500, 503, 200);
    }

    [Fact]
    public async Task A_fault_can_let_the_first_calls_pass()
    {
        Wix.On(Token).After(2).Times(1).Fail(500);

        await AssertStatusesAsync(200, 200, 500, 200);
    }

    [Fact]
    public async Task A_fault_can_pick_its_calls()
    {
        Wix.On(Token).When(call => call.Body.Contains("client_credentials", StringComparison.Ordinal)).Fail(500);

        await AssertStatusesAsync(200);
        using var picked = await Client.CallAsync(Token, json: new { grant_type = "client_credentials" });
        Assert.Equal(HttpStatusCode.InternalServerError, picked.StatusCode);
    }

    [Fact]
    public async Task A_fault_stays_until_it_is_cleared()
    {
        var fault = Wix.On(Token).Fail(500);
        await AssertStatusesAsync(500, 500);

        fault.Dispose();

        await AssertStatusesAsync(200);
    }

    [Fact]
    public async Task All_faults_can_be_cleared_at_once()
    {
        Wix.On("*").Fail(500);
        Wix.On("POST /oauth2/*").Drop();
        Wix.ClearFaults();

        await AssertStatusesAsync(200);
    }

    [Fact]
    public async Task Other_routes_are_not_touched()
    {
        Wix.On("POST /oauth2/token-info").Fail(500);

        await AssertStatusesAsync(200);
    }

    [Fact]
    public async Task Garbage_says_it_is_JSON_and_is_not()
    {
        Wix.On(Token).Garbage();

        using var response = await Client.CallAsync(Token);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("application/json", response.Content.Headers.ContentType?.MediaType);
        Assert.StartsWith("<html>", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_answer_can_be_written_by_the_test()
    {
        Wix.On(Token).Answer(418, "teapot", "text/plain");

        using var response = await Client.CallAsync(Token);

        Assert.Equal(418, (int)response.StatusCode);
        Assert.Equal("teapot", await response.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task A_dropped_call_has_no_answer()
    {
        Wix.On(Token).Drop();

        await Assert.ThrowsAsync<HttpRequestException>(() => AnonymousAsync());

        Assert.Null(Wix.Calls.Single().StatusCode);
    }

    [Fact]
    public async Task A_lost_answer_was_carried_out()
    {
        Wix.On("POST /site-properties/*").LoseAnswer();

        await Assert.ThrowsAsync<HttpRequestException>(() => Client.CallAsync(
            "POST /site-properties/v4/properties/business-profile", AppToken(), new { businessProfile = new { businessName = "New" } }));

        Assert.Equal("New", (string?)Wix.Site.Properties["businessName"]);
    }

    [Fact]
    public async Task A_delay_goes_by_the_emulators_clock()
    {
        Wix.On(Token).Delay(TimeSpan.FromSeconds(30));
        var call = AnonymousAsync();
        await Wix.WaitForCallsAsync(Token);
        Assert.False(call.IsCompleted);

        while (!call.IsCompleted)
        {
            Time.Advance(TimeSpan.FromSeconds(30)); // again, should the delay not have begun yet
            await Task.Yield();
        }

        Assert.True((await call).TryGetProperty("access_token", out _));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_call_that_hangs_ends_when_the_caller_gives_up(bool afterHeaders)
    {
        Wix.On(Token).Hang(afterHeaders);
        using var patience = new CancellationTokenSource();
        using var request = new HttpRequestMessage(HttpMethod.Post, "/oauth2/token");
        var call = Client.SendAsync(request, patience.Token);
        await Wix.WaitForCallsAsync(Token);
        Assert.False(call.IsCompleted);

        await patience.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
    }

    [Fact]
    public async Task A_call_that_hangs_goes_on_when_the_fault_is_cleared()
    {
        var fault = Wix.On(Token).Hang();
        var call = AnonymousAsync();
        await Wix.WaitForCallsAsync(Token);

        fault.Dispose();

        Assert.True((await call).TryGetProperty("access_token", out _));
    }

    [Fact]
    public async Task Stopping_does_not_wait_for_calls_that_hang()
    {
        Wix.On(Token).Hang();
        var call = AnonymousAsync();
        await Wix.WaitForCallsAsync(Token);

        await Wix.DisposeAsync();

        await Task.WhenAny(call);
    }

    [Fact]
    public async Task A_gate_holds_calls_until_the_test_lets_them_go()
    {
        using var gate = Wix.On(Token).Hold();
        var calls = Enumerable.Range(0, 5).Select(_ => AnonymousAsync()).ToArray();
        await gate.WaitForArrivalsAsync(5);
        Assert.Equal(5, gate.Waiting);

        gate.Release(2);
        await Task.WhenAny(calls);
        Assert.Equal(3, gate.Waiting);
        gate.Open();

        Assert.All(await Task.WhenAll(calls), answer => Assert.True(answer.TryGetProperty("access_token", out _)));
        await AssertStatusesAsync(200);
        Assert.Equal(5, gate.Arrived);
    }

    [Fact]
    public async Task A_held_call_can_still_fail()
    {
        using var gate = Wix.On(Token).Hold();
        Wix.On(Token).Fail(503);
        var call = Client.CallAsync(Token);
        await gate.WaitForArrivalsAsync(1);
        gate.Open();

        using var response = await call;

        Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode);
    }

    private async Task AssertStatusesAsync(params int[] expected)
    {
        var statuses = new int[expected.Length];
        for (var i = 0; i < expected.Length; i++)
        {
            using var response = await Client.CallAsync(Token, json: new { clientId = Wix.App.ClientId, grantType = "anonymous" });
            statuses[i] = (int)response.StatusCode;
        }

        Assert.Equal(expected, statuses);
    }
}
