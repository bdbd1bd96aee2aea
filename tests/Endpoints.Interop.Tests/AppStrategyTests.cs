using Endpoints.Wix.Emulator;

namespace Endpoints.Interop.Tests;

/// <summary>
/// <c>createClient({ auth: AppStrategy(...) })</c>: an app, by its instance or by a caller's token; and <c>auth.elevate()</c>.
/// </summary>
public sealed class AppStrategyTests(WixAndNode fixture) : InteropTest(fixture)
{
    private const string TokenRoute = "POST /oauth2/token";
    private const string TokenInfoRoute = "POST /oauth2/token-info";
    private const string PropertiesRoute = "GET /site-properties/v4/properties";

    private string BusinessName => Wix.Site.Properties["businessName"]!.GetValue<string>();

    [Fact]
    public async Task An_app_reads_the_site_of_its_instance_with_one_token()
    {
        var names = await Node.RunAsync<string[]>("app/readBusinessName",
            new { Credentials = Credentials(instanceId: Wix.InstanceId), Times = 3 });

        Assert.Equal(Enumerable.Repeat(BusinessName, 3), names);
        var grant = Call(TokenRoute);
        AssertJson(
            $$"""{"instance_id":"{{Wix.InstanceId}}","client_id":"{{Wix.App.ClientId}}","client_secret":"{{Wix.App.ClientSecret}}","grant_type":"client_credentials"}""",
            grant.Body);
        Assert.All(Wix.CallsTo(PropertiesRoute), call =>
        {
            Assert.Equal(EmulatedIdentityKind.App, call.Caller!.Kind);
            Assert.Equal(ApiHost, call.Host);
        });
    }

    [Fact]
    public async Task An_app_on_two_sites_reads_each_by_its_own_instance()
    {
        var site = Wix.AddSite(nameof(An_app_on_two_sites_reads_each_by_its_own_instance));
        var instanceId = Wix.App.InstallOn(site);

        var here = await Node.RunAsync<string[]>("app/readBusinessName", new { Credentials = Credentials(Wix.InstanceId) });
        var there = await Node.RunAsync<string[]>("app/readBusinessName", new { Credentials = Credentials(instanceId) });

        Assert.Equal(BusinessName, Assert.Single(here));
        Assert.Equal(site.Properties["businessName"]!.GetValue<string>(), Assert.Single(there));
        Assert.NotEqual(here, there);
    }

    [Fact]
    public async Task An_app_with_a_wrong_secret_gets_no_token() =>
        await RefusedAsync(401, new { AppId = Wix.App.ClientId, AppSecret = "wrong", Wix.InstanceId });

    [Fact]
    public async Task An_app_may_not_use_an_instance_of_another()
    {
        var other = Wix.AddApp(nameof(An_app_may_not_use_an_instance_of_another));
        other.InstallOn(Wix.Site);
        await RefusedAsync(400, Credentials(other.InstanceIdOn(Wix.Site)));
    }

    [Fact]
    public async Task A_visitors_token_is_elevated_to_the_app_of_its_own_site()
    {
        var site = Wix.AddSite(nameof(A_visitors_token_is_elevated_to_the_app_of_its_own_site));
        Wix.App.InstallOn(site);
        var token = Wix.IssueToken(EmulatedIdentity.Visitor(), options => options.For(Wix.App, site));

        var name = await Node.RunAsync<string>("app/readBusinessNameElevated", new { Credentials = CredentialsOf(token) });

        Assert.Equal(site.Properties["businessName"]!.GetValue<string>(), name);
        AssertJson($$"""{"token":"{{token}}"}""", Call(TokenInfoRoute).Body);
        Assert.Null(Call(TokenInfoRoute).Header("Authorization"));
        Assert.Equal(Wix.App.InstanceIdOn(site), Call(PropertiesRoute).Caller!.InstanceId);
    }

    [Fact]
    public async Task A_token_of_another_app_is_not_elevated()
    {
        var other = Wix.AddApp(nameof(A_token_of_another_app_is_not_elevated));
        other.InstallOn(Wix.Site);
        var token = Wix.IssueToken(EmulatedIdentity.User(), options => options.For(other, Wix.Site));

        var error = await Node.FailAsync("app/readBusinessNameElevated", new { Credentials = CredentialsOf(token) });

        Assert.Contains("not issued for the app", error.Message, StringComparison.Ordinal);
        Assert.Empty(Wix.CallsTo(TokenRoute));
    }

    [Fact]
    public async Task A_token_taken_back_is_not_elevated()
    {
        var token = Wix.IssueToken(EmulatedIdentity.User());
        Wix.Revoke(token);

        var error = await Node.FailAsync("app/readBusinessNameElevated", new { Credentials = CredentialsOf(token) });

        Assert.Contains("401", error.Message, StringComparison.Ordinal);
        Assert.Empty(Wix.CallsTo(TokenRoute));
    }

    [Fact]
    public async Task Token_info_tells_a_dashboard_user_by_id()
    {
        var user = EmulatedIdentity.User();

        var info = await Node.RunAsync<SdkTokenInfo>("app/tokenInfo", new { Credentials = CredentialsOf(Wix.IssueToken(user)) });

        Assert.Equal(new SdkTokenInfo("USER", user.Id!, Wix.App.ClientId, Wix.Site.Id, Wix.InstanceId), info);
    }

    [Theory]
    [InlineData("VISITOR")]
    [InlineData("USER")]
    public async Task A_callers_token_is_exchanged_once_for_one_of_the_same_caller(string subjectType)
    {
        var identity = subjectType == "USER" ? EmulatedIdentity.User() : EmulatedIdentity.Visitor();
        var token = Wix.IssueToken(identity);

        var tokens = await Node.RunAsync<string[]>("app/authorizations", new { Credentials = CredentialsOf(token), Times = 2 });
        var info = await Node.RunAsync<SdkTokenInfo>("app/tokenInfo", new { Credentials = CredentialsOf(tokens[0]) });

        Assert.Equal(tokens[0], tokens[1]);
        Assert.NotEqual(token, tokens[0]);
        Assert.Equal((subjectType, identity.Id), (info.SubjectType, info.SubjectId));
        AssertJson(
            $$"""{"grant_type":"strip_bound_session","client_secret":"{{Wix.App.ClientSecret}}","access_token":"{{token}}"}""",
            Call(TokenRoute).Body);
    }

    [Fact]
    public async Task An_app_is_installed_on_a_site_and_reads_it_with_the_installations_tokens()
    {
        const string Back = "https://app.example/installed";
        var app = Wix.AddApp(nameof(An_app_is_installed_on_a_site_and_reads_it_with_the_installations_tokens));
        app.AllowRedirectUri(new(Back));
        var site = Wix.AddSite(app.Name);
        var credentials = new { AppId = app.ClientId, AppSecret = app.ClientSecret };
        using var pages = new WixPages();

        var page = await Node.RunAsync<Uri>("app/installUrl", new { credentials, RedirectUrl = Back, State = "state-1" });
        Assert.Equal("www.wix.com", page.Host);
        var url = await pages.InstallAsync(new(Wix.Address, page.PathAndQuery), site);
        var installed = await Node.RunAsync<Installed>("app/finishInstallation", new { credentials, url, State = "state-1" });

        Assert.Equal(app.InstanceIdOn(site), installed.InstanceId);
        Assert.Equal(site.Properties["businessName"]!.GetValue<string>(), installed.BusinessName);
        Assert.Equal(2, Wix.CountOf("POST /oauth/access"));

        var later = await Node.RunAsync<string[]>(
            "app/readBusinessName", new { Credentials = new { credentials.AppId, credentials.AppSecret, installed.RefreshToken } });
        Assert.Equal(installed.BusinessName, Assert.Single(later));
    }

    [Fact]
    public async Task An_installation_that_comes_back_with_another_state_is_refused()
    {
        var credentials = new { AppId = Wix.App.ClientId, AppSecret = Wix.App.ClientSecret };

        var error = await Node.FailAsync(
            "app/finishInstallation",
            new { credentials, Url = $"https://app.example/installed?code=c&instanceId={Wix.InstanceId}&state=theirs", State = "mine" });

        Assert.Contains("Expected state", error.Message, StringComparison.Ordinal);
        Assert.Empty(Wix.Calls);
    }

    [Fact]
    public async Task An_elevated_method_reads_what_the_caller_may_not()
    {
        var caller = Wix.IssueToken(EmulatedIdentity.Visitor());

        var error = await Node.FailAsync("app/readUnelevated", new { caller });
        var name = await Node.RunAsync<string>("app/elevate", new { Credentials = Credentials(Wix.InstanceId), caller });

        Assert.Equal(403, error.Status);
        Assert.Equal(BusinessName, name);
        Assert.Equal(
            [EmulatedIdentityKind.Visitor, EmulatedIdentityKind.App], Wix.CallsTo(PropertiesRoute).Select(call => call.Caller!.Kind));
    }

    private async Task RefusedAsync(int status, object credentials)
    {
        var error = await Node.FailAsync("app/getAuthHeaders", new { credentials });
        await Node.FailAsync("app/readBusinessName", new { credentials });

        Assert.Contains($"{status}, request id: {Wix.CallsTo(TokenRoute)[0].RequestId}", error.Message, StringComparison.Ordinal);
        Assert.Empty(Wix.CallsTo(PropertiesRoute));
    }

    private object Credentials(string instanceId) => new { AppId = Wix.App.ClientId, AppSecret = Wix.App.ClientSecret, instanceId };

    private object CredentialsOf(string accessToken) => new { AppId = Wix.App.ClientId, AppSecret = Wix.App.ClientSecret, accessToken };

    private sealed record Installed(string InstanceId, string RefreshToken, string BusinessName);
}
