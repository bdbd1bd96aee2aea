using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Net;
using Endpoints.Wix.Emulator;
using Endpoints.Wix.Tests.Hosting;

namespace Endpoints.Wix.Tests.Telemetry;

/// <summary>The telemetry that an operator sees, and the ids and tokens that never show in it.</summary>
public sealed class TelemetryTests
{
    [Fact]
    public async Task Calls_refusals_and_tokens_are_measured_with_tags_that_no_client_chooses()
    {
        var measured = new ConcurrentQueue<string>();
        await using var site = await StartAsync();
        var factory = site.Services.GetRequiredService<IMeterFactory>();
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, listener) =>
            {
                // Other tests' applications run in this process too.
                if (instrument.Meter.Name == "Endpoints.Wix" && ReferenceEquals(instrument.Meter.Scope, factory))
                    listener.EnableMeasurementEvents(instrument);
            },
        };
        listener.SetMeasurementEventCallback<long>(
            (instrument, value, tags, _) => measured.Enqueue($"{instrument.Name} {value} {Text(tags)}"));
        listener.SetMeasurementEventCallback<double>(
            (instrument, value, tags, _) => measured.Enqueue($"{instrument.Name} {value >= 0} {Text(tags)}"));
        listener.Start();
        var alice = site.Wix.IssueToken(EmulatedIdentity.Member("alice"));

        Assert.Equal(HttpStatusCode.OK, (await site.GetAsync("/measured", alice)).Status);
        Assert.Equal(HttpStatusCode.Unauthorized, (await site.GetAsync("/measured", "forged")).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await site.GetAsync("/measured", site.Wix.IssueToken(EmulatedIdentity.App()))).Status);

        const string Endpoint = "endpoint=HTTP: GET /measured";
        Assert.Equal(
            [
                "endpoints.wix.token_requests 1 grant=client_credentials outcome=issued",
                $"endpoints.wix.elevated_call.duration True {Endpoint} caller.kind=member http.request.method=GET "
                + "http.response.status_code=200",
                $"endpoints.wix.elevated_call.duration True {Endpoint} caller.kind=member http.request.method=_OTHER "
                + "http.response.status_code=404",
                $"endpoints.wix.refusals 1 {Endpoint} problem=token-not-accepted",
                $"endpoints.wix.refusals 1 {Endpoint} problem=caller-not-allowed",
            ],
            measured.Select(static line => line.Replace(" => <lambda>", "", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)] // then it is the configured one that is acted for
    public async Task Each_elevated_call_is_an_activity_with_the_audits_fields_and_no_token(bool namesInstance)
    {
        var ended = new ConcurrentQueue<Activity>();
        await using var site = await StartAsync();
        using var listener = new ActivityListener
        {
            ShouldListenTo = static source => source.Name == "Endpoints.Wix",
            Sample = static (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
            ActivityStopped = ended.Enqueue,
        };
        ActivitySource.AddActivityListener(listener);
        var name = "telemetry-" + Guid.NewGuid();
        var token = site.Wix.IssueToken(EmulatedIdentity.Member(name), options =>
        {
            if (!namesInstance)
                options.InstanceId = null;
        });

        await site.GetAsync("/measured", token);

        // other tests' calls are heard as well
        var activities = ended.Where(activity => (string?)activity.GetTagItem("caller.id") == name).ToList();
        Assert.Equal(2, activities.Count);
        Assert.All(activities, activity =>
        {
            Assert.Equal(("Endpoints.Wix.ElevatedCall", ActivityKind.Client, "member"),
                (activity.OperationName, activity.Kind, activity.GetTagItem("caller.kind")));
            Assert.Equal(site.Wix.InstanceId, activity.GetTagItem("wix.instance"));
            Assert.DoesNotContain(activity.TagObjects, tag => tag.Value?.ToString()?.Contains(token, StringComparison.Ordinal) == true);
        });
        Assert.Equal("/site-properties/v4/properties", activities[0].GetTagItem("url.template"));
        Assert.Equal((200, ActivityStatusCode.Unset), (activities[0].GetTagItem("http.response.status_code"), activities[0].Status));
        Assert.Equal(ActivityStatusCode.Error, activities[1].Status);
    }

    [Fact]
    public async Task A_call_with_the_API_key_is_measured_and_an_activity_with_its_site()
    {
        var ended = new ConcurrentQueue<Activity>();
        var measured = new ConcurrentQueue<string>();
        await using var site = await StartAsync();
        var factory = site.Services.GetRequiredService<IMeterFactory>();
        using var meters = new MeterListener
        {
            InstrumentPublished = (instrument, listener) =>
            {
                if (instrument.Meter.Name == "Endpoints.Wix" && ReferenceEquals(instrument.Meter.Scope, factory))
                    listener.EnableMeasurementEvents(instrument);
            },
        };
        meters.SetMeasurementEventCallback<double>(
            (instrument, value, tags, _) => measured.Enqueue($"{instrument.Name} {value >= 0} {Text(tags)}"));
        meters.Start();
        using var activities = new ActivityListener
        {
            ShouldListenTo = static source => source.Name == "Endpoints.Wix",
            Sample = static (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
            ActivityStopped = ended.Enqueue,
        };
        ActivitySource.AddActivityListener(activities);

        await site.Services.GetRequiredService<AdminWixClient>().SiteProperties.GetSitePropertiesAsync();

        Assert.Equal(["endpoints.wix.api_key_call.duration True http.request.method=GET http.response.status_code=200"], measured);
        var activity = Assert.Single(ended, activity => (string?)activity.GetTagItem("wix.site") == site.Wix.Site.Id);
        Assert.Equal(("Endpoints.Wix.ApiKeyCall", ActivityKind.Client, "/site-properties/v4/properties"),
            (activity.OperationName, activity.Kind, activity.GetTagItem("url.template")));
        Assert.DoesNotContain(activity.TagObjects,
            tag => tag.Value?.ToString()?.Contains(site.Wix.ApiKey.Value, StringComparison.Ordinal) == true);
    }

    private static Task<WixSite> StartAsync() => WixSite.StartAsync(app => app.MapGet("/measured", async (ElevatedWixClient wix) =>
    {
        await wix.SiteProperties.GetSitePropertiesAsync();
        await wix.FetchWithAuthAsync(new HttpMethod("MADEUP"), "/nothing");
    }).Elevate(Callers.Member));

    private static string Text(ReadOnlySpan<KeyValuePair<string, object?>> tags) =>
        string.Join(' ', tags.ToArray().Select(static tag => $"{tag.Key}={tag.Value}"));
}
