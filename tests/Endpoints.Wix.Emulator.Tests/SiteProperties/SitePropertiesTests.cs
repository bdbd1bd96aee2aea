using System.Net;
using System.Text.Json;

namespace Endpoints.Wix.Emulator.Tests.SiteProperties;

public sealed class SitePropertiesTests : EmulatorTest
{
    private const string Root = "/site-properties/v4/properties";

    [Fact]
    public async Task They_are_read_with_their_version()
    {
        var answer = await PropertiesAsync(AppToken()).JsonAsync();

        Assert.Equal("Harbour Coffee", answer.Text("properties", "siteDisplayName"));
        Assert.Equal("IE", answer.Text("properties", "locale", "country"));
        Assert.Equal("1", answer.Text("version"));
    }

    [Fact]
    public async Task Only_the_fields_asked_for_are_given()
    {
        var answer = await Client.CallAsync($"GET {Root}?fields=email,locale", AppToken()).JsonAsync();

        Assert.Equal(["locale", "email"], answer.GetProperty("properties").EnumerateObject().Select(p => p.Name));
    }

    [Fact]
    public async Task A_profile_update_changes_the_masked_fields_only()
    {
        var update = await Client.CallAsync(
            $"POST {Root}/business-profile",
            AppToken(),
            new { businessProfile = new { businessName = "New", description = "Not this" }, fields = "businessName" }).JsonAsync();

        var answer = await PropertiesAsync(AppToken()).JsonAsync();
        Assert.Equal("2", update.Text("version"));
        Assert.Equal("New", answer.Text("properties", "businessName"));
        Assert.StartsWith("Coffee", answer.Text("properties", "description"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("business-contact", """{"businessContact":{"email":"a@b.example"},"fields":"email"}""", "email", "a@b.example")]
    [InlineData("business-region", """{"businessRegion":{"timeZone":"Asia/Tokyo"},"fields":"timeZone"}""", "timeZone", "Asia/Tokyo")]
    [InlineData("business-schedule", """{"businessSchedule":{"periods":[]}}""", "businessSchedule", """{"periods":[]}""")]
    [InlineData("policy", """{"consentPolicy":{"essential":true}}""", "consentPolicy", """{"essential":true}""")]
    public async Task Each_group_has_its_update(string path, string body, string field, string value)
    {
        using var response = await Client.CallAsync($"POST {Root}/{path}", AppToken(), body);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        var answer = await PropertiesAsync(AppToken()).JsonAsync();
        Assert.Equal(value, answer.Text("properties", field));
    }

    [Theory]
    [InlineData("""{"businessProfile":{"email":"a@b.example"},"fields":"email"}""")]
    [InlineData("""{"businessProfile":{"businessName":"x"},"fields":"phone"}""")]
    [InlineData("""{"businessProfile":"x"}""")]
    [InlineData("{}")]
    public async Task Fields_of_another_update_are_a_validation_error(string body)
    {
        using var response = await Client.CallAsync($"POST {Root}/business-profile", AppToken(), body);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        var violation =
            (await response.JsonAsync()).GetProperty("details").GetProperty("validationError").GetProperty("fieldViolations")[0];
        Assert.StartsWith("businessProfile", violation.Text("field"), StringComparison.Ordinal);
        Assert.NotEqual(JsonValueKind.Undefined, violation.GetProperty("description").ValueKind);
    }

    [Fact]
    public async Task A_visitor_can_not_update()
    {
        using var response = await Client.CallAsync(
            $"POST {Root}/business-profile", Wix.IssueToken(EmulatedIdentity.Visitor()),
            new { businessProfile = new { businessName = "Mine" } });

        Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
        Assert.DoesNotContain("Mine", Wix.Site.Properties.ToJsonString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_write_answers_with_a_consistency_value_and_a_read_does_not()
    {
        using var write =
            await Client.CallAsync($"POST {Root}/business-profile", AppToken(), new { businessProfile = new { businessName = "New" } });
        using var read = await PropertiesAsync(AppToken());

        Assert.True(write.Headers.Contains("X-Wix-Consistent"));
        Assert.False(read.Headers.Contains("X-Wix-Consistent"));
    }

    [Fact]
    public async Task The_owner_can_change_them_from_outside()
    {
        Wix.Site.ChangeProperties(p => p["email"] = "owner@site.example");

        var answer = await PropertiesAsync(AppToken()).JsonAsync();

        Assert.Equal("owner@site.example", answer.Text("properties", "email"));
        Assert.Equal("2", answer.Text("version"));
    }
}
