using System.Net.Http.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Endpoints.Wix.Emulator.Tests;

/// <summary>The code of docs/emulator.md, compiled and run. A test holds the page against this file.</summary>
public sealed partial class DocumentationTests
{
    [Fact]
    public async Task Start()
    {
        await using var wix = await WixEmulator.StartAsync();

        using var client = new HttpClient { BaseAddress = wix.Address };
        using var answer = await client.PostAsJsonAsync("/oauth2/token", new
        {
            grant_type = "client_credentials",
            client_id = wix.App.ClientId,
            client_secret = wix.App.ClientSecret,
            instance_id = wix.InstanceId,
        });

        answer.EnsureSuccessStatusCode();
    }

    [Fact]
    public async Task Options()
    {
        var clock = new TimerClock();
        await using var wix = await WixEmulator.StartAsync(options =>
        {
            options.Port = 0;                                     // a free one
            options.TimeProvider = clock;                         // expiry, dates and delays follow it
            options.Seed = "my app";                              // the same ids, secrets and sessions at each start
            options.AccessTokenLifetime = TimeSpan.FromMinutes(5);
            options.RotateRefreshTokens = true;                   // each refresh token is good once
            options.UnusableTokenInfo = UnusableTokenInfo.Inactive;
            options.TokenInfoAsStrings = true;                    // as in Wix's documentation
            options.RequestsPerMinute = 200;                      // per app instance, then 429
            options.EmptySites = true;                            // no members, products, bookings, orders
        });

        Assert.Empty(wix.Site.Members);
    }

    [Fact]
    public async Task Identities()
    {
        await using var wix = await WixEmulator.StartAsync();
        var visitor = wix.IssueToken(EmulatedIdentity.Visitor());
        var member = wix.IssueToken(EmulatedIdentity.Member(wix.Site.Members[0].Id));
        var user = wix.IssueToken(EmulatedIdentity.User());       // as fetchWithAuth() sends from a dashboard
        var app = wix.IssueToken(EmulatedIdentity.App());

        var expired = wix.IssueToken(EmulatedIdentity.User(), token => token.Expired());
        var foreign = wix.IssueToken(EmulatedIdentity.User(), token => token.ClientId = "another app");
        var inactive = wix.IssueToken(EmulatedIdentity.User(), token => token.Inactive = true);
        var brief = wix.IssueToken(EmulatedIdentity.User(), token => token.Lifetime = TimeSpan.FromSeconds(30));

        wix.Revoke(app);                                          // refused from here on
        wix.RevokeAll(EmulatedIdentityKind.App);                  // all tokens of apps

        Assert.Equal(8, new[] { visitor, member, user, app, expired, foreign, inactive, brief }.Distinct().Count());
    }

    [Fact]
    public async Task Sites()
    {
        await using var wix = await WixEmulator.StartAsync();
        var second = wix.AddSite("Second shop");
        var instanceId = wix.App.InstallOn(second);
        var token = wix.IssueToken(EmulatedIdentity.App(), options => options.For(wix.App, second));

        var narrow = wix.AddApp("Narrow", wix.Site, permissions: ["MEMBERS.MEMBER_READ"]);
        var key = wix.AddApiKey("Reports", permissions: ["SITE_SETTINGS.VIEW"]);

        using var client = wix.Client();
        var info = await client.CallAsync("POST /oauth2/token-info", json: new { token }).JsonAsync();
        Assert.Equal(instanceId, info.Text("instanceId"));
        Assert.NotEqual(narrow.ClientSecret, key.Value);
    }

    [Fact]
    public async Task Calls()
    {
        await using var wix = await WixEmulator.StartAsync();
        using var client = wix.Client();
        var token = wix.IssueToken(EmulatedIdentity.App());
        await client.CallAsync("POST /oauth2/token-info", json: new { token }).JsonAsync();
        await client.CallAsync("GET /site-properties/v4/properties", token).JsonAsync();

        Assert.Equal(1, wix.CountOf("POST /oauth2/token-info"));
        var call = wix.CallsTo("GET /site-properties/v4/properties").Single();
        Assert.Equal(EmulatedIdentityKind.App, call.Caller?.Kind);
        Assert.Equal(wix.InstanceId, call.Caller?.InstanceId);
        Assert.Null(call.Header("wix-site-id"));
    }

    [Fact]
    public async Task Faults()
    {
        await using var wix = await WixEmulator.StartAsync();
        wix.On("POST /oauth2/token-info").Times(2).Fail(500);
        wix.On("POST /oauth2/token").Fail(429, retryAfter: TimeSpan.FromSeconds(3));
        wix.On("GET /site-properties/*").Delay(TimeSpan.FromSeconds(30));
        wix.On("POST /stores/v3/products").LoseAnswer();          // carried out, and the connection closed
        wix.On("*").When(call => call.Caller is null).Drop();
        wix.ClearFaults();

        using var client = wix.Client();
        Assert.Equal(System.Net.HttpStatusCode.NotFound, (await client.CallAsync("GET /nowhere")).StatusCode);
    }

    [Fact]
    public async Task Gate()
    {
        await using var wix = await WixEmulator.StartAsync();
        using var client = wix.Client();
        var token = new Lazy<Task>(
            () => client.CallAsync("POST /oauth2/token", json: new { grantType = "anonymous", clientId = wix.App.ClientId }));
        Task CallMyAppAsync() => token.Value;

        using var gate = wix.On("POST /oauth2/token").Hold();
        var first = CallMyAppAsync();
        var second = CallMyAppAsync();
        await gate.WaitForArrivalsAsync(1);                       // one token call, though two requests need the token
        gate.Open();
        await Task.WhenAll(first, second);
        Assert.Equal(1, gate.Arrived);
    }

    [Fact]
    public async Task Login()
    {
        await using var wix = await WixEmulator.StartAsync();
        wix.App.AllowRedirectUri(new Uri("http://localhost:5000/api/auth/callback"));
        var ada = wix.Site.AddMember("ada@example.com", password: "a password");

        Assert.Contains(wix.Site.Members, member => member.Id == ada.Id);
    }

    [Fact]
    public async Task BackOffice()
    {
        await using var wix = await WixEmulator.StartAsync();
        wix.BackOffice.AddTarget("Who am I", new Uri("http://localhost:5000/api/who-am-i"));
        var page = wix.BackOffice.DashboardAddress;

        using var client = wix.Client();
        Assert.Contains("Who am I", await client.GetStringAsync(page), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Events()
    {
        var clock = new TimerClock(); // a busy machine is not a slow receiver
        await using var wix = await WixEmulator.StartAsync(options => options.TimeProvider = clock);
        await using var receiver = await WixEmulator.StartAsync();
        receiver.On("*").Times(2).Answer(200, "ok");
        var endpoint = new Uri(receiver.Address, "/webhooks");

        var created = EmulatedEvent.Created("wix.stores.catalog.v3.product", "p-1", new JsonObject { ["name"] = "Mug" });
        var delivery = await wix.SendWebhookAsync(endpoint, created);
        Assert.True(delivery.Delivered);                          // 200 within 1,250 ms

        await wix.SendWebhookAsync(endpoint, created);            // the same event again, as Wix does at times
        var forged = await wix.SendWebhookAsync(endpoint, created, signing => signing.Signature = EmulatedSignature.ForeignKey);
        var late = await wix.SendWebhookAsync(endpoint, created, signing => signing.Age = TimeSpan.FromDays(31));
        Assert.NotEqual(200, forged.StatusCode);

        Assert.NotEqual(200, late.StatusCode);
    }

    [Fact]
    public async Task EventsAndPlugins()
    {
        await using var receiver = await Receiver.StartAsync();
        await using var wix = await WixEmulator.StartAsync();
        var endpoint = new Uri(receiver.Address, "/webhooks");
        using var webhook = wix.AddWebhook(endpoint);             // or only some: AddWebhook(endpoint, "wix.ecom.v1.order_created")

        await wix.RaiseAsync("wix.ecom.v1.order_created");        // any event of Wix, with an example of the entity
        await wix.RaiseAsync("wix.ecom.v1.order_created", wix.Site.Entities(EmulatedEntityKind.Order)[0]);
        await wix.SettleEventsAsync();                            // nothing is on its way
        Assert.All(wix.Deliveries, delivery => Assert.True(delivery.Delivered));

        webhook.Copies = 2;                                       // everything twice, at the same time
        webhook.Hold();
        await wix.RaiseAsync("AppInstalled");
        await wix.RaiseAsync("AppRemoved");
        await webhook.ReleaseAsync(held => held.Reverse());       // in another order

        Assert.Equal(6, receiver.Arrived.Count);
        wix.AddServicePlugin("ECOM_SHIPPING_RATES", new Uri(receiver.Address, "/_wix/extensions/service-plugins/shipping-rates"));

        var rates = await wix.CallServicePluginAsync("ECOM_SHIPPING_RATES", "getShippingRates");

        Assert.Equal(200, rates.StatusCode);
        wix.AddServicePlugin("TOOLS_PROVIDER_CONFIG", new Uri(receiver.Address, "/_wix/extensions/service-plugins/tools-provider-config"));

        var tracked = await wix.RunToolAsync("track-package", new() { ["trackingNumber"] = "7" });

        Assert.Equal(200, tracked.StatusCode);
        var (at, body) = receiver.Arrived.Last();
        Assert.Equal("/_wix/extensions/service-plugins/tools-provider-config/v1/run-tool", at);
        var data = Receiver.Claims(body).GetProperty("data");
        Assert.Equal("""{"methodName":"track-package","payload":{"trackingNumber":"7"}}""", data.GetProperty("request").GetRawText());
        Assert.Equal("WIX_USER", data.GetProperty("metadata").GetProperty("identity").GetProperty("identityType").GetString());
    }

    [Fact]
    public async Task Every_block_of_the_page_is_in_this_file()
    {
        var page = await File.ReadAllTextAsync(Path.Combine(Root, "docs", "emulator.md"));
        var code = Squeeze(
            await File.ReadAllTextAsync(Path.Combine(Root, "tests", "Endpoints.Wix.Emulator.Tests", "DocumentationTests.cs")));

        var blocks = CodeBlock().Matches(page);

        Assert.NotEmpty(blocks);
        Assert.All(blocks, block => Assert.Contains(Squeeze(block.Groups[1].Value), code, StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_page_lists_every_route_and_no_other()
    {
        await using var wix = await WixEmulator.StartAsync();
        var page = await File.ReadAllTextAsync(Path.Combine(Root, "docs", "emulator.md"));
        var listed = Route().Matches(page[page.IndexOf("## Supported APIs", StringComparison.Ordinal)..]).Select(m => m.Groups[1].Value)
            .ToHashSet();
        var had = wix.Routes.Where(
            r => !r.Contains("/_api/bookings", StringComparison.Ordinal) && !r.Contains("/_emulator/", StringComparison.Ordinal))
            .ToHashSet();

        Assert.Empty(had.Except(listed));
        Assert.Empty(listed.Except(had));
    }

    private static string Root
    {
        get
        {
            var folder = new DirectoryInfo(AppContext.BaseDirectory);
            while (!File.Exists(Path.Combine(folder.FullName, "Endpoints.sln")))
                folder = folder.Parent ?? throw new DirectoryNotFoundException("Endpoints.sln");
            return folder.FullName;
        }
    }

    // The page's blocks are not indented as the methods here are.
    private static string Squeeze(string code) => Blank().Replace(code, " ").Trim();

    [GeneratedRegex("```csharp\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex CodeBlock();

    [GeneratedRegex("`((?:GET|POST|PUT|PATCH|DELETE) /[^`…]+)`")]
    private static partial Regex Route();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Blank();
}
