using System.Net;

namespace Endpoints.Wix.Emulator.Tests.OAuth;

public sealed class TokenEndpointTests : EmulatorTest
{
    [Fact]
    public async Task A_visitor_gets_an_access_token_and_a_refresh_token()
    {
        var answer = await AnonymousAsync();

        Assert.Matches(@"^OauthNG\.JWS\.[\w-]+\.[\w-]+\.[\w-]+$", answer.Text("access_token"));
        Assert.Matches(@"^JWS\.[\w-]+\.[\w-]+\.[\w-]+$", answer.Text("refresh_token"));
        Assert.Equal("Bearer", answer.Text("token_type"));
        Assert.Equal(14400, answer.GetProperty("expires_in").GetInt32());
    }

    [Theory]
    [InlineData("""{"grantType":"anonymous","clientId":"ID"}""")]
    [InlineData("""{"grant_type":"anonymous","client_id":"ID"}""")]
    public async Task Both_spellings_of_the_fields_are_understood(string body)
    {
        using var response = await Client.CallAsync("POST /oauth2/token", json: body.Replace("ID", Wix.App.ClientId));

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    [Fact]
    public async Task A_form_is_understood()
    {
        using var form = new FormUrlEncodedContent(
        [
            new("grant_type", "client_credentials"),
            new("client_id", Wix.App.ClientId),
            new("client_secret", Wix.App.ClientSecret),
        ]);

        using var response = await Client.PostAsync(new Uri("/oauth2/token", UriKind.Relative), form);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    [Fact]
    public async Task A_refresh_token_gives_a_new_access_token_of_the_same_visitor()
    {
        var first = await AnonymousAsync();
        Time.Advance(TimeSpan.FromHours(5));

        var second =
            await TokenAsync(new { clientId = Wix.App.ClientId, grantType = "refresh_token", refreshToken = first.Text("refresh_token") });

        Assert.Equal(first.Text("refresh_token"), second.Text("refresh_token"));
        var info = await InfoAsync(second.Text("access_token")).JsonAsync();
        Assert.Equal("VISITOR", info.Text("subjectType"));
    }

    [Fact]
    public async Task A_refresh_token_is_good_without_a_client_id()
    {
        var first = await AnonymousAsync();

        var second = await TokenAsync(new { grantType = "refresh_token", refreshToken = first.Text("refresh_token") });

        Assert.StartsWith("OauthNG.JWS.", second.Text("access_token"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_unknown_refresh_token_without_a_client_id_is_refused()
    {
        using var answer =
            await Client.CallAsync("POST /oauth2/token", json: new { grantType = "refresh_token", refreshToken = "JWS.a.b.c" });

        Assert.Equal(401, (int)answer.StatusCode);
    }

    [Fact]
    public async Task A_refresh_token_of_another_client_is_refused()
    {
        var other = Wix.AddApp("Other", Wix.AddSite("Other site"));
        var first = await AnonymousAsync();

        using var response = await Client.CallAsync(
            "POST /oauth2/token",
            json: new { clientId = other.ClientId, grantType = "refresh_token", refreshToken = first.Text("refresh_token") });

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Equal("invalid_grant", (await response.JsonAsync()).Text("error"));
    }

    [Fact]
    public async Task An_access_token_is_no_refresh_token()
    {
        var first = await AnonymousAsync();

        var answer =
            await TokenAsync(new { clientId = Wix.App.ClientId, grantType = "refresh_token", refreshToken = first.Text("access_token") });

        Assert.Equal("invalid_grant", answer.Text("error"));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Client_credentials_give_the_app_on_its_projects_site(bool withInstance)
    {
        var answer = withInstance
            ? await TokenAsync(
                new { client_id = Wix.App.ClientId, client_secret = Wix.App.ClientSecret, grant_type = "client_credentials", instance_id = Wix.InstanceId })
            : await TokenAsync(
                new { client_id = Wix.App.ClientId, client_secret = Wix.App.ClientSecret, grant_type = "client_credentials" });

        Assert.False(answer.TryGetProperty("refresh_token", out _));
        var info = await InfoAsync(answer.Text("access_token")).JsonAsync();
        Assert.Equal("APP", info.Text("subjectType"));
        Assert.Equal(Wix.InstanceId, info.Text("instanceId"));
    }

    [Fact]
    public async Task An_instance_id_chooses_the_site()
    {
        var site = Wix.AddSite("Second");
        var instance = Wix.App.InstallOn(site);

        var answer =
            await TokenAsync(
                new { client_id = Wix.App.ClientId, client_secret = Wix.App.ClientSecret, grant_type = "client_credentials", instance_id = instance });

        var properties = await PropertiesAsync(answer.Text("access_token")).JsonAsync();
        Assert.Equal("Second", properties.Text("properties", "siteDisplayName"));
    }

    [Fact]
    public async Task Another_apps_instance_id_is_refused()
    {
        var site = Wix.AddSite("Second");
        var instance = Wix.AddApp("Other").InstallOn(site);

        var answer =
            await TokenAsync(
                new { client_id = Wix.App.ClientId, client_secret = Wix.App.ClientSecret, grant_type = "client_credentials", instance_id = instance });

        Assert.Equal("invalid_grant", answer.Text("error"));
    }

    [Fact]
    public async Task An_app_without_a_project_must_name_an_instance()
    {
        var app = Wix.AddApp("Market app");

        var answer =
            await TokenAsync(new { client_id = app.ClientId, client_secret = app.ClientSecret, grant_type = "client_credentials" });

        Assert.Equal("invalid_request", answer.Text("error"));
    }

    [Theory]
    [InlineData("wrong")]
    [InlineData("")]
    [InlineData(null)]
    public async Task A_wrong_secret_is_refused(string? secret)
    {
        using var response = await Client.CallAsync(
            "POST /oauth2/token", json: new { client_id = Wix.App.ClientId, client_secret = secret, grant_type = "client_credentials" });

        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
        Assert.Equal("invalid_client", (await response.JsonAsync()).Text("error"));
    }

    [Theory]
    [InlineData("password", "unsupported_grant_type")]
    [InlineData("", "invalid_request")]
    public async Task An_unknown_grant_is_refused(string grant, string error)
    {
        var answer = await TokenAsync(new { clientId = Wix.App.ClientId, grantType = grant });

        Assert.Equal(error, answer.Text("error"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("{")]
    [InlineData("\"text\"")]
    [InlineData("""{"grantType":{"a":1}}""")]
    public async Task A_body_that_is_no_token_request_is_a_400(string body)
    {
        using var response = await Client.CallAsync("POST /oauth2/token", json: body);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
    }
}
