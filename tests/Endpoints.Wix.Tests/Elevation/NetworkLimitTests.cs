using System.Net;
using System.Net.Sockets;
using Endpoints.RateLimiting;
using Endpoints.Wix.RateLimiting;
using Endpoints.Wix.Tests.Hosting;
using FsCheck;
using FsCheck.Fluent;
using Microsoft.AspNetCore.Hosting;

namespace Endpoints.Wix.Tests.Elevation;

/// <summary>A limit follows the network that uses it up, whatever addresses it makes.</summary>
public sealed class NetworkLimitTests
{
    private const int Limit = 5;

    private static readonly WindowRule Rule = new(Limit, TimeSpan.FromMinutes(1));
    private static readonly NetworkShares Shares = new(2, 4);

    [Theory]
    [InlineData(56, 256, 2 * Limit)]
    [InlineData(48, 1536, 4 * Limit)]
    public async Task S64_A_customers_prefix_has_a_small_multiple_of_an_endpoints_limit(int bits, int requests, int passing)
    {
        await using var site = await StartAsync();
        var passed = 0;
        for (var i = 0; i < requests; i++)
        {
            // Each network of 64 bits in turn, each six times.
            var network = i / 6;
            var answer =
                await FromAsync(site, "GET", "/limited", bits == 56 ? $"2001:db8:0:{network:x}::1" : $"2001:db8:0:{network << 8:x}::1");
            passed += answer.Status == HttpStatusCode.OK ? 1 : 0;
            Assert.True(answer.Status is HttpStatusCode.OK or HttpStatusCode.TooManyRequests);
        }

        Assert.Equal(passing, passed);
        Assert.Equal(HttpStatusCode.OK, (await FromAsync(site, "GET", "/limited", "2001:db8:1::1")).Status);
        Assert.Equal(HttpStatusCode.OK, (await FromAsync(site, "GET", "/limited", "192.0.2.1")).Status);
    }

    [Theory]
    [InlineData("/visitor", HttpStatusCode.OK, HttpStatusCode.ServiceUnavailable)]
    [InlineData("/api/auth/login", HttpStatusCode.Found, HttpStatusCode.TooManyRequests)]
    [InlineData("/api/install", HttpStatusCode.Found, HttpStatusCode.TooManyRequests)]
    public async Task S64_So_have_visitors_logins_and_installations(string path, HttpStatusCode good, HttpStatusCode over)
    {
        await using var site = await StartAsync();
        site.Wix.App.AllowRedirectUri(new("https://shop.example/api/auth/callback"));
        var passed = 0;
        for (var i = 0; i < 6 * 16; i++)
        {
            var answer = await FromAsync(site, "GET", path, $"2001:db8:0:{i % 16:x}00::{i:x}");
            Assert.True(answer.Status == good || answer.Status == over, $"{i}: {answer.Status} {answer.Body}");
            passed += answer.Status == good ? 1 : 0;
        }

        Assert.Equal(4 * Limit, passed);
        Assert.Equal(good, (await FromAsync(site, "GET", path, "2001:db9::1")).Status);
    }

    [Fact]
    public async Task S64_The_shares_are_options()
    {
        await using var site = await StartAsync(static options => (options.IPv6Prefix56Share, options.IPv6Prefix48Share) = (1, 3));
        var passed = 0;
        for (var i = 0; i < 64; i++)
            passed += (await FromAsync(site, "GET", "/limited", $"2001:db8:0:{i % 8:x}0{i / 8:x}::1")).Status == HttpStatusCode.OK ? 1 : 0;
        Assert.Equal(3 * Limit, passed);
    }

    [Theory]
    [InlineData("192.0.2.1", "192.0.2.1")]
    [InlineData("::ffff:192.0.2.1", "192.0.2.1")]
    [InlineData("::192.0.2.1", "192.0.2.1")]
    [InlineData("::ffff:0:192.0.2.1", "192.0.2.1")]
    [InlineData("2002:c000:201::", "192.0.2.1")]
    [InlineData("2002:c000:201:ffff:1:2:3:4", "192.0.2.1")]
    [InlineData("2001:0:4136:e378:8000:63bf:3fff:fdfe", "192.0.2.1")]
    [InlineData("2001:0:0:0:1:2:3fff:fdfe", "192.0.2.1")]
    [InlineData("64:ff9b::192.0.2.1", "192.0.2.1")]
    [InlineData("64:ff9b:1::192.0.2.1", "192.0.2.1")]
    [InlineData("64:ff9b:1:abcd:1:2:192.0.2.1", "192.0.2.1")]
    [InlineData("64:ff9b:1:c000:2:100::", "192.0.2.1")]
    [InlineData("::1", "::/64")]
    [InlineData("::", "::/64")]
    [InlineData("64:ff9b:0:1::1", "64:ff9b:0:1::/64")]
    [InlineData("2001:1::1", "2001:1::/64")]
    [InlineData("fe80::1%3", "fe80::/64")]
    [InlineData("fe80::1%7", "fe80::/64")]
    // Who has a network can write any address of version 4 into it, and take a stranger's share.
    [InlineData("2001:db8::5efe:192.0.2.1", "2001:db8::/64")]
    [InlineData("2001:db8::200:5efe:192.0.2.1", "2001:db8::/64")]
    public void S64_What_only_carries_an_address_is_that_address(string address, string key) =>
        Assert.Equal(key, ClientAddress.Of(IPAddress.Parse(address)).ToString());

    [Fact]
    public void S64_An_address_that_is_not_known_is_no_address()
    {
        ClientAddress[] keys = [ClientAddress.Of((IPAddress?)null), ClientAddress.Of(IPAddress.Any), ClientAddress.Of(IPAddress.IPv6Any),
            ClientAddress.Of(IPAddress.Broadcast), ClientAddress.Of(IPAddress.None)];
        Assert.Equal(["unknown", "0.0.0.0", "::/64", "255.255.255.255"], keys.Distinct().Select(static key => key.ToString()));
    }

    [Fact]
    public async Task S64_A_Unix_sockets_clients_are_no_unknown_ones()
    {
        var path = Path.Combine(Path.GetTempPath(), $"endpoints-{Guid.NewGuid():n}.sock");
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseKestrel(options => options.ListenUnixSocket(path));
        await using var app = builder.Build();
        app.MapGet("/", static context => context.Response.WriteAsync(ClientAddress.Of(context).ToString()));
        await app.StartAsync();
        using var client = new HttpClient(new SocketsHttpHandler
        {
            ConnectCallback = async (_, ct) =>
            {
                var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
                await socket.ConnectAsync(new UnixDomainSocketEndPoint(path), ct);
                return new NetworkStream(socket, ownsSocket: true);
            },
        });

        Assert.Equal("local", await client.GetStringAsync(new Uri("http://localhost/")));
    }

    [Fact]
    public void S64_However_a_prefix_makes_its_addresses_it_has_no_more_than_its_share()
    {
        var addresses =
            from low in Gen.Choose(0, int.MaxValue)
            from subnet in Gen.Choose(0, 0xFFFF)
            from kind in Gen.Choose(0, 3)
            select kind switch
            {
                0 => $"2001:db8:7:{subnet:x}::{low & 0xFFFF:x}",
                1 => $"2001:db8:7:{subnet & 0xFF:x}:{low & 0xFFFF:x}::1",
                2 => $"2001:db8:7:{subnet:x}::5efe:{low & 0xFFFF:x}:{low >> 16:x}",
                _ => $"2001:db8:7:{subnet:x}:{low & 0xFFFF:x}:ffff:0:1",
            };
        Prop.ForAll(addresses.ListOf(200).ToArbitrary(), static list =>
        {
            var windows = new NetworkWindows(Rule, Shares, new TestClock());
            var passed = list.Select(static text => ClientAddress.Of(IPAddress.Parse(text)))
                .Where(address => windows.TryCount(address, out TimeSpan? _)).ToList();
            Assert.True(passed.Count <= 4 * Limit);
            Assert.All(passed.CountBy(static address => address.Within(56)), static group => Assert.True(group.Value <= 2 * Limit));
            Assert.All(passed.CountBy(static address => address), static group => Assert.True(group.Value <= Limit));
            Assert.True(windows.Count <= 3 * 4 * Limit); // what is refused makes nothing
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void S64_However_a_tunnel_is_written_one_address_has_one_limit()
    {
        var tunnels =
            from v4 in Gen.Choose(0x0100_0000, int.MaxValue)
            from noise in Gen.Choose(0, 0xFFFF)
            from kinds in Gen.Choose(0, 5).ListOf(30)
            select kinds.Select(
                (kind, i) => (Hex: $"{v4 >> 16:x}:{v4 & 0xFFFF:x}", Free: $"{(noise + (i * 7)) & 0xFFFF:x}") is var (hex, free)
                    ? kind switch
            {
                0 => $"::ffff:{hex}",
                1 => $"2002:{hex}:{free}::{free}",
                2 => $"2001:0:{free}:{free}:{free}:{free}:{(~v4 >> 16) & 0xFFFF:x}:{~v4 & 0xFFFF:x}",
                3 => $"64:ff9b::{hex}",
                4 => $"64:ff9b:1:{free}:0:{free}:{hex}",
                _ => $"::{hex}",
            } : "");
        Prop.ForAll(tunnels.ToArbitrary(), static list =>
        {
            var windows = new NetworkWindows(Rule, Shares, new TestClock());
            Assert.Equal(Limit, list.Count(text => windows.TryCount(ClientAddress.Of(IPAddress.Parse(text)), out TimeSpan? _)));
        }).QuickCheckThrowOnFailure();
    }

    /// <summary>A million keys of one kind, many times what the table holds.</summary>
    public static TheoryData<string> Floods =>
        ["one /8", "one /32", "one 6to4 host", "anywhere, version 4", "anywhere, version 6", "sixteen /16"];

    [Theory]
    [MemberData(nameof(Floods))]
    public void S64_A_full_table_costs_whoever_filled_it(string flood)
    {
        const int Capacity = 20_000;
        var windows = new NetworkWindows(Rule, Shares, new TestClock(), Capacity);
        var chance = new Random(7);
        var old = Enumerable.Range(0, 20).Select(i => FloodAddress(flood, i, chance)).ToList();
        foreach (var attacker in old)
        {
            while (windows.TryCount(attacker, out TimeSpan? _))
            {
            }
        }

        for (var i = 20; i < 1_000_000; i++)
            windows.TryCount(FloodAddress(flood, i, chance), out TimeSpan? _);

        Assert.InRange(windows.Count, 1, Capacity);
        Assert.DoesNotContain(old, attacker => windows.TryCount(attacker, out TimeSpan? _));
        for (var i = 0; i < 3_000; i++)
        {
            var honest = ClientAddress.Of(IPAddress.Parse(i % 2 == 0 ? $"203.{i % 200}.{i / 200}.9" : $"2a02:{i:x}::1"));
            for (var request = 0; request < Limit; request++)
                Assert.True(windows.TryCount(honest, out TimeSpan? _), $"{honest}, request {request}");
            Assert.False(windows.TryCount(honest, out TimeSpan? _));
        }

        Assert.InRange(windows.Count, 1, Capacity);
        Assert.All(old, attacker => Assert.False(windows.TryCount(attacker, out TimeSpan? _)));
    }

    [Fact]
    public void S64_What_is_over_goes_by_itself()
    {
        var clock = new TestClock();
        var windows = new NetworkWindows(Rule, Shares, clock);
        for (var i = 0; i < 50_000; i++)
            windows.TryCount(FloodAddress("one /8", i, Random.Shared), out TimeSpan? _);
        Assert.Equal(50_000, windows.Count);

        clock.Advance(TimeSpan.FromMinutes(1));
        for (var i = 0; i < 60_000; i++)
            windows.TryCount(FloodAddress("anywhere, version 4", i, Random.Shared), out TimeSpan? _);

        Assert.InRange(windows.Count, 1, 61_000);
    }

    private static ClientAddress FloodAddress(string flood, int i, Random chance) => ClientAddress.Of(IPAddress.Parse(flood switch
    {
        "one /8" => $"10.{(i >> 16) & 0xFF}.{(i >> 8) & 0xFF}.{i & 0xFF}",
        "one /32" => $"2001:db8:{i & 0xFFFF:x}:{i >> 16:x}::1",
        "one 6to4 host" => $"2002:a00:1:{i & 0xFFFF:x}::{i >> 16:x}",
        "sixteen /16" => $"100.{i & 0xF}.{(i >> 12) & 0xFF}.{(i >> 4) & 0xFF}",
        "anywhere, version 6" => $"2001:{chance.Next(0x1000, 0xFFFF):x}:{chance.Next(0xFFFF):x}:{chance.Next(0xFFFF):x}::1",
        _ => $"{chance.Next(1, 200)}.{chance.Next(256)}.{chance.Next(256)}.{chance.Next(256)}",
    }));

    private static Task<Answer> FromAsync(WixSite site, string method, string path, string address) =>
        site.SendAsync(method, path, headers: ("X-Test-From", address));

    private static Task<WixSite> StartAsync(Action<WixOptions>? configure = null) => WixSite.StartAsync(
        static app =>
        {
            app.Use(static (context, next) =>
            {
                context.Connection.RemoteIpAddress = IPAddress.Parse(context.Request.Headers["X-Test-From"].ToString());
                return next();
            });
            app.UseRouting();
            app.MapGet("/limited", static () => "ok").Elevate(Callers.Visitor, options => options.RateLimit = $"{Limit}/1m");
            app.MapGet("/visitor", static async (WixClient wix) => (await wix.Products.QueryAsync()).Items.Count);
            app.MapWixAuth();
            app.MapWixInstallation();
        },
        options =>
        {
            (options.NewVisitorsPerMinute, options.LoginsPerMinute) = (Limit, Limit);
            options.PublicOrigin = new("https://shop.example");
            configure?.Invoke(options);
        });
}
