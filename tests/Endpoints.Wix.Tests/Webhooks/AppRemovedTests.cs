using System.Net;
using System.Text.Json.Nodes;
using Endpoints.Wix.Emulator;
using Endpoints.Wix.Tests.Hosting;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.Caching.Distributed;
using Microsoft.Extensions.Caching.Memory;
using Microsoft.Extensions.Options;

namespace Endpoints.Wix.Tests.Webhooks;

/// <summary>Tests that whoever was let in because the app was on a site is let in no longer when it has been removed.</summary>
public sealed class AppRemovedTests
{
    private const string Elevated = "/elevated";

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task S10_After_the_app_was_removed_the_next_call_is_refused_here_at_once_and_elsewhere_within_a_minute(bool isHandled)
    {
        var cache = new MemoryDistributedCache(Microsoft.Extensions.Options.Options.Create(new MemoryDistributedCacheOptions()));
        var keys = new EphemeralDataProtectionProvider();
        void Build(WebApplicationBuilder builder)
        {
            builder.Services.AddSingleton<IDistributedCache>(cache);
            builder.Services.AddSingleton<IDataProtectionProvider>(keys);
            if (isHandled)
                builder.Services.AddWixEventHandler<JournalHandler>("AppRemoved", static options => options.Name = "removed");
        }

        var seen = new List<Answer>();
        await using var one = await SignedSite.StartAsync(build: Build, map: Map);
        await using var two = await SignedSite.StartAsync(options =>
        {
            (options.ClientId, options.ClientSecret) = (one.Site.Wix.App.ClientId, new(one.Site.Wix.App.ClientSecret));
            (options.InstanceId, options.ApiBaseAddress) = (one.InstanceId, one.Site.Wix.Address);
        }, Build, Map, clock: one.Site.Clock);
        var token = one.Site.Wix.IssueToken(EmulatedIdentity.User());
        foreach (var node in new[] { one, two })
            Assert.Equal(HttpStatusCode.OK, (await node.Site.GetAsync(Elevated, token)).Status);
        // The handler already finds it so.
        one.Journal.Then = async (_, _, _) => seen.Add(await one.Site.GetAsync(Elevated, token));

        one.Site.Clock.Advance(TimeSpan.FromSeconds(1));
        one.Site.Wix.App.RemoveFrom(one.Site.Wix.Site);
        Assert.Equal(HttpStatusCode.OK, (await one.Site.GetAsync("/who", token)).Status); // nobody knows yet
        one.Site.Wix.ClearCalls();
        Assert.Equal(HttpStatusCode.OK, (await one.PostAsync(Removed(one))).Status);

        Refused(await one.Site.GetAsync(Elevated, token));
        Assert.Equal(0, one.Site.Wix.CountOf(WixSite.GetSiteProperties)); // nothing was even tried
        Assert.True(one.Site.Wix.CountOf(WixSite.TokenInfo) > 0); // and whose token it is was asked again
        if (isHandled)
            Refused(Assert.Single(seen));
        one.Site.Clock.Advance(TimeSpan.FromMinutes(1));
        // Wix names the token's owner there as before, and has no token for the app any more.
        Assert.Equal("caller-not-allowed", (await two.Site.GetAsync(Elevated, token)).Problem);
    }

    [Fact]
    public async Task S10_The_token_of_another_instance_is_still_there()
    {
        await using var site = await SignedSite.StartAsync(map: Map);
        var token = site.Site.Wix.IssueToken(EmulatedIdentity.User());
        Assert.Equal(HttpStatusCode.OK, (await site.Site.GetAsync(Elevated, token)).Status);
        site.Site.Wix.ClearCalls();

        Assert.Equal(HttpStatusCode.OK, (await site.PostAsync(Removed(site, "another"))).Status);
        Assert.Equal(HttpStatusCode.OK, (await site.Site.GetAsync(Elevated, token)).Status);

        Assert.Equal((0, 0), (site.Site.Wix.CountOf(WixSite.Tokens), site.Site.Wix.CountOf(WixSite.TokenInfo)));
    }

    [Fact]
    public async Task S10_An_installation_after_it_works_again()
    {
        await using var site = await SignedSite.StartAsync(map: Map);
        var token = site.Site.Wix.IssueToken(EmulatedIdentity.User());
        Assert.Equal(HttpStatusCode.OK, (await site.Site.GetAsync(Elevated, token)).Status);
        var instance = site.InstanceId;
        site.Site.Wix.App.RemoveFrom(site.Site.Wix.Site);
        Assert.Equal(HttpStatusCode.OK, (await site.PostAsync(Removed(site, instance))).Status);
        Refused(await site.Site.GetAsync(Elevated, token));

        site.Site.Wix.App.InstallOn(site.Site.Wix.Site, instance);
        site.Site.Clock.Advance(TimeSpan.FromSeconds(40));

        Assert.Equal(HttpStatusCode.OK, (await site.Site.GetAsync(Elevated, site.Site.Wix.IssueToken(EmulatedIdentity.User()))).Status);
    }

    // By Wix, which accepts none of the caller's tokens any more; or because it has none for the app there. Never as a failure of ours.
    private static void Refused(Answer answer) =>
        Assert.True(answer.Problem is "wix-unauthorized" or "token-not-accepted" or "caller-not-allowed", $"{answer.Status} {answer.Body}");

    private static string Removed(SignedSite site, string? instanceId = null)
    {
        var envelope = new JsonObject
        {
            ["eventType"] = "AppRemoved",
            ["instanceId"] = instanceId ?? site.Site.Services.GetRequiredService<IOptions<WixOptions>>().Value.InstanceId,
            ["identity"] = """{"identityType":"WIX_USER","wixUserId":"u-1"}""",
            ["data"] = """{"appId":"a"}""",
        };
        return SignedText.Sign(SignedText.Header, SignedText.Claims(envelope, site.Now).ToJsonString());
    }

    private static void Map(WebApplication app)
    {
        app.MapGet(Elevated, static async (ElevatedWixClient wix) => await wix.SiteProperties.GetSitePropertiesAsync())
            .Elevate(Callers.User);
        app.MapGet("/who", static (Caller caller) => $"{caller.Kind}").Elevate(Callers.User);
    }
}
