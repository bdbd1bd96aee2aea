using System.Net;

namespace Endpoints.Wix.Emulator.Tests.Apps;

public sealed class AppTests : EmulatorTest
{
    private protected override void Configure(WixEmulatorOptions options) => options.RequestsPerMinute = 3;

    [Fact]
    public async Task The_token_says_which_instance_is_described()
    {
        var second = Wix.AddSite("Second");
        var instance = Wix.App.InstallOn(second);

        var answer = await Client.CallAsync("GET /apps/v1/instance", Wix.IssueToken(EmulatedIdentity.App(), o => o.For(Wix.App, second)))
            .JsonAsync();

        Assert.Equal((instance, second.Id, "Second"),
            (answer.Text("instance", "instanceId"), answer.Text("site", "siteId"), answer.Text("site", "siteDisplayName")));
    }

    [Fact]
    public async Task Only_an_API_key_for_the_account_lists_the_accounts_sites()
    {
        Wix.AddSite("Another");
        Wix.AddSite("Somebody else's", accountId: Guid.NewGuid().ToString());
        const string Route = "POST /site-list/v2/sites/query";

        var answer = await Client.CallAsync(Route, Wix.ApiKey.Value, new { }, ("wix-account-id", Wix.AccountId)).JsonAsync();
        using var forSite = await Client.CallAsync(Route, Wix.ApiKey.Value, new { }, ("wix-site-id", Wix.Site.Id));
        using var app = await Client.CallAsync(Route, AppToken(), new { });

        Assert.Equal(["Another", "Harbour Coffee"], answer.GetProperty("sites").EnumerateArray().Select(s => s.Text("displayName")));
        Assert.Equal(HttpStatusCode.Forbidden, forSite.StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, app.StatusCode);
    }

    [Fact]
    public async Task An_instance_that_calls_too_often_is_told_when_to_come_back()
    {
        Time.Advance(TimeSpan.FromSeconds(40));
        for (var i = 0; i < 3; i++)
            await PropertiesAsync(AppToken()).JsonAsync();

        using var fourth = await PropertiesAsync(AppToken());
        Time.Advance(TimeSpan.FromSeconds(20));
        using var later = await PropertiesAsync(AppToken());

        Assert.Equal(HttpStatusCode.TooManyRequests, fourth.StatusCode);
        Assert.Equal(TimeSpan.FromSeconds(20), fourth.Headers.RetryAfter?.Delta);
        Assert.Equal(HttpStatusCode.OK, later.StatusCode);
    }

    [Fact]
    public async Task Instances_have_their_own_count_and_token_calls_have_none()
    {
        var second = Wix.AddSite("Second");
        Wix.App.InstallOn(second);
        for (var i = 0; i < 5; i++)
            await AnonymousAsync();
        for (var i = 0; i < 3; i++)
            await PropertiesAsync(AppToken()).JsonAsync();

        using var other = await PropertiesAsync(Wix.IssueToken(EmulatedIdentity.App(), o => o.For(Wix.App, second)));

        Assert.Equal(HttpStatusCode.OK, other.StatusCode);
    }
}
