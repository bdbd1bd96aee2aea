using System.Net;
using System.Net.Sockets;

namespace Endpoints.Wix.Emulator.Tests.Hosting;

public sealed class ServerTests : EmulatorTest
{
    [Fact]
    public void It_listens_on_the_IPv4_loopback_and_nowhere_else()
    {
        Assert.Equal("127.0.0.1", Wix.Address.Host);
        using var socket = new Socket(AddressFamily.InterNetworkV6, SocketType.Stream, ProtocolType.Tcp);
        Assert.ThrowsAny<SocketException>(() => socket.Connect(IPAddress.IPv6Loopback, Wix.Address.Port));
    }

    [Fact]
    public async Task A_port_can_be_chosen_and_a_taken_one_is_an_exception()
    {
        await Assert.ThrowsAsync<IOException>(() => WixEmulator.StartAsync(o => o.Port = Wix.Address.Port));
        var port = Wix.Address.Port;
        await Wix.DisposeAsync();

        await using var again = await WixEmulator.StartAsync(o => o.Port = port);

        Assert.Equal(port, again.Address.Port);
    }

    [Theory]
    [InlineData("GET /site-properties/v4/properties")]
    [InlineData("GET /nowhere")]
    [InlineData("DELETE /oauth2/token")]
    [InlineData("POST /oauth2/token")]
    public async Task Every_answer_has_a_request_id_of_its_own(string route)
    {
        using var first = await Client.CallAsync(route);
        using var second = await Client.CallAsync(route);

        Assert.NotEqual(first.Headers.GetValues("X-Wix-Request-Id").Single(), second.Headers.GetValues("X-Wix-Request-Id").Single());
    }

    [Theory]
    [InlineData("GET /nowhere")]
    [InlineData("DELETE /oauth2/token")]
    public async Task An_unknown_route_is_a_404_in_the_shape_of_Wix(string route)
    {
        using var response = await Client.CallAsync(route);

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        Assert.Equal("NOT_FOUND", (await response.JsonAsync()).ErrorCode());
    }

    [Theory]
    [InlineData("www.wixapis.com")]
    [InlineData("edge.wixapis.com")]
    public async Task The_host_header_does_not_matter(string host)
    {
        using var response = await PropertiesAsync(AppToken(), ("Host", host));

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(host, Wix.Calls.Single().Host);
    }

    [Fact]
    public async Task A_preflight_is_answered_for_any_origin()
    {
        using var response = await Client.CallAsync(
            "OPTIONS /oauth2/token",
            headers: [("Origin", "https://a.example"), ("Access-Control-Request-Method", "POST"),
                ("Access-Control-Request-Headers", "authorization,content-type")]);

        Assert.Equal("*", response.Headers.GetValues("Access-Control-Allow-Origin").Single());
        Assert.Equal("POST", response.Headers.GetValues("Access-Control-Allow-Methods").Single());
        Assert.Equal("authorization,content-type", response.Headers.GetValues("Access-Control-Allow-Headers").Single());
        Assert.False(response.Headers.Contains("Access-Control-Allow-Credentials"));
        Assert.Empty(Wix.Calls);
    }

    [Fact]
    public async Task Scripts_of_any_origin_may_read_answers_and_errors()
    {
        using var response = await PropertiesAsync(null, ("Origin", "https://a.example"));

        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
        Assert.Equal("*", response.Headers.GetValues("Access-Control-Allow-Origin").Single());
        Assert.Contains("X-Wix-Request-Id", response.Headers.GetValues("Access-Control-Expose-Headers").Single(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_body_beyond_8_MiB_is_a_413()
    {
        using var response = await Client.CallAsync("POST /oauth2/token-info", json: new { token = new string('x', 9 * 1024 * 1024) });

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, response.StatusCode);
    }

    [Fact]
    public async Task With_a_seed_ids_secrets_and_tokens_survive_a_restart()
    {
        await using var before = await WixEmulator.StartAsync(o => o.Seed = "dev");
        var token = before.IssueToken(EmulatedIdentity.Member("m"));

        await using var after = await WixEmulator.StartAsync(o => o.Seed = "dev");
        using var client = after.Client();
        using var response = await client.CallAsync("POST /oauth2/token-info", json: new { token });

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(before.App.ClientId, after.App.ClientId);
        Assert.Equal(before.App.ClientSecret, after.App.ClientSecret);
        Assert.Equal(before.InstanceId, after.InstanceId);
        Assert.Equal(before.ApiKey.Value, after.ApiKey.Value);
    }

    [Fact]
    public async Task Without_a_seed_no_two_starts_share_a_secret()
    {
        await using var other = await WixEmulator.StartAsync();

        Assert.NotEqual(Wix.App.ClientId, other.App.ClientId);
        Assert.NotEqual(Wix.App.ClientSecret, other.App.ClientSecret);
        Assert.NotEqual(Wix.ApiKey.Value, other.ApiKey.Value);
    }

    [Fact]
    public async Task Given_ids_and_secrets_are_used()
    {
        await using var wix = await WixEmulator.StartAsync(o =>
        {
            o.ClientId = "client";
            o.ClientSecret = "secret";
            o.InstanceId = "instance";
            o.SiteId = "site";
            o.AccountId = "account";
            o.ApiKey = "key";
        });

        Assert.Equal(
            ("client", "secret", "instance", "site", "account", "key"),
            (wix.App.ClientId, wix.App.ClientSecret, wix.InstanceId, wix.Site.Id, wix.AccountId, wix.ApiKey.Value));
    }
}
