using Endpoints.Wix;
using Endpoints.Wix.Emulator;
using Endpoints.Wix.Modules;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using NSubstitute;

namespace Endpoints.Testing.Tests;

/// <summary>Handlers are tested with mocks, by hand and by a library, and a mock is nobody in an application.</summary>
public sealed class MockTests
{
    [Fact]
    public async Task The_greeting_names_the_site()
    {
        var greeting = await Greeting.Get(new FakeWix(), WixModelFactory.Caller(Callers.Member, "ada"));

        Assert.Equal("Hello ada, this is Harbour Coffee", greeting);
    }

    [Fact]
    public async Task The_greeting_names_the_site_of_a_substitute_too()
    {
        var properties = Substitute.For<SiteProperties>();
        properties.GetSitePropertiesAsync()
            .ReturnsForAnyArgs(new SitePropertiesSnapshot { Properties = new() { SiteDisplayName = "Harbour Coffee" } });
        var wix = Substitute.For<ElevatedWixClient>();
        wix.SiteProperties.Returns(properties);

        Assert.Equal("Hello ada, this is Harbour Coffee", await Greeting.Get(wix, WixModelFactory.Caller(Callers.Member, "ada")));
    }

    [Fact]
    public async Task The_owner_may_change_the_order_and_nobody_else()
    {
        var check = new IsOwn();
        var arguments = new Dictionary<string, object?> { ["owner"] = "ada" };

        Assert.True(
            await check.IsAllowedAsync(WixModelFactory.ElevationCheckContext(WixModelFactory.Caller(Callers.Member, "ada"), arguments),
                default));
        Assert.False(
            await check.IsAllowedAsync(WixModelFactory.ElevationCheckContext(WixModelFactory.Caller(Callers.Member, "bob"), arguments),
                default));
    }

    [Fact]
    public async Task An_elevated_method_is_a_delegate_of_the_tests_own()
    {
        var auth = Substitute.For<WixAuth>();
        auth.Elevate(Arg.Any<Func<int, Task<int>>>()).Returns(static _ => static value => Task.FromResult(2 * value));

        Assert.Equal(4, await auth.Elevate<Func<int, Task<int>>>(Task.FromResult)(2));
    }

    [Fact]
    public async Task A_raw_answer_has_what_the_test_says()
    {
        var wix = Substitute.For<WixClient>();
        wix.FetchWithAuthAsync(HttpMethod.Get, "/x")
            .ReturnsForAnyArgs(WixModelFactory.WixResponse(json: """{"a":1}""", headers: [new("X-Wix-Request-Id", "r1")]));

        var answer = await wix.FetchWithAuthAsync(HttpMethod.Get, "/x");

        Assert.Equal(("r1", 1), (answer.RequestId, (int)answer.ReadFromJson<System.Text.Json.Nodes.JsonObject>()!["a"]!));
    }

    [Fact]
    public async Task What_a_mock_does_not_override_calls_nothing()
    {
        var wix = new FakeWix();

        foreach (var call in new Func<object>[] { () => wix.Products, () => wix.GetModule<Products>() })
            Assert.Contains("FakeWix is a mock", Assert.Throws<InvalidOperationException>(call).Message, StringComparison.Ordinal);
        Assert.Contains("FakeWix is a mock",
            (await Assert.ThrowsAsync<InvalidOperationException>(() => wix.FetchWithAuthAsync(HttpMethod.Get, "/x"))).Message,
            StringComparison.Ordinal);
        Assert.Throws<InvalidOperationException>(() => new FakeApp().ForInstance("x"));
    }

    /// <summary>
    /// An application that is handed a mock where it should get a client gets no identity by it, whatever the endpoint grants.
    /// </summary>
    [Fact]
    public async Task In_an_application_a_mock_is_nobody()
    {
        await using var wix = await WixEmulator.StartAsync();
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseTestServer();
        builder.Services.AddWix(
            options => (options.ClientId, options.ClientSecret, options.InstanceId, options.ApiBaseAddress) =
                (wix.App.ClientId, new(wix.App.ClientSecret), wix.InstanceId, wix.Address));
        builder.Services.AddHttpClient("wix").AddWixIdentity<ElevatedWixClient>();
        builder.Services.AddScoped<ElevatedWixClient>(static _ => new FakeWix());
        var app = builder.Build();
        var refused = new List<Exception?>();
        app.MapGet("/", async (ElevatedWixClient fake, WixAuth auth, IHttpClientFactory http) =>
        {
            refused.Add(await Record.ExceptionAsync(() => fake.FetchWithAuthAsync(HttpMethod.Get, "/site-properties/v4/properties")));
            refused.Add(Record.Exception(() => auth.Elevate(fake.FetchWithAuthAsync)));
            refused.Add(Record.Exception(() => auth.Elevate(fake.SiteProperties.GetSitePropertiesAsync)));
            refused.Add(await Record.ExceptionAsync(() => http.CreateClient("wix").GetAsync("/site-properties/v4/properties")));
            refused.Add(Record.Exception(() => fake.Products));
        }).Elevate(Callers.Visitor);
        await app.StartAsync();
        await using (app)
            (await app.GetTestClient().GetAsync("/")).EnsureSuccessStatusCode();

        Assert.Equal(5, refused.Count);
        Assert.All(refused,
            static exception => Assert.Contains("is a mock", Assert.IsType<InvalidOperationException>(exception).Message,
                StringComparison.Ordinal));
        Assert.Empty(wix.Calls);
    }

    internal static class Greeting
    {
        [Elevate(Callers.Member)]
        public static async Task<string> Get(ElevatedWixClient wix, Caller caller)
        {
            var site = await wix.SiteProperties.GetSitePropertiesAsync();
            return $"Hello {caller.Id}, this is {site.Properties.SiteDisplayName}";
        }
    }

    internal sealed class IsOwn : IElevationCheck
    {
        public ValueTask<bool> IsAllowedAsync(ElevationCheckContext context, CancellationToken cancellationToken) =>
            new(context.Argument<string>("owner") == context.Caller.Id);
    }

    private sealed class FakeWix : ElevatedWixClient
    {
        public override SiteProperties SiteProperties { get; } = new FakeSiteProperties();
    }

    private sealed class FakeSiteProperties : SiteProperties
    {
        public override Task<SitePropertiesSnapshot> GetSitePropertiesAsync(GetSitePropertiesOptions? options = null,
            CancellationToken cancellationToken = default) =>
            Task.FromResult(new SitePropertiesSnapshot { Properties = new() { SiteDisplayName = "Harbour Coffee" } });
    }

    private sealed class FakeApp : AppWixClient;
}
