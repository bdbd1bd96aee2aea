using System.Text.Json;
using Endpoints.Wix.Emulator;

namespace Endpoints.Interop.Tests;

/// <summary>
/// <c>client.fetchWithAuth()</c> and <c>httpClient.fetchWithAuth()</c> to a site's endpoints: who the endpoint takes the caller for.
/// </summary>
public sealed class FetchWithAuthTests(WixAndNode fixture) : SiteTest(fixture)
{
    private const string PropertiesRoute = "GET /site-properties/v4/properties";

    /// <summary>Each kind of caller, by each way to call.</summary>
    public static TheoryData<string, string> Callers
    {
        get
        {
            var data = new TheoryData<string, string>();
            foreach (var kind in new[] { "Visitor", "Member", "User", "App" })
            {
                data.Add(kind, "clientFetch");
                data.Add(kind, "httpClientFetch");
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Callers))]
    public async Task The_caller_is_recognised(string kind, string function)
    {
        var (caller, id) = As(kind, Wix.Site);

        var who = (await FetchAsync(function, caller, "/api/who-am-i")).As<Who>();

        Assert.Equal(new Who(kind, id, Wix.Site.Id, Wix.InstanceId, Wix.App.ClientId), who);
    }

    [Theory]
    [MemberData(nameof(Callers))]
    public async Task An_elevated_endpoint_acts_as_the_app_on_the_callers_site(string kind, string function)
    {
        var site = Wix.AddSite($"{kind} {function}");
        Wix.App.InstallOn(site);
        var (caller, _) = As(kind, site);

        var answer = (await FetchAsync(function, caller, "/api/my-api")).As<JsonElement>();

        Assert.Equal(
            site.Properties["businessName"]!.GetValue<string>(), answer.GetProperty("properties").GetProperty("businessName").GetString());
        var call = Call(PropertiesRoute);
        Assert.Equal(EmulatedIdentityKind.App, call.Caller!.Kind);
        Assert.Equal(Wix.App.InstanceIdOn(site), call.Caller.InstanceId);
    }

    [Theory]
    [InlineData("clientFetch")]
    [InlineData("httpClientFetch")]
    public async Task A_body_arrives(string function)
    {
        var (caller, id) = As("User", Wix.Site);
        var init = new { Method = "POST", Headers = new Dictionary<string, string> { ["Content-Type"] =
            "application/json" }, Body = """{"text":"Grüße"}""" };

        var noted = (await FetchAsync(function, caller, "/api/who-am-i", init)).As<Noted>();

        Assert.Equal("Grüße", noted.Text);
        Assert.Equal(id, noted.By.Id);
    }

    [Fact]
    public async Task A_body_in_a_request_object_arrives_without_its_content_type_and_is_refused_as_such()
    {
        var (caller, _) = As("User", Wix.Site);
        var init = new { Method = "POST", Headers = new Dictionary<string, string> { ["Content-Type"] =
            "application/json" }, Body = """{"text":"x"}""" };

        var answer = await FetchAsync("httpClientFetchRequest", caller, "/api/who-am-i", init);

        Assert.Equal(415, answer.Status);
    }

    [Theory]
    [InlineData("Visitor", 403)]
    [InlineData("Member", 403)]
    [InlineData("App", 403)]
    [InlineData("User", 200)]
    public async Task A_caller_who_may_not_is_told_with_a_problem_document(string kind, int status)
    {
        var (caller, _) = As(kind, Wix.Site);

        var answer = await FetchAsync("httpClientFetch", caller, "/api/for-users");

        Assert.Equal(status, answer.Status);
        if (status != 200)
        {
            Assert.NotEmpty(answer.ProblemType());
            Assert.Empty(Wix.CallsTo(PropertiesRoute));
        }
    }

    [Fact]
    public async Task A_token_of_another_app_is_refused()
    {
        var other = Wix.AddApp(nameof(A_token_of_another_app_is_refused));
        other.InstallOn(Wix.Site);
        var token = Wix.IssueToken(EmulatedIdentity.User(), options => options.For(other, Wix.Site));

        var answer = await FetchAsync("httpClientFetch", new("dashboard", new { AccessToken = token }), "/api/my-api");

        Assert.Equal(401, answer.Status);
        Assert.NotEmpty(answer.ProblemType());
        Assert.Empty(Wix.CallsTo("POST /oauth2/token"));
    }

    [Fact]
    public async Task A_token_taken_back_is_refused()
    {
        var token = Wix.IssueToken(EmulatedIdentity.User());
        Wix.Revoke(token);

        var answer = await FetchAsync("clientFetch", new("dashboard", new { AccessToken = token }), "/api/my-api");

        Assert.Equal(401, answer.Status);
    }

    [Fact]
    public async Task An_API_key_says_nothing_to_an_endpoint()
    {
        var credentials = new { ApiKey = Wix.ApiKey.Value, SiteId = Wix.Site.Id };

        var answer = await FetchAsync("clientFetch", new("apiKey", credentials), "/api/my-api");

        Assert.Equal(401, answer.Status);
        Assert.Empty(Wix.CallsTo(PropertiesRoute));
    }

    [Fact]
    public async Task A_client_without_tokens_calls_as_the_visitor_it_becomes()
    {
        var who = (await FetchAsync("clientFetch", new("oauth", new { Wix.App.ClientId }), "/api/who-am-i")).As<Who>();

        Assert.Equal("Visitor", who.Kind);
        Assert.NotNull(who.Id);
    }

    private (SdkClient Client, string Id) As(string kind, EmulatedSite site) => SdkClient.Of(kind, Wix, site);

    private Task<Answer> FetchAsync(string function, SdkClient client, string path, object? init = null) =>
        Node.RunAsync<Answer>($"endpoints/{function}", new { client.As, client.Credentials, Url = Origin + path, init });
}
