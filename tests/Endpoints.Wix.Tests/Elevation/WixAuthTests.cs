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

    private static async Task RunAsync(Func<WixAuth, SiteProperties, Products, Task> handler)
    {
        Exception? failure = null;
        var ran = false;
        await using var site = await WixSite.StartAsync(app => app.MapGet("/", async (WixAuth auth, SiteProperties properties, Products products) =>
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
