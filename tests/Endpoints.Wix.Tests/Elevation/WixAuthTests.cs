using Endpoints.Wix.Emulator;
using Endpoints.Wix.Modules;
using Endpoints.Wix.Tests.Hosting;

namespace Endpoints.Wix.Tests.Elevation;

public sealed class WixAuthTests
{
    [Fact]
    public async Task Optional_parameters_stay_optional()
    {
        await RunAsync(async (auth, properties, products) =>
        {
            var elevated = auth.Elevate(properties.GetSitePropertiesAsync);
            Assert.NotNull((await elevated()).Properties.BusinessName);
            var some = await elevated(new() { Fields = ["email"] });
            Assert.Null(some.Properties.BusinessName);
        });
    }

    [Fact]
    public async Task A_delegate_of_a_named_type_is_rebound_as_well() => await RunAsync(async (auth, properties, _) =>
    {
        Func<BusinessProfile, CancellationToken, Task<SitePropertiesVersion>> plain = properties.UpdateBusinessProfileAsync;

        var elevated = auth.Elevate(plain);

        Assert.NotSame(plain.Target, elevated.Target);
        Assert.NotNull((await elevated(new() { Description = "Better" }, default)).Version);
    });

    [Fact]
    public async Task What_is_no_modules_method_is_refused_with_what_to_write() => await RunAsync((auth, properties, products) =>
    {
        var captured = properties;
        Func<Task> lambda = () => captured.GetSitePropertiesAsync();
        Func<int, int> fixedOne = Math.Abs;
        Func<string> inherited = properties.ToString!;
        Func<string> other = "text".ToString;
        Func<GetSitePropertiesOptions?, CancellationToken, Task<SitePropertiesSnapshot>> one = properties.GetSitePropertiesAsync;
        Func<Task> extension = properties.Extension;

        foreach (var wrong in new Delegate[] { lambda, fixedOne, inherited, other, one + one, extension })
        {
            var mend = Assert.Throws<ArgumentException>(() => auth.Elevate(wrong));
            Assert.Contains("auth.Elevate(siteProperties.GetSitePropertiesAsync)", mend.Message, StringComparison.Ordinal);
        }

        Assert.Throws<ArgumentNullException>(() => auth.Elevate<Action>(null!));
        return Task.CompletedTask;
    });

    [Fact]
    public async Task F12_The_raw_call_is_elevated_like_any_method_within_Only_and_until_the_handler_ends()
    {
        Func<HttpMethod, string, HttpContent?, CancellationToken, Task<WixResponse>>? kept = null;
        await using var site = await WixSite.StartAsync(app =>
        {
            app.MapGet("/raw", async (WixAuth auth, WixClient wix, ElevatedWixClient elevated) =>
            {
                var fetch = auth.Elevate(wix.FetchWithAuthAsync);
                Assert.Equal(403, (int)(await wix.FetchWithAuthAsync(HttpMethod.Get, "/site-properties/v4/properties")).Status);
                Assert.Equal(200, (int)(await fetch(HttpMethod.Get, "/site-properties/v4/properties")).Status);
                kept = auth.Elevate<Func<HttpMethod, string, HttpContent?, CancellationToken, Task<WixResponse>>>(
                    elevated.FetchWithAuthAsync);
                Assert.Equal(200, (int)(await kept(HttpMethod.Get, "/site-properties/v4/properties", null, default)).Status);
                await Assert.ThrowsAsync<ArgumentException>(
                    () => fetch(HttpMethod.Get, "https://evil.example/site-properties/v4/properties"));
            }).Elevate(Callers.Member);
            app.MapGet("/only", async (WixAuth auth, WixClient wix) =>
            {
                var fetch = auth.Elevate(wix.FetchWithAuthAsync);
                var refused =
                    await Assert.ThrowsAsync<InvalidOperationException>(() => fetch(HttpMethod.Get, "/site-properties/v4/properties"));
                Assert.Contains("Only", refused.Message, StringComparison.Ordinal);
            }).Elevate(Callers.Member, options => options.Only = ["POST /members/v1/members/query"]);
            app.MapGet("/plain",
                (WixAuth auth, WixClient wix) => Assert.Throws<InvalidOperationException>(() => auth.Elevate(wix.FetchWithAuthAsync))
                    .Message);
        });
        var token = site.Wix.IssueToken(EmulatedIdentity.Member());

        foreach (var path in new[] { "/raw", "/only", "/plain" })
            Assert.Equal(System.Net.HttpStatusCode.OK, (await site.GetAsync(path, token)).Status);

        await Assert.ThrowsAsync<ObjectDisposedException>(() => kept!(HttpMethod.Get, "/site-properties/v4/properties", null, default));
    }

    [Fact]
    public async Task F12_An_API_keys_client_is_not_the_callers()
    {
        await using var site = await WixSite.StartAsync(
            app => app.MapGet("/", (WixAuth auth, AdminWixClient admin) =>
                Assert.Throws<ArgumentException>(() => auth.Elevate(admin.FetchWithAuthAsync)).Message).Elevate(Callers.Visitor),
            options => (options.ApiKey, options.SiteId) = (new("an-api-key-of-the-test"), "44444444-4444-4444-8444-444444444444"));

        var answer = await site.GetAsync("/");

        Assert.Contains("API key", answer.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task F12_Every_client_of_the_caller_has_its_raw_call_elevated_whatever_the_delegate_is_called()
    {
        await using var site = await WixSite.StartAsync(app => app.MapGet("/", async (HttpContext context, WixAuth auth, WixClient wix) =>
        {
            Fetch own = auth.Elevate<Fetch>(wix.FetchWithAuthAsync);
            WixSiteClient site = wix;
            WixApiClient any = wix;
            var later = auth.Elevate(site.FetchWithAuthAsync);
            var last = auth.Elevate(any.FetchWithAuthAsync);
            var resolved = auth.Elevate(context.RequestServices.GetRequiredService<WixClient>().FetchWithAuthAsync);
            return string.Join(' ', (int)(await own(HttpMethod.Get, "/site-properties/v4/properties", null, default)).Status,
                (int)(await later(HttpMethod.Get, "/site-properties/v4/properties")).Status,
                (int)(await last(HttpMethod.Get, "/site-properties/v4/properties")).Status,
                (int)(await resolved(HttpMethod.Get, "/site-properties/v4/properties")).Status,
                (await auth.Elevate(wix.SiteProperties.GetSitePropertiesAsync)()).Properties.SiteDisplayName is not null,
                (await auth.Elevate(wix.GetModule<SiteProperties>().GetSitePropertiesAsync)()).Properties.SiteDisplayName is not null);
        }).Elevate(Callers.Visitor));

        Assert.Equal("200 200 200 200 True True", (await site.GetAsync("/")).Body);
    }

    private delegate Task<WixResponse> Fetch(HttpMethod method, string path, HttpContent? content, CancellationToken ct);

    private static async Task RunAsync(Func<WixAuth, SiteProperties, Products, Task> handler)
    {
        Exception? failure = null;
        var ran = false;
        await using var site =
            await WixSite.StartAsync(app => app.MapGet("/", async (WixAuth auth, SiteProperties properties, Products products) =>
        {
            failure = await Record.ExceptionAsync(() => handler(auth, properties, products));
            ran = true;
        }).Elevate(Callers.Visitor));
        await site.GetAsync("/");
        Assert.True(ran);
        if (failure is not null)
            throw new InvalidOperationException("The handler failed.", failure);
    }
}

internal static class ModuleExtensions
{
    public static Task Extension(this SiteProperties properties) => properties.GetSitePropertiesAsync();
}
