using Endpoints.Wix.Emulator;
using Endpoints.Wix.Tests.Hosting;
using Microsoft.Extensions.Configuration;

namespace Endpoints.Wix.Tests.Configuration;

/// <summary>Settings that change while the application runs.</summary>
public sealed class ReloadTests : IAsyncLifetime
{
    private readonly IConfigurationRoot _configuration = new ConfigurationBuilder().AddInMemoryCollection().Build();
    private WixSite _site = null!;

    public async Task InitializeAsync()
    {
        _site = await WixSite.StartAsync(
            static app =>
            {
                app.MapGet("/who", (Caller caller) => caller.Id).Elevate(Callers.Member);
                app.MapGet("/site",
                    async (ElevatedWixClient wix) => (await wix.SiteProperties.GetSitePropertiesAsync()).Properties.SiteDisplayName)
                    .Elevate(Callers.Visitor);
            },
            build: builder =>
            {
                _configuration["Wix:ClientSecret"] = "not the secret";
                builder.Services.AddWix(_configuration);
            });
    }

    public async Task DisposeAsync() => await _site.DisposeAsync();

    [Fact]
    public async Task A_secret_that_is_rotated_is_used_from_then_on()
    {
        Assert.NotEqual(200, (int)(await _site.GetAsync("/site")).Status);

        Change(("Wix:ClientSecret", _site.Wix.App.ClientSecret));

        Assert.Equal(200, (int)(await _site.GetAsync("/site")).Status);
    }

    [Fact]
    public async Task How_long_Wix_is_believed_follows_the_configuration()
    {
        var token = _site.Wix.IssueToken(EmulatedIdentity.Member("ada"));
        Change(("Wix:TokenInfo:CacheDuration", "00:00:00"));

        Assert.Equal("ada", (await _site.GetAsync("/who", token)).Body);
        _site.Wix.Revoke(token);
        Assert.Equal(401, (int)(await _site.GetAsync("/who", token)).Status);
    }

    [Fact]
    public async Task A_change_that_is_not_valid_is_logged_and_none_of_it_is_used()
    {
        Change(("Wix:ClientSecret", _site.Wix.App.ClientSecret), ("Wix:TokenInfo:CacheDuration", "01:00:00"));

        Assert.NotEqual(200, (int)(await _site.GetAsync("/site")).Status);
        Assert.Contains(Logged(), static line => line.Contains("Wix:TokenInfo:CacheDuration", StringComparison.Ordinal));

        Change(("Wix:TokenInfo:CacheDuration", "00:01:00"));
        Assert.Equal(200, (int)(await _site.GetAsync("/site")).Status);
    }

    [Theory]
    [InlineData("Wix:ClientId", "another-app")]
    [InlineData("Wix:InstanceId", "another-instance")]
    [InlineData("Wix:SiteId", "another-site")]
    [InlineData("Wix:AccountId", "another-account")]
    [InlineData("Wix:ApiBaseAddress", "https://elsewhere.example")]
    public async Task A_change_that_would_make_another_app_of_it_is_logged_and_none_of_it_is_used(string setting, string value)
    {
        Change((setting, value), ("Wix:ClientSecret", _site.Wix.App.ClientSecret));

        Assert.NotEqual(200, (int)(await _site.GetAsync("/site")).Status);
        Assert.Contains(Logged(), static line => line.Contains("Restart the application", StringComparison.Ordinal));
        Assert.DoesNotContain(_site.Logs.Lines, line => line.Contains(_site.Wix.App.ClientSecret, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_secret_that_was_rotated_away_is_still_shown_to_nobody()
    {
        Assert.Equal(401, (int)(await _site.GetAsync("/who", "not the secret")).Status);
        Change(("Wix:ClientSecret", "first-secret"));
        Assert.Equal(401, (int)(await _site.GetAsync("/who", "first-secret")).Status);
        Change(("Wix:ClientSecret", "second-secret"));

        Assert.Equal(401, (int)(await _site.GetAsync("/who", "first-secret")).Status);
        Assert.Equal(401, (int)(await _site.GetAsync("/who", "second-secret")).Status);

        Assert.Equal(0, _site.Wix.CountOf(WixSite.TokenInfo));
    }

    private IEnumerable<string> Logged() => _site.Logs.Lines.Where(static line => line.Contains("LiveOptions", StringComparison.Ordinal));

    private void Change(params (string Name, string Value)[] settings)
    {
        foreach (var (name, value) in settings)
            _configuration[name] = value;
        try
        {
            _configuration.Reload();
        }
        catch (AggregateException)
        {
            // IOptionsMonitor throws where the configuration is reloaded; files' watchers keep that to themselves.
        }
    }
}
