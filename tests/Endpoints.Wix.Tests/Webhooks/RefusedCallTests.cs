using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Net;
using System.Text;
using Endpoints.Wix.Tests.Hosting;

namespace Endpoints.Wix.Tests.Webhooks;

/// <summary>What Wix has not signed is capped for each address, and what it has signed is not.</summary>
public sealed class RefusedCallTests
{
    private const string Address = "X-Test-From";
    private const string Plugin = "/_wix/extensions/service-plugins/ecom-shipping-rates/";

    [Theory]
    [InlineData("a forged event", SignedSite.Path, HttpStatusCode.Unauthorized)]
    [InlineData("no token", SignedSite.Path, HttpStatusCode.BadRequest)]
    [InlineData("too large", SignedSite.Path, HttpStatusCode.RequestEntityTooLarge)]
    [InlineData("a forged call", Plugin + "v1/getRates", HttpStatusCode.Unauthorized)]
    [InlineData("another method", Plugin + "v1/none", HttpStatusCode.NotFound)]
    public async Task S65_Refused_calls_over_the_cap_get_a_status_without_a_word_and_no_line_in_the_log(string what, string path,
        HttpStatusCode status)
    {
        var decisions = new ConcurrentQueue<string>();
        using var listener = new MeterListener { InstrumentPublished = static (instrument, listener) =>
            {
                if (instrument.Name == "endpoints.rate_limit.decisions")
                    listener.EnableMeasurementEvents(instrument);
            } };
        listener.SetMeasurementEventCallback<long>((_, _, tags, _) =>
        {
            var all = tags.ToArray().ToDictionary(static tag => tag.Key, static tag => tag.Value);
            if (all["rule"] is "wix-refused-calls")
                decisions.Enqueue($"{all["outcome"]}");
        });
        listener.Start();
        await using var site = await StartAsync(static options =>
            (options.Events.RefusedCallsPerMinute, options.Events.MaxBodySize) = (3, 8192));

        for (var i = 0; i < 6; i++)
        {
            var answer = await SendAsync(site, what, path, "192.0.2.1");
            Assert.Equal((i < 3 ? status : HttpStatusCode.TooManyRequests, "", i < 3 ? null : "60"),
                (answer.Status, answer.Body, answer.Header("Retry-After")));
        }

        Assert.Equal(3, site.Site.Logs.Lines.Count(static line => line.Contains("should have signed", StringComparison.Ordinal)));
        Assert.Equal(["admitted", "admitted", "admitted", "rejected", "rejected", "rejected"], decisions);
        Assert.Equal(status, (await SendAsync(site, what, path, "192.0.2.2")).Status); // somebody else has a count of their own
        site.Site.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(status, (await SendAsync(site, what, path, "192.0.2.1")).Status);
    }

    [Fact]
    public async Task S65_What_Wix_has_signed_is_handled_whatever_others_send_from_its_address()
    {
        await using var site = await StartAsync(static options => options.Events.RefusedCallsPerMinute = 1);
        for (var i = 0; i < 5; i++)
            await SendAsync(site, "a forged event", SignedSite.Path, "192.0.2.1");

        for (var i = 0; i < 3; i++)
        {
            var signed = SignedText.Sign(SignedText.Header, site.Claims().ToJsonString());
            Assert.Equal(HttpStatusCode.OK, (await SendAsync(site, signed, SignedSite.Path, "192.0.2.1")).Status);
        }

        Assert.Equal(3, site.Journal.Handled.Count);
    }

    [Fact]
    public async Task The_rule_is_one_that_an_application_can_replace()
    {
        await using var site = await StartAsync(
            static _ => { },
            static builder => builder.Services.AddRateLimits(static options =>
                options.AddRule("wix-refused-calls", "1/1h", static rule => rule.StatusCode = 403)));

        Assert.Equal(HttpStatusCode.Unauthorized, (await SendAsync(site, "a forged event", SignedSite.Path, "192.0.2.1")).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await SendAsync(site, "a forged event", SignedSite.Path, "192.0.2.1")).Status);
    }

    private static Task<SignedSite> StartAsync(Action<WixOptions> configure, Action<WebApplicationBuilder>? build = null) =>
        SignedSite.StartAsync(configure, builder =>
        {
            builder.Services.AddWixPlugin<SamplePlugin>();
            builder.Services.AddSingleton<PluginJournal>();
            builder.Services.AddSingleton<Microsoft.AspNetCore.Hosting.IStartupFilter, FromHeader>();
            build?.Invoke(builder);
        });

    private static Task<Answer> SendAsync(SignedSite site, string what, string path, string from)
    {
        var body = what switch
        {
            "no token" => "hello",
            "too large" => new string('x', 9000),
            "a forged event" or "a forged call" or "another method" =>
                SignedText.Sign(SignedText.Header, site.Claims().ToJsonString(), static _ => new byte[256]),
            _ => what,
        };
        return site.Site.SendAsync("POST", path, content: new ByteArrayContent(Encoding.ASCII.GetBytes(body)), headers: (Address, from));
    }

    private sealed class FromHeader : Microsoft.AspNetCore.Hosting.IStartupFilter
    {
        public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
        {
            app.Use((context, following) =>
            {
                context.Connection.RemoteIpAddress = IPAddress.Parse(context.Request.Headers[Address].ToString());
                return following(context);
            });
            next(app);
        };
    }
}
