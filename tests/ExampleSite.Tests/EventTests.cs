using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Endpoints.Tests.Processes;

namespace ExampleSite.Tests;

/// <summary>Represents what Wix sends to the site: the emulator sends it here.</summary>
public sealed class EventTests(RunningSite site) : IClassFixture<RunningSite>, IDisposable
{
    private readonly HttpClient _client = new() { BaseAddress = site.Address };

    [Fact]
    public async Task An_event_reaches_its_file_and_through_the_inbox_the_other_one_and_the_plugin_answers()
    {
        using var answer = await _client.PostAsync("/api/events", null);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        var body = await answer.Content.ReadFromJsonAsync<JsonElement>();
        Assert.Equal((200, 200), (body.GetProperty("event").GetInt32(), body.GetProperty("plugin").GetInt32()));
        var rates = JsonDocument.Parse(body.GetProperty("rates").GetString()!).RootElement.GetProperty("shippingRates");
        Assert.Equal("parcel", rates[0].GetProperty("code").GetString());
        Assert.Equal("""{"response":{"price":"9.90","currency":"EUR"}}""", body.GetProperty("tool").GetString());

        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        string[] files = [];
        while (files.Length < 2)
        {
            var notes = await _client.GetFromJsonAsync<JsonElement>("/api/events", limit.Token);
            files = [.. notes.EnumerateArray().Select(static note => note.GetProperty("file").GetString()!)];
        }
        Assert.Equal(["events/order-created.cs", "events/order-report.cs"], files.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task The_list_of_endpoints_has_them_with_file_delivery_address_and_calls()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/_endpoints");
        request.Headers.Accept.ParseAdd("application/json");
        using var answer = await _client.SendAsync(request);
        var rows = (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("endpoints").EnumerateArray()
            .Where(static row => row.GetProperty("methods").EnumerateArray().Any(static one => one.GetString() is "EVENT" or "PLUGIN"))
            .Select(static row => $"{row.GetProperty("methods")[0]} {row.GetProperty("route")} {row.GetProperty("file")} "
                + string.Join("; ", row.GetProperty("guards").EnumerateArray()
                    .Select(static guard => $"{guard.GetProperty("name")}: {guard.GetProperty("value")}")));

        Assert.Equal(
            [
                "EVENT AppInstalled events/app-installed.cs Signature: Wix's, with the app's key; Delivery: handled before the answer; "
                    + "Calls: none",
                "EVENT AppRemoved events/app-removed.cs Signature: Wix's, with the app's key; Delivery: handled before the answer; "
                    + "Calls: none",
                "EVENT wix.ecom.v1.order_created events/order-created.cs Signature: Wix's, with the app's key; "
                    + "Delivery: handled before the answer; Calls: none",
                "EVENT wix.ecom.v1.order_created events/order-report.cs Signature: Wix's, with the app's key; "
                    + "Only: GET /site-properties/*; Delivery: inbox, in the order of each entity; "
                    + "Calls: GET /site-properties/v4/properties (SITE_SETTINGS.VIEW)",
                "PLUGIN /_wix/extensions/service-plugins/shipping-rates plugins/shipping-rates.cs Signature: Wix's, with the app's key; "
                    + "Plugin: ECOM_SHIPPING_RATES; Calls: none",
                "PLUGIN /_wix/extensions/service-plugins/tools-provider-config plugins/tools/estimate-shipping.cs "
                    + "Signature: Wix's, with the app's key; Plugin: TOOLS_PROVIDER_CONFIG/estimate-shipping; Calls: none",
            ],
            rows);
    }

    [Fact]
    public async Task What_is_not_signed_is_refused()
    {
        using var content = new StringContent("{}");
        using var answer = await _client.PostAsync("/_wix/extensions/webhooks", content);

        Assert.False(answer.IsSuccessStatusCode);
    }

    public void Dispose() => _client.Dispose();
}
