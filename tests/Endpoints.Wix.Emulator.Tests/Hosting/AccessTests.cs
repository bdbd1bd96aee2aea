using System.Net;

namespace Endpoints.Wix.Emulator.Tests.Hosting;

public sealed class AccessTests : EmulatorTest
{
    [Theory]
    [InlineData("visitor", HttpStatusCode.Forbidden)]
    [InlineData("member", HttpStatusCode.Forbidden)]
    [InlineData("user", HttpStatusCode.OK)]
    [InlineData("app", HttpStatusCode.OK)]
    public async Task A_restricted_call_is_for_apps_and_users(string who, HttpStatusCode status)
    {
        using var response = await PropertiesAsync(Wix.IssueToken(Identity(who)));

        Assert.Equal(status, response.StatusCode);
        if (status == HttpStatusCode.Forbidden)
            Assert.Equal("PERMISSION_DENIED", (await response.JsonAsync()).ErrorCode());
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("rubbish")]
    [InlineData("Basic dXNlcjpwYXNz")]
    public async Task A_missing_or_unknown_credential_is_a_401(string? authorization)
    {
        using var response = await PropertiesAsync(authorization);

        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
    }

    [Fact]
    public async Task A_token_behind_a_scheme_word_is_a_401()
    {
        using var response = await PropertiesAsync("Bearer " + AppToken());

        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
    }

    [Fact]
    public async Task An_expired_token_is_a_401()
    {
        using var response = await PropertiesAsync(Wix.IssueToken(EmulatedIdentity.App(), o => o.Expired()));

        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
    }

    [Fact]
    public async Task A_token_that_is_not_valid_yet_is_a_401()
    {
        using var response = await PropertiesAsync(Wix.IssueToken(EmulatedIdentity.App(), o => o.Age = TimeSpan.FromMinutes(-1)));

        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
    }

    [Fact]
    public async Task An_inactive_token_is_a_401()
    {
        using var response = await PropertiesAsync(Wix.IssueToken(EmulatedIdentity.App(), o => o.Inactive = true));

        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
    }

    [Fact]
    public async Task A_token_of_an_unknown_client_is_a_401()
    {
        using var response = await PropertiesAsync(Wix.IssueToken(EmulatedIdentity.App(), o => o.ClientId = Guid.NewGuid().ToString()));

        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
    }

    [Fact]
    public async Task A_token_of_an_app_that_was_removed_is_a_401()
    {
        var token = AppToken();
        Wix.App.RemoveFrom(Wix.Site);

        using var response = await PropertiesAsync(token);

        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
    }

    [Fact]
    public async Task An_app_without_the_permission_is_a_403_that_names_it()
    {
        var app = Wix.AddApp("Narrow", Wix.Site, permissions: ["MEMBERS.MEMBER_READ"]);
        var token = Wix.IssueToken(EmulatedIdentity.App(), o => o.For(app, Wix.Site));

        using var response = await PropertiesAsync(token);

        Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
        Assert.Equal("SITE_SETTINGS.VIEW", (await response.JsonAsync()).Text("details", "applicationError", "data", "permission"));
    }

    [Fact]
    public async Task A_token_acts_for_its_own_site_and_no_other()
    {
        var second = Wix.AddSite("Second");
        Wix.App.InstallOn(second);

        var first = await PropertiesAsync(AppToken(), ("wix-site-id", second.Id)).JsonAsync();
        var other = await PropertiesAsync(Wix.IssueToken(EmulatedIdentity.App(), o => o.For(Wix.App, second))).JsonAsync();

        Assert.Equal("Harbour Coffee", first.Text("properties", "siteDisplayName"));
        Assert.Equal("Second", other.Text("properties", "siteDisplayName"));
    }

    [Fact]
    public async Task An_API_key_acts_for_the_site_in_its_header()
    {
        using var response = await PropertiesAsync(Wix.ApiKey.Value, ("wix-site-id", Wix.Site.Id));

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    [Fact]
    public async Task An_API_key_for_an_account_can_not_make_a_call_about_a_site()
    {
        using var response = await PropertiesAsync(Wix.ApiKey.Value, ("wix-account-id", Wix.AccountId));

        Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task An_API_key_with_both_headers_or_none_is_a_400(bool both)
    {
        using var response = both
            ? await PropertiesAsync(Wix.ApiKey.Value, ("wix-site-id", Wix.Site.Id), ("wix-account-id", Wix.AccountId))
            : await PropertiesAsync(Wix.ApiKey.Value);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
    }

    [Fact]
    public async Task An_API_key_of_another_account_is_a_403()
    {
        var foreign = Wix.AddApiKey("Foreign", accountId: Guid.NewGuid().ToString());

        using var response = await PropertiesAsync(foreign.Value, ("wix-site-id", Wix.Site.Id));

        Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
    }

    [Fact]
    public async Task An_API_key_without_the_permission_is_a_403()
    {
        var narrow = Wix.AddApiKey("Narrow", permissions: ["MEMBERS.MEMBER_READ"]);

        using var response = await PropertiesAsync(narrow.Value, ("wix-site-id", Wix.Site.Id));

        Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
    }

    private static EmulatedIdentity Identity(string who) => who switch
    {
        "visitor" => EmulatedIdentity.Visitor(),
        "member" => EmulatedIdentity.Member(),
        "user" => EmulatedIdentity.User(),
        _ => EmulatedIdentity.App(),
    };
}
