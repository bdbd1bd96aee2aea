using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Endpoints.Tests.Processes;

namespace ExampleSite.Tests;

/// <summary>What administrators do from the dashboard, and what the jobs do without anybody.</summary>
public sealed partial class AdminTests(RunningSite site) : IClassFixture<RunningSite>, IDisposable
{
    private readonly HttpClient _client = new() { BaseAddress = site.Address };

    [Fact]
    public async Task A_Wix_user_approves_sells_sends_and_pays_back()
    {
        var proposed = await ProposedAsync();
        Assert.Equal("APPROVED", (await DoAsync("approve-member", proposed["approve-member"]))["status"]!.GetValue<string>());

        var product = await DoAsync("add-product", proposed["add-product"]);
        var stock = await DoAsync("change-inventory", new JsonObject { ["productId"] = product["id"]!.DeepClone(), ["quantity"] = 12 });
        Assert.Equal(12, stock[0]!["quantity"]!.GetValue<int>());
        var shown = await _client.GetFromJsonAsync<JsonElement[]>("/api/products");
        Assert.Contains(shown!, one => one.GetProperty("id").GetString() == product["id"]!.GetValue<string>());

        await DoAsync("fulfill-order", proposed["fulfill-order"]);
        await DoAsync("refund-order", proposed["refund-order"]);
        var (payments, fulfillments, cursor) = (new List<string?>(), new List<string?>(), "");
        do
        {
            var page = await DoAsync($"orders{(cursor.Length == 0 ? "" : $"?cursor={Uri.EscapeDataString(cursor)}")}", null);
            var order = Assert.Single(page["orders"]!.AsArray());
            payments.Add((string?)order!["payment"]);
            fulfillments.Add((string?)order["fulfillment"]);
            cursor = (string?)page["next"] ?? "";
        }
        while (cursor.Length > 0);
        Assert.Equal(["PAID", "FULLY_REFUNDED"], payments);
        Assert.Equal(["FULFILLED", "NOT_FULFILLED"], fulfillments);
    }

    [Fact]
    public async Task A_Wix_user_confirms_reschedules_and_cancels_bookings_in_the_revision_that_was_seen()
    {
        var proposed = await ProposedAsync();

        Assert.Equal("CONFIRMED", (string?)(await DoAsync("bookings/confirm", proposed["bookings/confirm"]))["status"]);
        var moved = await DoAsync("bookings/reschedule", proposed["bookings/reschedule"]);
        using var stale = await SendAsync("bookings/cancel", proposed["bookings/cancel"], await TokenAsync());
        Assert.Equal(HttpStatusCode.Conflict, stale.StatusCode);
        var now = new JsonObject { ["bookingId"] = moved["booking"]!.DeepClone(), ["revision"] = moved["revision"]!.DeepClone() };
        Assert.Equal("CANCELED", (string?)(await DoAsync("bookings/cancel", now))["status"]);
    }

    [Theory]
    [InlineData("approve-member", """{"memberId":"../x"}""")]
    [InlineData("add-product", """{"name":"","price":1}""")]
    [InlineData("change-inventory", """{"productId":"4d2f7f52-6f0d-4d3e-8b39-9b43d2f4d101","quantity":-1}""")]
    [InlineData("fulfill-order", """{"orderId":"7","trackingNumber":"x"}""")]
    [InlineData("refund-order", """{"orderId":"4d2f7f52-6f0d-4d3e-8b39-9b43d2f4d101","reason":""}""")]
    [InlineData("bookings/confirm", """{"bookingId":"4d2f7f52-6f0d-4d3e-8b39-9b43d2f4d101","revision":"x"}""")]
    public async Task What_is_not_valid_is_refused_and_nobody_but_a_Wix_user_is_let_in(string path, string body)
    {
        using var invalid = await SendAsync(path, JsonNode.Parse(body), await TokenAsync());
        using var visitor = await SendAsync(path, JsonNode.Parse(body), null);

        Assert.Equal(HttpStatusCode.BadRequest, invalid.StatusCode);
        Assert.Contains((int)visitor.StatusCode, (int[])[401, 403]);
    }

    [Fact]
    public async Task The_jobs_count_the_orders_with_the_key_and_act_on_every_site_of_the_app()
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        string[] notes = [];
        while (notes.Length < 3) // the second site is told by an event
        {
            using var asked = await _client.PostAsync("/api/jobs", null, limit.Token);
            Assert.Equal(HttpStatusCode.Accepted, asked.StatusCode);
            var page = await _client.GetFromJsonAsync<JsonElement[]>("/api/jobs", limit.Token);
            notes = [.. page!.Select(static note => note.GetProperty("text").GetString()!).Distinct()];
            await Task.Delay(50, limit.Token);
        }

        Assert.Equal(
            ["The app works for Harbour Coffee Galway.", "The app works for Harbour Coffee.", "There are 2 orders, 0 of them not paid."],
            notes.Order(StringComparer.Ordinal));
    }

    public void Dispose() => _client.Dispose();

    /// <summary>The bodies that the dashboard page proposes, by the endpoints' paths.</summary>
    private async Task<Dictionary<string, JsonNode?>> ProposedAsync()
    {
        var page = await _client.GetStringAsync(site.Dashboard);
        return Target().Matches(page).ToDictionary(static one => one.Groups[1].Value,
            static one => JsonNode.Parse(WebUtility.HtmlDecode(one.Groups[2].Value)));
    }

    private async Task<string> TokenAsync()
    {
        var page = await _client.GetStringAsync(site.Dashboard);
        var address = new Uri(site.Dashboard, $"/dashboard/token?site={Site().Match(page).Groups[1].Value}");
        using var request = new HttpRequestMessage(HttpMethod.Post, address);
        request.Headers.Add("X-Emulator-Dashboard", "1");
        using var answer = await _client.SendAsync(request);
        return (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("token").GetString()!;
    }

    private async Task<JsonNode> DoAsync(string path, JsonNode? body)
    {
        using var answer = await SendAsync(path, body, await TokenAsync());
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.IsSuccessStatusCode, $"{path}: {text}");
        return JsonNode.Parse(text)!;
    }

    private Task<HttpResponseMessage> SendAsync(string path, JsonNode? body, string? token)
    {
        var request = new HttpRequestMessage(body is null ? HttpMethod.Get : HttpMethod.Post, $"/api/admin/{path}")
        {
            Content = body is null ? null : JsonContent.Create(body),
        };
        if (token is not null)
            request.Headers.TryAddWithoutValidation("Authorization", token);
        return _client.SendAsync(request);
    }

    [GeneratedRegex("data-url=\"[^\"]*/api/admin/([^\"]+)\">(?:(?!</section>)[\\s\\S])*?<textarea[^>]*>([^<]+)</textarea>")]
    private static partial Regex Target();

    [GeneratedRegex("<option value=\"([^\"]+)\"")]
    private static partial Regex Site();
}
