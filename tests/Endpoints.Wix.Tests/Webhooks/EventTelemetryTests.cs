using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Net;

namespace Endpoints.Wix.Tests.Webhooks;

/// <summary>Tests what an operator sees of events, and what shows nowhere.</summary>
public sealed class EventTelemetryTests
{
    [Fact]
    public async Task Events_are_measured_by_their_handlers_and_outcomes()
    {
        var measured = new ConcurrentQueue<string>();
        await using var site = await SignedSite.StartAsync();
        var factory = site.Site.Services.GetRequiredService<IMeterFactory>();
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, listener) =>
            {
                if (instrument.Meter.Name == "Endpoints.Wix" && ReferenceEquals(instrument.Meter.Scope, factory))
                    listener.EnableMeasurementEvents(instrument);
            },
        };
        listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) =>
            measured.Enqueue($"{instrument.Name} {value} {Text(tags)}"));
        listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) =>
            measured.Enqueue($"{instrument.Name} {value >= 0} {Text(tags)}"));
        listener.Start();

        await site.DeliverAsync("e-1");
        await site.DeliverAsync("e-1");
        await site.DeliverAsync(eventType: "wix.made.up.v1.by_anybody");
        await site.PostAsync("forged");
        site.Journal.Then = static (_, _, _) => throw new InvalidOperationException();
        await site.DeliverAsync("e-2");

        const string Tags = $"event={SignedText.EventType} handler=journal";
        Assert.Equal(
            [
                $"endpoints.wix.event_handler.duration True {Tags} outcome=handled",
                $"endpoints.wix.events 1 {Tags} outcome=handled",
                $"endpoints.wix.events 1 {Tags} outcome=duplicate",
                "endpoints.wix.events 1 outcome=unhandled",
                "endpoints.wix.signed_calls_refused 1 kind=event reason=malformed",
                $"endpoints.wix.event_handler.duration True {Tags} outcome=failed",
                $"endpoints.wix.events 1 {Tags} outcome=failed",
            ],
            measured.Where(static line => line.StartsWith("endpoints.wix.event", StringComparison.Ordinal)
                || line.Contains("refused", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_handler_is_an_activity_and_its_calls_are_below_it()
    {
        var ended = new ConcurrentQueue<Activity>();
        await using var site = await SignedSite.StartAsync();
        using var listener = new ActivityListener
        {
            ShouldListenTo = static source => source.Name == "Endpoints.Wix",
            Sample = static (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = activity =>
            {
                if (Equals(activity.GetTagItem("wix.instance"), site.InstanceId))
                    ended.Enqueue(activity);
            },
        };
        ActivitySource.AddActivityListener(listener);
        site.Journal.Then = static (services, _, ct) =>
            services.GetRequiredService<ElevatedWixClient>().SiteProperties.GetSitePropertiesAsync(cancellationToken: ct);

        Assert.Equal(HttpStatusCode.OK, (await site.DeliverAsync("e-1")).Status);

        Assert.Equal(["Endpoints.Wix.ElevatedCall", "Endpoints.Wix.Event"], ended.Select(static activity => activity.OperationName));
        var (call, handler) = (ended.First(), ended.Last());
        Assert.Equal(handler.SpanId, call.ParentSpanId);
        Assert.Equal($"{SignedText.EventType} journal e-1",
            $"{handler.GetTagItem("wix.event")} {handler.GetTagItem("wix.handler")} {handler.GetTagItem("wix.event.id")}");
        Assert.Equal($"event {SignedText.EventType} (journal) member m-1",
            $"{call.GetTagItem("endpoint")} {call.GetTagItem("caller.kind")} {call.GetTagItem("caller.id")}");
    }

    [Fact]
    public async Task S40_Neither_the_token_nor_what_it_says_is_logged_or_answered_whatever_becomes_of_it()
    {
        await using var site = await SignedSite.StartAsync();
        foreach (var then in new Func<IServiceProvider, WixEvent, CancellationToken, Task>[]
        {
            static (_, _, _) => Task.CompletedTask,
            static (_, _, _) => throw new InvalidOperationException("of the handler's own"),
            static (services, _, ct) =>
                services.GetRequiredService<ElevatedWixClient>().SiteProperties.GetSitePropertiesAsync(cancellationToken: ct),
            static (services, _, ct) =>
                services.GetRequiredService<WixClient>().SiteProperties.GetSitePropertiesAsync(cancellationToken: ct),
        })
        {
            site.Journal.Then = then;
            var token = SignedText.Sign(SignedText.Header, site.Claims().ToJsonString());
            var answer = await site.PostAsync(token);
            Assert.Equal("", answer.Body);
            site.Unspoken("an event", token);
        }

        Assert.Contains(site.Site.Logs.Lines, static line => line.Contains("of the handler's own", StringComparison.Ordinal));
        Assert.Equal(2, site.Site.Logs.Lines.Count(
            static line => line.Contains("The event handler journal failed", StringComparison.Ordinal)));
    }

    private static string Text(ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var text = new List<string>();
        foreach (var (name, value) in tags)
            text.Add($"{name}={value}");
        return string.Join(' ', text);
    }
}
