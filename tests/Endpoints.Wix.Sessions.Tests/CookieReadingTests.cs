using System.Buffers.Text;
using System.Globalization;
using System.Text.Json;
using Endpoints.Wix.Emulator;
using Endpoints.Wix.Sessions.Tests.Hosting;
using Microsoft.AspNetCore.DataProtection;

namespace Endpoints.Wix.Sessions.Tests;

/// <summary>Whose session it is, where cookies are written so that two readers see two.</summary>
public sealed class CookieReadingTests : IAsyncLifetime
{
    private const string Compatible = "wixSession";
    private const string Protected = "__Host-wixSession";

    private SessionSite _compatible = null!;
    private SessionSite _protected = null!;

    public async Task InitializeAsync()
    {
        _compatible = await SessionSite.StartAsync(static options => options.Session.Cookie = WixSessionCookie.Compatible);
        _protected = await SessionSite.StartAsync(beside: _compatible);
    }

    public async Task DisposeAsync()
    {
        await _protected.DisposeAsync();
        await _compatible.DisposeAsync();
    }

    // {0} is the victim's pair, {1} the attacker's, {n} and {N} the name as it is and in capitals, {v} and {a} the values.
    public static TheoryData<string> Ambiguous => new(
        "{0}; {N}={a}", "{N}={a}; {0}", "{0}; {n}={a}", "{n}={a}; {0}", "{0}; {m}={a}", "{0};{n}={a}", "{0}; \t{n}={a}", "\t{n}={a}; {0}",
        "{0}; {n} ={a}", "{0}; {n}\t={a}", "{0}; \"{n}\"={a}", "{0}; '{n}'={a}",
        "{0}; ={n}={a}", "{0}; {e}={a}", "{0}; {ee}={a}", "{0}; $Version=1", "$Version=1; {0}; $Path=/",
        "$Version=1; {0}; $Version=1", "$Version=1; {0}; {N}={a}", "$version=\"1\"; {0}", "{0}; {n}=", "{n}=; {0}",
        "{0}; .{n}={a}", "{0}; {n}.={a}", "{0}; ${n}={a}",
        "{0}; {n}=\"{v}\"", "{0}; {w}={a}", "{0}; {n}={a},x", "{n}=\"{v}\"", "{n}= {v}", "{n}={v},{n}={a}", "{n} = {v}", "{n}={v}\t",
        "{n}={v} x", "{n}=\"{v}", "{n}={v}\\", "{N}={v}", "{m}={v}", "{e}={v}", "={0}",
        "{0}; x=\0; y=1", "x=1\r\n; {0}", "{0}; {n}\0={a}", "{0}; \0{n}={a}", "{0}; {n}\u00a0={a}", "{0}; \u200b{n}={a}", "{0}; {s}={a}");

    [Theory]
    [MemberData(nameof(Ambiguous))]
    public async Task S62_What_two_readers_could_read_differently_is_nobodys(string pattern)
    {
        foreach (var site in new[] { _compatible, _protected })
        {
            var name = site == _compatible ? Compatible : Protected;
            var (victim, attacker) = (ValueOf(site, "victim"), ValueOf(site, "attacker"));
            var header = Fill(pattern, name, victim, attacker);

            Assert.Equal((Callers.Visitor, null), await WhoAsync(site, header));
        }
    }

    public static TheoryData<string> Plain => new(
        "{0}", "a=b; {0}", "{0}; a=b", "a=b;{0};c=d", " {0} ;; ", "a; {0}; =b", "{0}; {n}", "{0}; {0}", "json={\"a\":1,\"b\":2}; {0}",
        "{0}; q=\"x y\"", "{0}; other=%7B%22n%22%7D", "wix={a}; {0}", "{n}X={a}; {0}", "x{n}={a}; {0}",
        "{n}-2={a}; {0}", "{0}; note=ä", "{0}; x={n}={a}", "{0}; theme=dark, {n}={a}", "$other=1; {0}",
        "a rather odd name=b; {0}", "{0}; 100% an odd name=b", "{0}; {n}\uFF5E={a}", "{0}; {n}\uFF01={a}");

    [Theory]
    [MemberData(nameof(Plain))]
    public async Task S62_Other_cookies_take_nobodys_session_away(string pattern)
    {
        foreach (var site in new[] { _compatible, _protected })
        {
            var name = site == _compatible ? Compatible : Protected;
            var header = Fill(pattern, name, ValueOf(site, "victim"), ValueOf(site, "attacker"));

            Assert.Equal((Callers.Member, "victim"), await WhoAsync(site, header));
        }
    }

    [Fact]
    public async Task S62_A_value_with_what_no_cookie_may_hold_is_nobodys()
    {
        var escaped = ValueOf(_compatible, "victim");
        Assert.Equal((Callers.Member, "victim"), await WhoAsync(_compatible, $"{Compatible}={escaped}"));

        // The same session without the escapes: quotes and commas, which readers take for ends or keep.
        Assert.Equal((Callers.Visitor, null), await WhoAsync(_compatible, $"{Compatible}={Uri.UnescapeDataString(escaped)}"));
    }

    [Fact]
    public async Task S62_Several_headers_are_one_cookie_each_only_where_the_protocol_has_it_so()
    {
        foreach (var site in new[] { _compatible, _protected })
        {
            var pair = (site == _compatible ? Compatible : Protected) + "=" + ValueOf(site, "victim");
            var other = (site == _compatible ? Compatible : Protected) + "=" + ValueOf(site, "attacker");

            Assert.Equal((Callers.Visitor, null), await WhoAsync(site, "HTTP/1.1", "a=b", pair));
            Assert.Equal((Callers.Visitor, null), await WhoAsync(site, "HTTP/1.1", pair, other));
            Assert.Equal((Callers.Member, "victim"), await WhoAsync(site, "HTTP/2", "a=b", pair, "c=d"));
            Assert.Equal((Callers.Member, "victim"), await WhoAsync(site, "HTTP/3", pair, "a=b"));
            Assert.Equal((Callers.Visitor, null), await WhoAsync(site, "HTTP/2", pair, other));
            Assert.Equal((Callers.Visitor, null), await WhoAsync(site, "HTTP/3", other, pair));
        }
    }

    [Fact]
    public async Task S62_The_parts_of_a_long_session_are_one_sessions_and_each_is_there_once()
    {
        var site = _protected;
        var (victim, attacker) = (PartsOf(site, "victim"), PartsOf(site, "attacker"));
        Assert.InRange(victim.Count, 3, 6);
        Assert.Equal(victim.Keys, attacker.Keys);

        Assert.Equal((Callers.Member, "victim"), await WhoAsync(site, Header(victim)));
        foreach (var (name, value) in attacker.Where(static part => part.Key != Protected))
        {
            Assert.Equal((Callers.Visitor, null), await WhoAsync(site, Header(new(victim) { [name] = value })));
            Assert.Equal((Callers.Visitor, null), await WhoAsync(site, $"{Header(victim)}; {name}={value}"));
            Assert.Equal((Callers.Visitor, null), await WhoAsync(site, $"{name}={value}; {Header(victim)}"));
            Assert.Equal((Callers.Visitor, null), await WhoAsync(site, $"{Header(victim)}; {name.ToUpperInvariant()}={value}"));
            Assert.Equal((Callers.Visitor, null), await WhoAsync(site, Header(new(victim.Where(part => part.Key != name)))));
        }

        static string Header(Dictionary<string, string> parts) =>
            string.Join("; ", parts.Select(static part => part.Key + "=" + part.Value));
    }

    [Theory]
    [InlineData("{n}={v}; {N}={v}x")]
    [InlineData("{n}={v}x; {n}={v}")]
    [InlineData("{N}={v}")]
    [InlineData("{n}=\"{v}\"")]
    [InlineData("$Version=1; {n}={v}")]
    public async Task S62_A_login_is_answered_for_the_one_attempt_that_everybody_sees(string pattern)
    {
        var state = LoginCookies.NewState();
        string[] cookie = [LoginCookies.Name(state), LoginCookies.Value(_protected, state, "/")];
        var header = pattern.Replace("{n}", cookie[0], StringComparison.Ordinal)
            .Replace("{N}", cookie[0].ToUpperInvariant(), StringComparison.Ordinal).Replace("{v}", cookie[1], StringComparison.Ordinal);

        Assert.Equal(400, await StatusAsync(header));
        Assert.NotEqual(400, await StatusAsync($"{cookie[0]}={cookie[1]}"));

        async Task<int> StatusAsync(string cookies) => (await _protected.Server.SendAsync(context =>
        {
            (context.Request.Method, context.Request.Path, context.Request.QueryString) =
                ("GET", "/api/auth/callback", new($"?state={Uri.EscapeDataString(state)}&error=access_denied"));
            context.Request.Headers.Cookie = cookies;
        })).Response.StatusCode;
    }

    private static string Fill(string pattern, string name, string victim, string attacker)
    {
        var escaped = ((int)name[^1]).ToString("X2", CultureInfo.InvariantCulture);
        return pattern
            .Replace("{0}", "{n}={v}", StringComparison.Ordinal)
            .Replace("{ee}", name[..^1] + "%25" + escaped, StringComparison.Ordinal)
            .Replace("{e}", name[..^1] + "%" + escaped, StringComparison.Ordinal)
            .Replace("{n}", name, StringComparison.Ordinal)
            .Replace("{N}", name.ToUpperInvariant(), StringComparison.Ordinal)
            .Replace("{m}", name.Replace("wixS", "Wixs", StringComparison.Ordinal), StringComparison.Ordinal)
            .Replace("{w}", name.Replace("wix", "ｗｉｘ", StringComparison.Ordinal), StringComparison.Ordinal)
            .Replace("{s}", name.Replace("Session", "\u017Fession", StringComparison.Ordinal), StringComparison.Ordinal)
            .Replace("{v}", victim, StringComparison.Ordinal)
            .Replace("{a}", attacker, StringComparison.Ordinal);
    }

    private string ValueOf(SessionSite site, string member)
    {
        var session = site.Wix.IssueSession(EmulatedIdentity.Member(member));
        return site == _compatible
            ? CompatibleCookie.Of(site.Wix.App.ClientId, session, "member") : Write(site, session, session.RefreshToken);
    }

    // As the site writes a session of its own.
    private static string Write(SessionSite site, EmulatedSession session, string refresh)
    {
        using var bytes = new MemoryStream();
        using (var writer = new BinaryWriter(bytes))
        {
            writer.Write((byte)1);
            writer.Write("");
            writer.Write(true);
            writer.Write(site.Clock.GetUtcNow().ToUnixTimeSeconds());
            writer.Write(session.ExpiresAt.ToUnixTimeSeconds());
            writer.Write(session.AccessToken);
            writer.Write(refresh);
        }

        var protector = site.Services.GetRequiredService<IDataProtectionProvider>().CreateProtector("Endpoints.Wix.Session", "v1",
            site.Wix.App.ClientId);
        return Base64Url.EncodeToString(protector.Protect(bytes.ToArray()));
    }

    private static Dictionary<string, string> PartsOf(SessionSite site, string member)
    {
        var text = Write(site, site.Wix.IssueSession(EmulatedIdentity.Member(member)), "JWS." + new string('r', 7000));
        var parts = text.Chunk(3900).Select(static part => new string(part)).ToList();
        var cookies = new Dictionary<string, string> { [Protected] = $"chunks-{parts.Count}" };
        for (var i = 0; i < parts.Count; i++)
            cookies[$"{Protected}C{i + 1}"] = parts[i];
        return cookies;
    }

    private static Task<(Callers Kind, string? Id)> WhoAsync(SessionSite site, string header) => WhoAsync(site, "HTTP/1.1", header);

    private static async Task<(Callers Kind, string? Id)> WhoAsync(SessionSite site, string protocol, params string[] headers)
    {
        var context = await site.Server.SendAsync(context =>
        {
            (context.Request.Method, context.Request.Path, context.Request.Protocol) = ("GET", "/who", protocol);
            context.Request.Headers.Cookie = headers;
        });
        using var json = await JsonDocument.ParseAsync(context.Response.Body);
        return ((Callers)json.RootElement.GetProperty("kind").GetInt32(), json.RootElement.GetProperty("id").GetString());
    }
}
