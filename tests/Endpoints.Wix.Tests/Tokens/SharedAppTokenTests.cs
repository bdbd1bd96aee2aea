using System.Collections.Concurrent;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using Endpoints.Wix.Emulator;
using Endpoints.Wix.Tests.Hosting;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.Caching.Distributed;

namespace Endpoints.Wix.Tests.Tokens;

/// <summary>Nodes of an application with a distributed cache share the app's tokens.</summary>
public sealed class SharedAppTokenTests : IAsyncLifetime
{
    private readonly SharedMemory _cache = new();
    private readonly EphemeralDataProtectionProvider _keys = new();
    private WixSite _one = null!;
    private WixSite _two = null!;

    public async Task InitializeAsync()
    {
        _one = await NodeAsync();
        _two = await NodeAsync(beside: _one);
    }

    public async Task DisposeAsync()
    {
        await _two.DisposeAsync();
        await _one.DisposeAsync();
    }

    [Fact]
    public async Task What_one_node_has_minted_serves_the_others()
    {
        await OkAsync(_one);
        await OkAsync(_two);

        Assert.Equal(1, _one.Wix.CountOf(WixSite.Tokens));
        Assert.Single(_one.Wix.CallsTo(WixSite.GetSiteProperties).Select(static call => call.Header("Authorization")).Distinct());
    }

    [Fact]
    public async Task S40_Nothing_in_the_cache_is_readable()
    {
        await OkAsync(_one);

        var token = _one.Wix.CallsTo(WixSite.GetSiteProperties)[0].Header("Authorization")!;
        var (key, value) = Assert.Single(_cache.Entries);
        foreach (var secret in new[] { token, token[..20], _one.Wix.App.ClientId, _one.Wix.App.ClientSecret, _one.Wix.InstanceId })
        {
            Assert.DoesNotContain(secret, key, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain(secret, Encoding.Latin1.GetString(value), StringComparison.OrdinalIgnoreCase);
        }
    }

    [Fact]
    public async Task S22_Without_keys_to_encrypt_with_nothing_is_shared_and_nothing_fails()
    {
        await using var node = await WixSite.StartAsync(
            static app =>
                app.MapGet("/",
                    async (ElevatedWixClient wix) => (await wix.SiteProperties.GetSitePropertiesAsync()).Properties.SiteDisplayName)
                    .Elevate(Callers.Visitor),
            build: builder =>
            {
                builder.Services.AddSingleton<IDistributedCache>(_cache);
                builder.Services.AddSingleton<IDataProtectionProvider>(new NoKeys());
            });

        await OkAsync(node);

        Assert.Empty(_cache.Entries);
    }

    [Fact]
    public async Task S07_A_node_of_another_app_instance_or_Wix_takes_none_of_it()
    {
        await OkAsync(_one);
        var otherApp = _one.Wix.AddApp("Other", _one.Wix.Site);
        var second = _one.Wix.AddSite("Second shop");
        var instance = _one.Wix.App.InstallOn(second);

        await using var app = await NodeAsync(beside: _one, options =>
            (options.ClientId, options.ClientSecret, options.InstanceId) =
                (otherApp.ClientId, new(otherApp.ClientSecret), otherApp.InstanceIdOn(_one.Wix.Site)));
        await using var elsewhere = await NodeAsync(beside: _one, options => options.InstanceId = instance);
        await using var emulator = await NodeAsync(configure: options =>
            (options.ClientId, options.ClientSecret, options.InstanceId) =
                (_one.Wix.App.ClientId, new(_one.Wix.App.ClientSecret), _one.Wix.InstanceId));

        await app.GetAsync("/");
        Assert.Equal("Second shop", (await elsewhere.GetAsync("/")).Body);
        Assert.Equal(3, _one.Wix.CountOf(WixSite.Tokens));
        Assert.Equal(HttpStatusCode.BadGateway, (await emulator.GetAsync("/")).Status); // it does not know the credentials
        Assert.Equal(1, emulator.Wix.CountOf(WixSite.Tokens));
    }

    [Fact]
    public async Task S07_An_entry_that_was_put_under_another_key_is_not_taken()
    {
        await OkAsync(_one);
        var second = _one.Wix.AddSite("Second shop");
        var instance = _one.Wix.App.InstallOn(second);
        await using var elsewhere = await NodeAsync(beside: _one, options => options.InstanceId = instance);
        await elsewhere.GetAsync("/");
        Assert.Equal(2, _cache.Entries.Count);
        var entries = _cache.Entries.ToArray();
        (_cache.Entries[entries[0].Key], _cache.Entries[entries[1].Key]) = (entries[1].Value, entries[0].Value);

        await OkAsync(_two);

        Assert.Equal(3, _one.Wix.CountOf(WixSite.Tokens));
    }

    [Theory]
    [InlineData("down")]
    [InlineData("hanging")]
    [InlineData("garbage")]
    [InlineData("empty")]
    public async Task A_cache_that_is_down_or_holds_something_else_is_a_miss(string trouble)
    {
        await OkAsync(_one);
        _cache.Trouble = trouble;

        await OkAsync(_two);

        Assert.Equal(2, _one.Wix.CountOf(WixSite.Tokens));
    }

    [Fact]
    public async Task Without_common_keys_each_node_mints_its_own()
    {
        await OkAsync(_one);
        await using var stranger = await NodeAsync(beside: _one, keys: new EphemeralDataProtectionProvider());

        await OkAsync(stranger);

        Assert.Equal(2, _one.Wix.CountOf(WixSite.Tokens));
    }

    [Fact]
    public async Task A_token_that_Wix_refuses_is_not_taken_from_the_cache_again()
    {
        await OkAsync(_one);
        await OkAsync(_two);
        _one.Wix.RevokeAll(EmulatedIdentityKind.App);

        await OkAsync(_one);
        await OkAsync(_two);
        await OkAsync(_two);

        Assert.Equal(2, _one.Wix.CountOf(WixSite.Tokens)); // the second node finds what the first has minted since
    }

    [Fact]
    public async Task A_token_due_for_renewal_is_taken_only_while_Wix_cant_be_asked()
    {
        await OkAsync(_one);
        _one.Clock.Advance(TimeSpan.FromHours(4) - TimeSpan.FromMinutes(4));
        _two.Clock.Advance(TimeSpan.FromHours(4) - TimeSpan.FromMinutes(4));

        using (_one.Wix.On(WixSite.Tokens).Fail(500))
            await OkAsync(_two);
        _two.Clock.Advance(TimeSpan.FromSeconds(6));
        await OkAsync(_two);

        Assert.Equal(3, _one.Wix.CountOf(WixSite.Tokens));
    }

    [Fact]
    public async Task An_expired_token_is_never_taken()
    {
        await OkAsync(_one);
        _two.Clock.Advance(TimeSpan.FromHours(4));
        using var outage = _one.Wix.On(WixSite.Tokens).Fail(500);

        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await _two.GetAsync("/")).Status);
    }

    private static async Task OkAsync(WixSite site) => Assert.Equal("Harbour Coffee", (await site.GetAsync("/")).Body);

    private Task<WixSite> NodeAsync(WixSite? beside = null, Action<WixOptions>? configure = null, IDataProtectionProvider? keys = null) =>
        WixSite.StartAsync(
        app => app.MapGet(
            "/", async (ElevatedWixClient wix) => (await wix.SiteProperties.GetSitePropertiesAsync()).Properties.SiteDisplayName)
            .Elevate(Callers.Visitor),
        options =>
        {
            if (beside is not null)
            {
                options.ApiBaseAddress = beside.Wix.Address;
                (options.ClientId, options.ClientSecret, options.InstanceId) =
                    (beside.Wix.App.ClientId, new(beside.Wix.App.ClientSecret), beside.Wix.InstanceId);
            }

            configure?.Invoke(options);
        },
        builder =>
        {
            builder.Services.AddSingleton<IDistributedCache>(_cache);
            builder.Services.AddSingleton(keys ?? _keys);
        });

    private sealed class SharedMemory : IDistributedCache
    {
        public ConcurrentDictionary<string, byte[]> Entries { get; } = new();

        public string? Trouble { get; set; }

        public byte[]? Get(string key) => throw new NotSupportedException();

        public async Task<byte[]?> GetAsync(string key, CancellationToken token = default)
        {
            await FailAsync();
            return Trouble switch
            {
                "garbage" => Encoding.UTF8.GetBytes("something else"),
                "empty" => [],
                _ => Entries.GetValueOrDefault(key),
            };
        }

        public void Refresh(string key) => throw new NotSupportedException();

        public Task RefreshAsync(string key, CancellationToken token = default) => throw new NotSupportedException();

        public void Remove(string key) => throw new NotSupportedException();

        public Task RemoveAsync(string key, CancellationToken token = default) => throw new NotSupportedException();

        public void Set(string key, byte[] value, DistributedCacheEntryOptions options) => throw new NotSupportedException();

        public async Task SetAsync(string key, byte[] value, DistributedCacheEntryOptions options, CancellationToken token = default)
        {
            await FailAsync();
            Assert.InRange(options.AbsoluteExpirationRelativeToNow!.Value, TimeSpan.FromTicks(1), TimeSpan.FromHours(4));
            Entries[key] = value;
        }

        private async Task FailAsync()
        {
            if (Trouble == "down")
                throw new IOException("The cache is down.");
            if (Trouble == "hanging")
                await Task.Delay(Timeout.Infinite, CancellationToken.None); // it does not even listen
        }
    }

    private sealed class NoKeys : IDataProtector
    {
        public IDataProtector CreateProtector(string purpose) => this;

        public byte[] Protect(byte[] plaintext) => throw new CryptographicException("The keys can't be loaded.");

        public byte[] Unprotect(byte[] protectedData) => throw new CryptographicException("The keys can't be loaded.");
    }
}
