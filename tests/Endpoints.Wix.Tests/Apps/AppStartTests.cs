using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace Endpoints.Wix.Tests.Apps;

/// <summary>What is wrong with apps stops the start, and the message says what to do.</summary>
public sealed class AppStartTests
{
    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("my shop")]
    [InlineData("-shop")]
    [InlineData("1shop")]
    [InlineData("shop.one")]
    [InlineData("shop\n")]
    [InlineData("läden")]
    [InlineData("a234567890123456789012345678901234")]
    public void An_odd_name_is_none(string name) =>
        Assert.Contains("is not a name of a Wix app",
            Assert.Throws<ArgumentException>(() => new ServiceCollection().AddWix(name, static _ => { })).Message,
            StringComparison.Ordinal);

    [Theory]
    [InlineData("shop")]
    [InlineData("Shop")]
    public void Two_apps_have_two_names(string second)
    {
        var services = new ServiceCollection();
        services.AddWix("shop", static _ => { });

        var message = Assert.Throws<InvalidOperationException>(() => services.AddWix(second, static _ => { })).Message;

        Assert.Contains("'shop'", message, StringComparison.Ordinal);
        Assert.Contains($"'{second}'", message, StringComparison.Ordinal);
        Assert.Contains("another name", message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("minimal")]
    [InlineData("metadata")]
    [InlineData("login")]
    [InlineData("installation")]
    [InlineData("events")]
    public async Task An_endpoint_names_an_app_that_there_is(string where)
    {
        var message = await FailAsync(app =>
        {
            _ = where switch
            {
                "minimal" => app.MapGet("/api/x", static () => "")
                    .Elevate(Callers.Visitor, static options => options.App = "store") as IEndpointConventionBuilder,
                "metadata" => app.MapGet("/api/x", static () => "").WithMetadata(new WixAppAttribute("store")),
                "login" => app.MapWixAuth("/api/x", "store"),
                "installation" => app.MapWixInstallation("/api/x", "store"),
                _ => app.MapWixEvents("store"),
            };
        });

        Assert.Contains("there is no Wix app 'store'", message, StringComparison.Ordinal);
        Assert.Contains("AddWix(\"store\", ...)", message, StringComparison.Ordinal);
        Assert.Contains("'shop'", message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_elevated_endpoint_names_its_app_where_the_lock_reads_it()
    {
        var message = await FailAsync(static app =>
            app.MapGet("/x", static () => "").WithMetadata(new WixAppAttribute("shop")).Elevate(Callers.Visitor));

        Assert.Contains("[Elevate(..., App = \"shop\")]", message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task With_named_apps_only_an_endpoint_names_one()
    {
        await using (var site = await AppsSite.StartAsync(
            static app => app.MapGet("/x", static () => "").Elevate(Callers.Visitor, static options => options.App = "shop"),
            hasMain: false))
        {
            Assert.Equal(200, (int)(await site.GetAsync("/x")).Status);
        }

        var message = await FailAsync(static app => app.MapGet("/x", static () => "").Elevate(Callers.Visitor), hasMain: false);
        Assert.Contains("it names no Wix app", message, StringComparison.Ordinal);
        Assert.Contains("App = \"shop\"", message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_host_belongs_to_one_app()
    {
        var message = await FailAsync(main: static options => options.Hosts.Add("shop.example"),
            shop: static options => options.Hosts.Add("Shop.example"));

        Assert.Contains("The host 'shop.example' belongs to the Wix app without a name and to the Wix app 'shop'", message,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_client_id_belongs_to_one_app()
    {
        var message = await FailAsync(main: static options => options.ClientId = "same", shop: static options => options.ClientId = "SAME");

        Assert.Contains("the Wix app without a name", message, StringComparison.Ordinal);
        Assert.Contains("the Wix app 'shop'", message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_cookie_of_Wixs_JavaScript_belongs_to_one_app_of_a_host()
    {
        static void Compatible(WixOptions options) => options.Session.Cookie = WixSessionCookie.Compatible;

        Assert.Contains("Compatible", await FailAsync(main: Compatible, shop: Compatible), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Settings_that_are_not_valid_are_those_of_the_app_that_is_named()
    {
        var message = await FailAsync(shop: static options =>
        {
            options.ClientSecret = null;
            options.Hosts.Add("https://shop.example");
            options.NewVisitorsPerMinute = 0;
            options.Session.AllowPlainHttp = true;
        });

        Assert.Contains("The Wix app 'shop': The Wix client secret is missing. Set ClientSecret to the app's secret.", message,
            StringComparison.Ordinal);
        Assert.Contains("The Wix app 'shop': Hosts has 'https://shop.example'", message, StringComparison.Ordinal);
        Assert.Contains("The Wix app 'shop': NewVisitorsPerMinute must", message, StringComparison.Ordinal);
        Assert.Contains("The Wix app 'shop': Session:AllowPlainHttp", message, StringComparison.Ordinal);
        Assert.DoesNotContain("WIX_", message, StringComparison.Ordinal);
    }

    [Fact]
    public void Options_are_those_of_the_name()
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Wix:ClientId"] = "main", ["Wix:ClientSecret"] = "secret", ["WIX_CLIENT_INSTANCE_ID"] = "instance",
            ["Apps:Shop:ClientId"] = "shop", ["Apps:Shop:ClientSecret"] = "secret", ["Apps:Shop:Hosts:0"] = "shop.example",
        }).Build();
        var services = new ServiceCollection().AddSingleton<IConfiguration>(configuration);
        services.AddWix(configuration);
        Assert.Equal("shop", services.AddWix("shop", configuration.GetSection("Apps:Shop")).Name);
        using var provider = services.BuildServiceProvider();

        var options = provider.GetRequiredService<IOptionsMonitor<WixOptions>>();

        Assert.Equal(("main", "instance"), (options.CurrentValue.ClientId, options.CurrentValue.InstanceId));
        Assert.Equal(("shop", null), (options.Get("shop").ClientId, options.Get("shop").InstanceId));
        Assert.Equal("shop.example", Assert.Single(options.Get("shop").Hosts));
        Assert.Equal("shop", provider.GetRequiredKeyedService<IOptions<WixOptions>>("shop").Value.ClientId);
    }

    private static async Task<string> FailAsync(Action<WebApplication>? map = null, Action<WixOptions>? main = null,
        Action<WixOptions>? shop = null, bool hasMain = true)
    {
        var thrown = await Record.ExceptionAsync(
            async () => await (await AppsSite.StartAsync(map, main, shop, hasMain: hasMain)).DisposeAsync());
        Assert.NotNull(thrown);
        return thrown is OptionsValidationException invalid ? string.Join("\n", invalid.Failures) : thrown.Message;
    }
}
