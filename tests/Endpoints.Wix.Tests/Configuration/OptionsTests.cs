using System.Security.Cryptography;
using System.Text;
using Endpoints.Wix.Tests.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace Endpoints.Wix.Tests.Configuration;

public sealed class OptionsTests
{
    [Theory]
    [InlineData("WIX_CLIENT_ID=a", "Wix:ClientSecret", "WIX_CLIENT_SECRET")]
    [InlineData("WIX_CLIENT_SECRET=canary-secret", "Wix:ClientId", "WIX_CLIENT_ID")]
    [InlineData("WIX_CLIENT_INSTANCE_ID=a;WIX_CLIENT_ID=b", "Wix:ClientSecret", "WIX_CLIENT_SECRET")]
    [InlineData("Wix:ClientId=a;Wix:ClientSecret=", "Wix:ClientSecret", "WIX_CLIENT_SECRET")]
    [InlineData("Wix:ClientId= ;Wix:ClientSecret=canary-secret", "Wix:ClientId", "WIX_CLIENT_ID")]
    [InlineData("", "Wix:ClientId", "Wix:ClientSecret")]
    public async Task S54_Half_a_configuration_stops_the_start_and_says_what_is_missing_and_where_to_set_it(string settings,
        params string[] said)
    {
        var message = (await StartFailureAsync(settings)).Message;

        Assert.All(said, text => Assert.Contains(text, message, StringComparison.Ordinal));
        Assert.DoesNotContain("canary", message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Wix:ApiBaseAddress=http://wix.example")]
    [InlineData("Wix:ApiBaseAddress=https://wix.example/path")]
    [InlineData("Wix:ApiBaseAddress=https://user:password@wix.example")]
    [InlineData("Wix:ApiBaseAddress=https://wix.example/?q")]
    [InlineData("Wix:ApiBaseAddress=ftp://127.0.0.1")]
    [InlineData("Wix:ApiBaseAddress=relative")]
    [InlineData("Wix:PublicOrigin=https://shop.example/path")]
    [InlineData("Wix:PublicOrigin=shop.example")]
    [InlineData("Wix:PublicKey=canary")]
    [InlineData("Wix:InstanceId=a\u0001b")]
    [InlineData("Wix:ApiKey=two words")]
    [InlineData("Wix:ApiKey=a,b")]
    [InlineData("Wix:ApiKey=a\r\nwix-site-id: b")]
    [InlineData("Wix:SiteId=a\r\nb")]
    [InlineData("Wix:AccountId=\u00e9")]
    [InlineData("Wix:Resilience:RequestTimeout=00:00:00")]
    [InlineData("Wix:Resilience:TokenTimeout=00:05:00")]
    [InlineData("Wix:TokenInfo:CacheDuration=00:05:01")]
    [InlineData("Wix:TokenInfo:CacheDuration=-00:00:01")]
    [InlineData("Wix:TokenInfo:CacheSize=0")]
    [InlineData("Wix:Resilience:MaxRetryAttempts=6")]
    [InlineData("Wix:Resilience:CircuitBreakDuration=00:00:00")]
    [InlineData("Wix:TokenInfo:RefusedCacheDuration=00:02:00")]
    [InlineData("Wix:TokenInfo:Prefixes:0=a")]
    [InlineData("Wix:Bodies:Memory=1")]
    [InlineData("Wix:Bodies:Timeout=00:00:00")]
    [InlineData("Wix:Session:Cookie=7")]
    [InlineData("Wix:Session:AllowPlainHttp=true")]
    [InlineData("Wix:RenewBefore=01:00:01")]
    [InlineData("Wix:Inbox:Concurrency=0")]
    [InlineData("Wix:Inbox:MaxMessageSize=0")]
    [InlineData("Wix:Inbox:HandledRetention=2.23:59:59")]
    public async Task A_wrong_setting_stops_the_start_and_is_named(string setting)
    {
        var message = (await StartFailureAsync("Wix:ClientId=a;Wix:ClientSecret=canary-secret;" + setting)).Message;

        // The path as it stands in the configuration; of a list, the list.
        var path = setting[..setting.IndexOf('=', StringComparison.Ordinal)];
        path = path.EndsWith(":0", StringComparison.Ordinal) ? path[..^2] : path;
        Assert.Contains(path, message, StringComparison.Ordinal);
        Assert.True(message.Split(path).Length == 2, $"It is named more than once: {message}");
        Assert.DoesNotContain("canary", message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("https://www.wixapis.com")]
    [InlineData("http://127.0.0.1:5000")]
    [InlineData("http://localhost:5000/")]
    [InlineData("http://[::1]:5000")]
    public void Https_anywhere_and_http_on_loopback_are_accepted(string address) =>
        Assert.Equal(new Uri(address), Read($"Wix:ClientId=a;Wix:ClientSecret=b;Wix:ApiBaseAddress={address}").ApiBaseAddress);

    [Fact]
    public void The_section_counts_before_the_variables_and_they_fill_what_it_leaves_out()
    {
        var options =
            Read("Wix:ClientId=from-section;WIX_CLIENT_ID=from-variable;WIX_CLIENT_SECRET=secret;WIX_CLIENT_INSTANCE_ID=instance");

        Assert.Equal(("from-section", "instance"), (options.ClientId, options.InstanceId));
        Assert.Equal(new WixSecret("secret"), options.ClientSecret);
        Assert.Equal((null, null, null), (options.ApiKey, options.SiteId, options.AccountId));
        Assert.Equal(new Uri("https://www.wixapis.com"), options.ApiBaseAddress);
    }

    [Fact]
    public void The_API_keys_variables_are_read_like_the_others()
    {
        var options = Read("Wix:ClientId=a;Wix:ClientSecret=b;Wix:SiteId=site;WIX_SITE_ID=other;WIX_API_KEY= key\n;WIX_ACCOUNT_ID=account");

        Assert.Equal((new WixSecret("key"), "site", "account"), (options.ApiKey, options.SiteId, options.AccountId));
    }

    [Fact]
    public void The_section_itself_may_be_passed()
    {
        var services = new ServiceCollection();
        services.AddWix(Configuration("Wix:ClientId=a;Wix:ClientSecret=b").GetSection("Wix"));
        using var provider = services.BuildServiceProvider();

        Assert.Equal("a", provider.GetRequiredService<IOptions<WixOptions>>().Value.ClientId);
    }

    [Fact]
    public void A_public_key_is_taken_as_PEM_as_one_line_and_as_base64()
    {
        using var rsa = RSA.Create(2048);
        var pem = rsa.ExportSubjectPublicKeyInfoPem();

        foreach (var key in new[] { pem, pem.Replace("\n", "\\n", StringComparison.Ordinal),
            Convert.ToBase64String(Encoding.ASCII.GetBytes(pem)) })
        {
            var services = new ServiceCollection();
            services.AddWix(options => (options.ClientId, options.ClientSecret, options.PublicKey) = ("a", new("b"), key));
            using var provider = services.BuildServiceProvider();
            Assert.Equal(key, provider.GetRequiredService<IOptions<WixOptions>>().Value.PublicKey);
        }
    }

    [Fact]
    public async Task AddWix_twice_is_one_setup_with_both_options()
    {
        await using var site = await WixSite.StartAsync(
            app => app.MapGet("/", (Caller caller) => caller.Kind).Elevate(Callers.Visitor),
            build: builder => builder.Services.AddWix(options => options.TokenInfo.CacheDuration = TimeSpan.FromSeconds(5)));

        Assert.Equal(TimeSpan.FromSeconds(5), site.Services.GetRequiredService<IOptions<WixOptions>>().Value.TokenInfo.CacheDuration);
        Assert.Equal("\"Visitor\"", (await site.GetAsync("/")).Body);
    }

    [Fact]
    public async Task Two_applications_in_one_process_share_nothing()
    {
        await using var one = await WixSite.StartAsync(app => app.MapGet("/", (Caller caller) => caller.Id).Elevate(Callers.Member));
        await using var two = await WixSite.StartAsync(app => app.MapGet("/", (Caller caller) => caller.Id).Elevate(Callers.Member));
        var token = one.Wix.IssueToken(Emulator.EmulatedIdentity.Member("alice"));

        Assert.Equal("alice", (await one.GetAsync("/", token)).Body);
        Assert.Equal(401, (int)(await two.GetAsync("/", token)).Status);
    }

    private static async Task<Exception> StartFailureAsync(string settings)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Services.AddWix(Configuration(settings));
        await using var app = builder.Build();
        app.Urls.Add("http://127.0.0.1:0");
        return await Assert.ThrowsAnyAsync<Exception>(() => app.StartAsync());
    }

    private static WixOptions Read(string settings)
    {
        var services = new ServiceCollection();
        services.AddWix(Configuration(settings));
        using var provider = services.BuildServiceProvider();
        return provider.GetRequiredService<IOptions<WixOptions>>().Value;
    }

    private static IConfiguration Configuration(string settings) => new ConfigurationBuilder()
        .AddInMemoryCollection(settings.Split(';', StringSplitOptions.RemoveEmptyEntries).Select(static setting => setting.Split('=', 2))
            .Select(static pair => KeyValuePair.Create<string, string?>(pair[0], pair[1])))
        .Build();
}
