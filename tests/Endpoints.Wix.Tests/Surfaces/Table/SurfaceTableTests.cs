using System.Net;
using Endpoints.Wix.Emulator;
using Endpoints.Wix.Tests.Hosting;

namespace Endpoints.Wix.Tests.Surfaces.Table;

/// <summary>Measures every cell of the table.</summary>
public sealed class SurfaceTableTests
{
    public static TheoryData<string> Surfaces => new(SurfaceTable.Surfaces);

    [Theory]
    [MemberData(nameof(Surfaces))]
    public async Task S56_Every_guard_is_on_the_surface_what_the_table_says(string surface)
    {
        var said = SurfaceTable.Of(SurfaceTable.Guards, surface);
        var checkStops = await StopsAsync(surface, isValidated: false);
        await using var site = await TableSite.StartAsync(surface, hasCheck: !checkStops);
        var found = new List<(string, string)>();
        foreach (var (guard, _) in said)
        {
            site.Site.Clock.Advance(TimeSpan.FromMinutes(1)); // limits begin anew
            found.Add((guard, guard switch
            {
                // guards are of endpoints: without them nothing is granted
                _ when surface is "background work" or "hosted service" => await ProbeAsync(site, surface, "grant"),
                "check" when checkStops => SurfaceTable.StopsStart,
                "validation" when surface.StartsWith("hub", StringComparison.Ordinal) && await StopsAsync(surface, isValidated: true) =>
                    SurfaceTable.StopsStart,
                "grant" or "Only" => await ProbeAsync(site, surface, guard),
                _ => await MeasureAsync(site, surface, guard),
            }));
        }

        Assert.Equal(said, found);
    }

    [Theory]
    [MemberData(nameof(Surfaces))]
    public async Task S56_Every_identity_is_on_the_surface_what_the_table_says(string surface)
    {
        var said = SurfaceTable.Of(SurfaceTable.Identities, surface);
        var found = new List<(string, string)>();
        foreach (var (identity, _) in said)
        {
            await using var site = await TableSite.StartAsync(surface, hasCheck: surface != "foreign source");
            found.Add((identity, (surface, identity) is ("hosted service", "Caller")
                ? SurfaceTable.Nothing : await ProbeAsync(site, surface, identity)));
        }

        Assert.Equal(said, found);
    }

    [Fact]
    public void The_documentation_shows_the_same_tables()
    {
        var page = File.ReadAllText(Path.Combine(Repository.Root, "docs", "elevate.md")).ReplaceLineEndings("\n");

        Assert.Contains(SurfaceTable.Guards.ReplaceLineEndings("\n"), page, StringComparison.Ordinal);
        Assert.Contains(SurfaceTable.Identities.ReplaceLineEndings("\n"), page, StringComparison.Ordinal);
    }

    private static async Task<bool> StopsAsync(string surface, bool isValidated)
    {
        try
        {
            await (await TableSite.StartAsync(surface, hasCheck: !isValidated, isValidated)).DisposeAsync();
            return false;
        }
        catch (InvalidOperationException e)
        {
            Assert.Contains("[Elevate]", e.Message, StringComparison.Ordinal);
            return true;
        }
    }

    private static async Task<string> ProbeAsync(TableSite site, string surface, string probe)
    {
        var text = surface == "hosted service"
            ? await site.RunServiceAsync(probe) : (await site.CallAsync(Member(site), probe: probe)).Text;
        text = text.Trim('"');
        return text == TableProbe.Ok
            ? SurfaceTable.Holds : text.Contains("Exception: ", StringComparison.Ordinal) ? SurfaceTable.Refused : $"{probe}: {text}";
    }

    /// <returns>What a guard is, or what was found instead.</returns>
    private static async Task<string> MeasureAsync(TableSite site, string surface, string guard)
    {
        var wix = site.Site.Wix;
        switch (guard)
        {
            case "limit":
                wix.ClearCalls();
                for (var i = 0; i < 12; i++)
                    await site.CallAsync("forged" + i);
                return await AllAsync((site.CallAsync("forged12"), HttpStatusCode.TooManyRequests))
                    ?? (wix.CountOf(WixSite.TokenInfo) <= 12 ? SurfaceTable.Holds : "Wix was asked");
            case "identification":
                return await AllAsync((site.CallAsync("forged"), HttpStatusCode.Unauthorized),
                    (site.CallAsync(), HttpStatusCode.Unauthorized)) ?? SurfaceTable.Holds;
            case "origin":
                var cookie = SessionCookie.Of(wix.App.ClientId, wix.IssueSession(EmulatedIdentity.Member("alice")));
                return await AllAsync(
                    (site.CallAsync(cookie: cookie, headers: [("Sec-Fetch-Site", "cross-site"), ("Origin", "https://evil.example")]),
                        HttpStatusCode.Forbidden),
                    (site.CallAsync(cookie: cookie, headers: [("Sec-Fetch-Site", "same-origin"), ("Origin", "http://localhost")]),
                        HttpStatusCode.OK)) ?? SurfaceTable.Holds;
            case "callers":
                return await AllAsync((site.CallAsync(wix.IssueToken(EmulatedIdentity.User("alice"))), HttpStatusCode.Forbidden))
                    ?? SurfaceTable.Holds;
            case "policy":
                return await AllAsync(
                    (site.CallAsync(wix.IssueToken(EmulatedIdentity.Member("mallory")), id: "mallory"), HttpStatusCode.Forbidden))
                    ?? SurfaceTable.Holds;
            case "second limit":
                var token = Member(site);
                for (var i = 0; i < 13; i++)
                {
                    if ((await site.CallAsync(
                        token, headers: (SurfaceSite.Address, "198.51.100." + i))).Status == HttpStatusCode.TooManyRequests)
                        return i < 1 ? "at once" : SurfaceTable.Holds;
                }

                return "never";
            case "body" when surface is "WebSocket" or "hub" or "hub by long polling":
                return SurfaceTable.Nothing;
            case "body":
                return await AllAsync((site.CallAsync(Member(site), body: """{"quantity":3,"quantity":4}"""), HttpStatusCode.BadRequest))
                    ?? SurfaceTable.Holds;
            case "validation":
                var answer = await site.CallAsync(Member(site), body: """{"quantity":0}""", quantity: 0);
                return answer.Status == HttpStatusCode.BadRequest ? SurfaceTable.Holds
                    // which bind nothing
                    : answer.Status == HttpStatusCode.OK && surface is "health check" or "foreign source"
                        ? SurfaceTable.Nothing : $"{answer.Status} {answer.Text}";
            case "check":
                return await AllAsync((site.CallAsync(Member(site), id: "bob"), HttpStatusCode.NotFound),
                    (site.CallAsync(Member(site)), HttpStatusCode.OK)) ?? SurfaceTable.Holds;
            case "service":
                return await AllAsync(
                    (site.CallAsync("Bearer " + TestServices.Key, id: "nightly"), HttpStatusCode.OK),
                    (site.CallAsync("Bearer " + TestServices.OtherKey, id: "other"), HttpStatusCode.Forbidden),
                    (site.CallAsync("Bearer " + TestServices.UnknownKey, id: "nightly"), HttpStatusCode.Unauthorized))
                    ?? SurfaceTable.Holds;
            case "no-store":
                var stored = (await site.CallAsync(Member(site))).Stored;
                return stored?.Contains("no-store", StringComparison.Ordinal) == true ? SurfaceTable.Holds : stored ?? "nothing said";
            default:
                return "nothing measures it";
        }
    }

    private static async Task<string?> AllAsync(
        params (Task<(HttpStatusCode Status, string Text, string? Stored)> Call, HttpStatusCode Wanted)[] calls)
    {
        foreach (var (call, wanted) in calls)
        {
            var (status, text, _) = await call;
            if (status != wanted)
                return $"{(int)status} {text} instead of {(int)wanted}";
        }

        return null;
    }

    private static string Member(TableSite site) => site.Site.Wix.IssueToken(EmulatedIdentity.Member("alice"));
}
