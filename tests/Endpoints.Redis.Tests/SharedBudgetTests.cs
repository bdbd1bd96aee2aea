using Endpoints.Wix;
using Endpoints.Wix.Emulator;
using Microsoft.AspNetCore.TestHost;

namespace Endpoints.Redis.Tests;

/// <summary>The calls that Wix allows an app on an instance are those of all nodes together.</summary>
public sealed class SharedBudgetTests(RedisServer redis) : IClassFixture<RedisServer>
{
    private const string Call = "GET /site-properties/v4/properties";

    [Fact]
    public async Task S25_Two_nodes_share_the_calls_of_an_instance_and_a_callers_share_of_them()
    {
        await using var wix = await WixEmulator.StartAsync();
        await using var first = await StartAsync(wix, calls: 40);
        await using var second = await StartAsync(wix, calls: 40);
        var (greedy, modest) = (wix.IssueToken(EmulatedIdentity.Member("greedy")), wix.IssueToken(EmulatedIdentity.Member("modest")));

        var statuses = new List<int>();
        for (var i = 0; i < 60; i++)
            statuses.Add(await StatusAsync(i % 2 == 0 ? first : second, greedy));

        Assert.InRange(statuses.Count(static status => status == 200), 18, 22); // a node for itself would have admitted as many
        Assert.All(statuses, static status => Assert.True(status is 200 or 429, $"{status}"));
        foreach (var node in (WebApplication[])[first, second])
        {
            Assert.Equal(429, await StatusAsync(node, greedy));
            Assert.Equal(200, await StatusAsync(node, modest));
        }

        Assert.InRange(wix.CountOf(Call), 20, 24);
    }

    [Fact]
    public async Task S25_All_callers_of_all_nodes_make_no_more_calls_than_Wix_allows()
    {
        await using var wix = await WixEmulator.StartAsync();
        await using var first = await StartAsync(wix, calls: 30);
        await using var second = await StartAsync(wix, calls: 30);
        var callers = Enumerable.Range(0, 12).Select(one => wix.IssueToken(EmulatedIdentity.Member($"member-{one}"))).ToList();

        var requests = Enumerable.Range(0, 120)
            .Select(one => StatusAsync(one % 2 == 0 ? first : second, callers[one % callers.Count]));
        var statuses = await Task.WhenAll(requests);

        Assert.InRange(wix.CountOf(Call), 25, 30);
        Assert.Equal(wix.CountOf(Call), statuses.Count(static status => status == 200));
        Assert.All(statuses, static status => Assert.True(status is 200 or 429 or 503, $"{status}"));
    }

    [Fact]
    public async Task S25_What_Wix_refuses_one_node_the_other_does_not_ask()
    {
        await using var wix = await WixEmulator.StartAsync();
        await using var first = await StartAsync(wix, calls: 1000);
        await using var second = await StartAsync(wix, calls: 1000);
        var token = wix.IssueToken(EmulatedIdentity.Member("alice"));
        Assert.Equal((200, 200), (await StatusAsync(first, token), await StatusAsync(second, token)));
        using (wix.On(Call).Fail(429, TimeSpan.FromSeconds(30)))
            Assert.Equal(503, await StatusAsync(first, token));
        var before = wix.CountOf(Call);

        Assert.Equal((503, 503), (await StatusAsync(first, token), await StatusAsync(second, token)));
        Assert.Equal(before, wix.CountOf(Call));
    }

    private async Task<WebApplication> StartAsync(WixEmulator wix, int calls)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseTestServer();
        builder.Services.AddWix(options =>
        {
            (options.ClientId, options.ClientSecret, options.InstanceId) = (wix.App.ClientId, new(wix.App.ClientSecret), wix.InstanceId);
            options.ApiBaseAddress = wix.Address;
            options.CallsPerMinute = calls;
        }).UseRedis(redis.Address, static sharing => sharing.Timeout = TimeSpan.FromSeconds(10)); // a busy machine must fail no test
        var app = builder.Build();
        app.MapGet("/", static (ElevatedWixClient client) => client.SiteProperties.GetSitePropertiesAsync()).Elevate(Callers.Member);
        await app.StartAsync();
        return app;
    }

    private static async Task<int> StatusAsync(WebApplication node, string token)
    {
        using var client = node.GetTestClient();
        using var request = new HttpRequestMessage(HttpMethod.Get, "/");
        request.Headers.TryAddWithoutValidation("Authorization", token);
        using var response = await client.SendAsync(request);
        return (int)response.StatusCode;
    }
}
