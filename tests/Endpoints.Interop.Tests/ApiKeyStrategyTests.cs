using System.Text.Json;
using Endpoints.Wix.Emulator;

namespace Endpoints.Interop.Tests;

/// <summary><c>createClient({ auth: ApiKeyStrategy(...) })</c>: an API key, for a site or for an account.</summary>
public sealed class ApiKeyStrategyTests(WixAndNode fixture) : InteropTest(fixture)
{
    private const string PropertiesRoute = "GET /site-properties/v4/properties";
    private const string ProfileRoute = "POST /site-properties/v4/properties/business-profile";

    private string Key => Wix.ApiKey.Value;

    [Fact]
    public async Task A_key_reads_its_site()
    {
        var answer = await Node.RunAsync<JsonElement>(
            "apiKey/readSiteProperties", Input(new { ApiKey = Key, SiteId = Wix.Site.Id }, fields: ["businessName", "language"]));

        Assert.Equal(Wix.Site.Properties["businessName"]!.GetValue<string>(),
            answer.GetProperty("properties").GetProperty("businessName").GetString());
        Assert.Equal(["language", "businessName"], answer.GetProperty("properties").EnumerateObject().Select(property => property.Name));
        var call = Call(PropertiesRoute);
        Assert.Equal(EmulatedIdentityKind.ApiKey, call.Caller!.Kind);
        Assert.Equal(ApiHost, call.Host);
        Assert.Equal(Key, call.Header("Authorization"));
        Assert.Equal(Wix.Site.Id, call.Header("wix-site-id"));
        Assert.Equal("?fields=businessName%2Clanguage", call.RawTarget[call.RawTarget.IndexOf('?', StringComparison.Ordinal)..]);
    }

    [Fact]
    public async Task What_a_write_answers_as_consistent_is_sent_with_the_next_read()
    {
        var site = Wix.AddSite(nameof(What_a_write_answers_as_consistent_is_sent_with_the_next_read));

        var name = await Node.RunAsync<string>("apiKey/renameAndRead",
            new { Credentials = new { ApiKey = Key, SiteId = site.Id }, BusinessName = "Quay 7" });

        Assert.Equal("Quay 7", name);
        Assert.Equal("Quay 7", site.Properties["businessName"]!.GetValue<string>());
        Assert.Null(Call(ProfileRoute).Header("X-Wix-Consistent"));
        Assert.NotNull(Call(PropertiesRoute).Header("X-Wix-Consistent"));
        AssertJson("""{"businessProfile":{"businessName":"Quay 7"},"fields":"businessName"}""", Call(ProfileRoute).Body);
    }

    [Fact]
    public async Task A_refused_field_is_told_with_its_name()
    {
        var error = await Node.FailAsync(
            "apiKey/changeEmailAsProfile", new { Credentials = new { ApiKey = Key, SiteId = Wix.Site.Id }, Email = "x@example.com" });

        Assert.Equal(400, error.Status);
        var violation = Assert.Single(error.Details.GetProperty("validationError").GetProperty("fieldViolations").EnumerateArray());
        Assert.Equal("businessProfile.email", violation.GetProperty("field").GetString());
    }

    [Fact]
    public async Task A_key_for_an_account_cannot_read_a_site() => await RefusedAsync(403, new { ApiKey = Key, Wix.AccountId });

    [Fact]
    public async Task A_key_for_site_and_account_at_once_is_refused() =>
        await RefusedAsync(400, new { ApiKey = Key, SiteId = Wix.Site.Id, Wix.AccountId });

    [Fact]
    public async Task A_key_for_neither_site_nor_account_is_refused() => await RefusedAsync(400, new { ApiKey = Key });

    [Fact]
    public async Task An_unknown_key_is_refused() => await RefusedAsync(401, new { ApiKey = "IST.unknown", SiteId = Wix.Site.Id });

    [Fact]
    public async Task A_key_of_another_account_is_refused()
    {
        var stranger = Wix.AddApiKey("stranger", accountId: Guid.NewGuid().ToString());
        await RefusedAsync(403, new { ApiKey = stranger.Value, SiteId = Wix.Site.Id });
    }

    [Fact]
    public async Task A_key_without_the_permission_is_refused()
    {
        var reader = Wix.AddApiKey("reader", permissions: ["WIX_STORES.PRODUCT_READ"]);
        await RefusedAsync(403, new { ApiKey = reader.Value, SiteId = Wix.Site.Id });
    }

    private async Task RefusedAsync(int status, object credentials)
    {
        var error = await Node.FailAsync("apiKey/readSiteProperties", Input(credentials));
        Assert.Equal(status, error.Status);
        Assert.Equal(Call(PropertiesRoute).RequestId, error.RequestId);
    }

    private static object Input(object credentials, params string[] fields) =>
        new { credentials, fields = fields.Length == 0 ? null : fields };
}
