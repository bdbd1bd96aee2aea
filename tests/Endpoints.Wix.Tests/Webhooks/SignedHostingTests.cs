using System.Net;
using Endpoints.Shared.Collections;
using Endpoints.Shared.Lock;
using Endpoints.Updates;
using Endpoints.Wix.CompilerServices;
using Endpoints.Wix.Webhooks.Hosting;
using Endpoints.Wix.Webhooks.Running;
using Microsoft.Extensions.Hosting;

namespace Endpoints.Wix.Tests.Webhooks;

/// <summary>Event files and hot reload, and what the guard lock says of the running application.</summary>
public sealed class SignedHostingTests
{
    private const string Edited = "wix.test.v1.thing_edited";

    [Fact]
    public async Task After_a_hot_reload_update_a_new_file_handles_its_event_and_a_removed_one_no_more()
    {
        List<WixEventRegistration> files = [];
        await using var site = await SignedSite.StartAsync();
        site.Site.Services.GetRequiredService<EventRegistry>().Map([() => files]);
        site.Site.Services.GetRequiredService<SignedUpdates>();
        var handled = 0;

        files = [new("events/a.cs:A", Edited, typeof(SignedHostingTests), (_, _, _) => Task.FromResult(handled++))];
        Assert.Equal(HttpStatusCode.OK, (await site.DeliverAsync(eventType: Edited)).Status);
        Assert.Equal(0, handled);
        MetadataUpdate.UpdateApplication(null);
        Assert.Equal(HttpStatusCode.OK, (await site.DeliverAsync(eventType: Edited)).Status);
        Assert.Equal(1, handled);
        files = [];
        MetadataUpdate.UpdateApplication(null);
        Assert.Equal(HttpStatusCode.OK, (await site.DeliverAsync(eventType: Edited)).Status);
        Assert.Equal(1, handled);
    }

    [Fact]
    public async Task Files_that_can_not_be_registered_stop_the_application()
    {
        List<WixEventRegistration> files = [];
        await using var site = await SignedSite.StartAsync();
        site.Site.Services.GetRequiredService<EventRegistry>().Map([() => files]);
        var updates = site.Site.Services.GetRequiredService<SignedUpdates>();
        var stopping = site.Site.Services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping;
        var one = new WixEventRegistration("twice", Edited, typeof(SignedHostingTests), static (_, _, _) => Task.CompletedTask);

        files = [one, one];
        updates.Reload();

        Assert.True(stopping.IsCancellationRequested);
    }

    [Fact]
    public async Task An_order_that_only_the_inbox_has_stops_the_start_without_it()
    {
        var e = await Assert.ThrowsAsync<InvalidOperationException>(() => SignedSite.StartAsync(build: static builder =>
            builder.Services.AddWixEventHandler<JournalHandler>(Edited, static options =>
                (options.Name, options.OrderedByEntity) = ("ordered", true))));

        Assert.Contains("ordered is OrderedByEntity", e.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("PLUGIN a/b", "PLUGIN a/b", true)]
    [InlineData("PLUGIN a/b", "PLUGIN a/c", false)]
    [InlineData("EVENT a", "EVENT a", true)]
    [InlineData("EVENT a", "EVENT b", false)]
    [InlineData("EVENT a", "PLUGIN a", false)]
    [InlineData("EVENT a GET /x", "EVENT a", false)]
    [InlineData("EVENT a GET /x", "EVENT a GET /x", true)]
    [InlineData("EVENT a GET /*", "EVENT a GET /x", true)]
    [InlineData("EVENT a GET /x", "EVENT a POST /x", false)]
    [InlineData("EVENT a", "EVENT a GET /x", true)]
    [InlineData("EVENT ?", "EVENT a", true)]
    [InlineData("EVENT a ?", "EVENT a", true)]
    [InlineData("GET /a", "EVENT /a", false)]
    [InlineData("EVENT a App=shop", "EVENT a App=shop", true)]
    [InlineData("EVENT a App=shop", "EVENT a App=store", false)]
    [InlineData("EVENT a App=shop", "EVENT a", false)]
    [InlineData("EVENT a", "EVENT a App=shop", true)]
    public void What_runs_must_be_in_the_lock(string locked, string running, bool isIn) =>
        Assert.Equal(isIn, LockedSignedCalls.Faults([Entry(locked)], [Entry(running)]).Count == 0);

    private static LockedEndpoint Entry(string text)
    {
        var parts = text.Split(' ', 3);
        var isApp = parts is [_, _, var last] && last.StartsWith("App=", StringComparison.Ordinal);
        return new(parts[0], parts[1])
        {
            Callers = new[] { LockedEndpoint.Wix }.ToEquatableArray(),
            Settings = isApp ? new[] { parts[2] }.ToEquatableArray() : default,
            Only = parts.Length > 2 && !isApp ? new[] { parts[2] }.ToEquatableArray() : null,
        };
    }
}
