using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace Endpoints.Wix.Emulator.Tests.Events;

/// <summary>Events are delivered to who wants them: by hand and by what calls change, and again where they are not taken.</summary>
public sealed class WebhookTests : EmulatorTest
{
    private static readonly double[] Pauses = [1, 10, 60, 120, 120, 120, 240, 240, 240, 480, 480, 720];

    [Fact]
    public async Task Every_event_that_Wix_has_is_raised_by_its_type()
    {
        await using var receiver = await Receiver.StartAsync();
        using var webhook = Wix.AddWebhook(receiver.Address);

        foreach (var type in WixEmulator.EventTypes)
            Assert.True(Assert.Single(await Wix.RaiseAsync(type)).Delivered, type);

        Assert.Equal(573, WixEmulator.EventTypes.Count);
        Assert.Equal(WixEmulator.EventTypes, receiver.Events.Select(static one => one.Type));
        foreach (var (type, envelope, inside) in receiver.Events.Where(static one => one.Inside.TryGetProperty("entityFqdn", out _)))
        {
            Assert.Equal(type, $"{inside.Text("entityFqdn")}_{inside.Text("slug")}");
            Assert.Equal(Wix.InstanceId, envelope.Text("instanceId"));
            var member = inside.Text("slug") switch
            {
                "created" => "createdEvent",
                "updated" when inside.TryGetProperty("updatedEvent", out _) => "updatedEvent",
                "deleted" => "deletedEvent",
                _ => "actionEvent",
            };
            Assert.Equal(JsonValueKind.Object, inside.GetProperty(member).ValueKind);
        }
    }

    [Fact]
    public async Task An_entity_is_raised_as_it_is_given()
    {
        await using var receiver = await Receiver.StartAsync();
        using var webhook = Wix.AddWebhook(receiver.Address, "wix.ecom.v1.order_created");
        var order = Wix.Site.Entities(EmulatedEntityKind.Order)[0];

        await Wix.RaiseAsync("wix.ecom.v1.order_created", order);

        var (_, _, inside) = Assert.Single(receiver.Events);
        Assert.Equal((string?)order["id"], inside.Text("entityId"));
        Assert.True(JsonNode.DeepEquals(order, JsonNode.Parse(inside.GetProperty("createdEvent").GetProperty("entity").GetRawText())));
    }

    [Fact]
    public async Task What_nobody_wants_or_nobody_knows_is_an_error_of_the_test()
    {
        await using var receiver = await Receiver.StartAsync();
        using var webhook = Wix.AddWebhook(receiver.Address, "wix.ecom.v1.order_created");

        await Assert.ThrowsAsync<InvalidOperationException>(() => Wix.RaiseAsync("wix.ecom.v1.order_updated"));
        await Assert.ThrowsAsync<ArgumentException>(() => Wix.RaiseAsync("wix.ecom.v1.order_craeted"));
        webhook.Dispose();
        await Assert.ThrowsAsync<InvalidOperationException>(() => Wix.RaiseAsync("wix.ecom.v1.order_created"));
        Assert.Empty(receiver.Arrived);
    }

    [Fact]
    public async Task What_is_not_taken_comes_again_twelve_times_with_the_same_text()
    {
        await using var receiver = await Receiver.StartAsync();
        receiver.Answer = static http => Status(http, 503);
        using var webhook = Wix.AddWebhook(receiver.Address);

        Assert.False(Assert.Single(await Wix.RaiseAsync("wix.ecom.v1.order_created")).Delivered);
        for (var i = 0; i < Pauses.Length; i++)
        {
            Assert.Equal(1, Wix.PendingRetries);
            Time.Advance(TimeSpan.FromMinutes(Pauses[i]) - TimeSpan.FromSeconds(1));
            await Wix.SettleEventsAsync();
            Assert.Equal(i + 1, receiver.Arrived.Count);
            Time.Advance(TimeSpan.FromSeconds(1));
            await Wix.SettleEventsAsync();
            Assert.Equal(i + 2, receiver.Arrived.Count);
        }

        Assert.Equal(0, Wix.PendingRetries);
        Assert.Single(receiver.Arrived.Select(static one => one.Body).Distinct());
        Assert.Equal(Enumerable.Range(1, 13), Wix.Deliveries.Select(static one => one.Attempt));
        Assert.All(Wix.Deliveries, static one => Assert.Equal(503, one.StatusCode));
    }

    [Theory]
    [InlineData(200, true)]
    [InlineData(201, false)]
    [InlineData(204, false)]
    [InlineData(302, false)]
    [InlineData(401, false)]
    public async Task Only_200_is_taken(int status, bool isTaken)
    {
        await using var receiver = await Receiver.StartAsync();
        receiver.Answer = http => Status(http, status);
        using var webhook = Wix.AddWebhook(receiver.Address);

        var delivery = Assert.Single(await Wix.RaiseAsync("wix.ecom.v1.order_created"));

        Assert.Equal((status, isTaken), (delivery.StatusCode, delivery.Delivered));
        Assert.Equal(isTaken ? 0 : 1, Wix.PendingRetries);
    }

    [Fact]
    public async Task Wix_waits_1250_milliseconds_of_the_clock_and_comes_again()
    {
        await using var receiver = await Receiver.StartAsync();
        var (arrived, answer) = (new TaskCompletionSource(), new TaskCompletionSource());
        receiver.Answer = async http =>
        {
            arrived.TrySetResult();
            await answer.Task;
            await http.Response.WriteAsync("");
        };
        using var webhook = Wix.AddWebhook(receiver.Address);

        var raised = Wix.RaiseAsync("wix.ecom.v1.order_created");
        await arrived.Task;
        Time.Advance(TimeSpan.FromMilliseconds(1249));
        Assert.False(raised.IsCompleted);
        Time.Advance(TimeSpan.FromMilliseconds(1));

        Assert.Null(Assert.Single(await raised).StatusCode);
        answer.SetResult();
        Time.Advance(TimeSpan.FromMinutes(1));
        await Wix.SettleEventsAsync();
        Assert.True(Wix.Deliveries[^1].Delivered);
        Assert.Equal(2, receiver.Arrived.Count);
    }

    [Fact]
    public async Task No_more_than_10000_deliveries_wait()
    {
        await using var receiver = await Receiver.StartAsync();
        receiver.Answer = static http => Status(http, 503);
        using var webhook = Wix.AddWebhook(receiver.Address);
        webhook.Copies = 100;
        for (var i = 0; i < 100; i++)
            await Wix.RaiseAsync(EmulatedEvent.Deleted("a.b", "1"));
        Assert.Equal(10_000, Wix.PendingRetries);

        await Assert.ThrowsAsync<InvalidOperationException>(() => Wix.RaiseAsync(EmulatedEvent.Deleted("a.b", "1")));
        webhook.Dispose();

        Assert.Equal(0, Wix.PendingRetries);
        Time.Advance(TimeSpan.FromDays(2));
        await Wix.SettleEventsAsync();
        Assert.Equal(10_000, receiver.Arrived.Count);
    }

    [Fact]
    public async Task Events_come_twice_in_another_order_and_with_wrong_signatures()
    {
        await using var receiver = await Receiver.StartAsync();
        using var webhook = Wix.AddWebhook(receiver.Address);
        webhook.Copies = 2;
        webhook.Hold();
        await Wix.RaiseAsync(EmulatedEvent.Deleted("a.b", "1"));
        await Wix.RaiseAsync(EmulatedEvent.Deleted("a.b", "2"));
        await Wix.RaiseAsync(EmulatedEvent.Deleted("a.b", "3"));
        Assert.Equal((3, 0), (webhook.Held, receiver.Arrived.Count));

        var released = await webhook.ReleaseAsync(static held => [held[2], held[0], held[2]]);

        Assert.Equal(6, released.Count);
        Assert.Equal(["3", "3", "1", "1", "3", "3"], receiver.Events.Select(static one => one.Inside.Text("entityId")));
        Assert.Equal(2, receiver.Events.Select(static one => one.Inside.Text("id")).Distinct().Count());
        webhook.Copies = 1;
        webhook.Signing = static options => options.Signature = EmulatedSignature.NotSigned;
        await Wix.RaiseAsync(EmulatedEvent.Deleted("a.b", "4"));
        Assert.EndsWith(".", receiver.Arrived.Last().Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Calls_that_change_something_raise_what_Wix_would_raise()
    {
        await using var receiver = await Receiver.StartAsync();
        using var webhook = Wix.AddWebhook(receiver.Address);
        var token = AppToken();
        var product = new { product = new { name = "Mug", productType = "PHYSICAL", physicalProperties = new { },
            variantsInfo = new { variants = new[] { new { price = new { actualPrice = new { amount = "3.50" } } } } } } };
        var order = (string)Wix.Site.Entities(EmulatedEntityKind.Order)
            .First(static one => (string?)one["status"] == "APPROVED" && (string?)one["fulfillmentStatus"] == "NOT_FULFILLED")["id"]!;

        var created = (await Client.CallAsync("POST /stores/v3/products", token, product).JsonAsync()).GetProperty("product");
        var id = created.Text("id");
        (await Client.CallAsync($"PATCH /stores/v3/products/{id}", token,
            new { product = new { id, revision = created.Text("revision"), name = "Cup" } })).EnsureSuccessStatusCode();
        (await Client.CallAsync($"DELETE /stores/v3/products/{id}", token)).EnsureSuccessStatusCode();
        var member = (await Client.CallAsync("POST /members/v1/members", token, new { member = new { loginEmail = "new@example.com" } })
            .JsonAsync()).Text("member", "id");
        (await Client.CallAsync($"POST /members/v1/members/{member}/approve", token)).EnsureSuccessStatusCode();
        (await Client.CallAsync($"DELETE /members/v1/members/{member}", token)).EnsureSuccessStatusCode();
        (await Client.CallAsync($"POST /ecom/v1/orders/{order}/cancel", token, new { })).EnsureSuccessStatusCode();
        await Wix.SettleEventsAsync();

        Assert.Equal(
            [
                "wix.ecom.v1.order_canceled", "wix.ecom.v1.order_updated", "wix.members.v1.member_created", "wix.members.v1.member_deleted",
                "wix.members.v1.member_updated", "wix.stores.catalog.v3.product_created", "wix.stores.catalog.v3.product_deleted",
                "wix.stores.catalog.v3.product_updated",
            ],
            receiver.Events.Select(static one => one.Type).Order(StringComparer.Ordinal));
        Assert.All(receiver.Events, static one => Assert.Contains("\"APP\"", one.Envelope.Text("identity"), StringComparison.Ordinal));
        var update = receiver.Events.Single(static one => one.Type == "wix.stores.catalog.v3.product_updated").Inside
            .GetProperty("updatedEvent");
        Assert.Equal(("Cup", "Mug"), (update.Text("currentEntity", "name"), update.Text("modifiedFields", "name")));
        Assert.All(receiver.Events.Select(static one => one.Type), static type => Assert.Contains(type, WixEmulator.EventTypes));
    }

    [Fact]
    public async Task What_is_refused_or_fails_raises_nothing()
    {
        await using var receiver = await Receiver.StartAsync();
        using var webhook = Wix.AddWebhook(receiver.Address);

        await Client.CallAsync("DELETE /stores/v3/products/none", AppToken());
        await Client.CallAsync("POST /members/v1/members", Wix.IssueToken(EmulatedIdentity.Visitor()),
            new { member = new { loginEmail = "new@example.com" } });
        await Wix.SettleEventsAsync();

        Assert.Empty(receiver.Arrived);
    }

    [Fact]
    public async Task An_app_is_told_of_its_own_sites_and_of_its_coming_and_going()
    {
        await using var receiver = await Receiver.StartAsync();
        var (other, site) = (Wix.AddApp("Other"), Wix.AddSite("Second"));
        using var webhook = Wix.AddWebhook(other, receiver.Address);
        var product = Wix.Site.Entities(EmulatedEntityKind.Product)[0];

        (await Client.CallAsync($"DELETE /stores/v3/products/{product["id"]}", AppToken())).EnsureSuccessStatusCode();
        var instance = other.InstallOn(site);
        other.RemoveFrom(site);
        await Wix.SettleEventsAsync();

        Assert.Equal([("AppInstalled", instance), ("AppRemoved", instance)],
            receiver.Events.Select(static one => (one.Type, one.Envelope.Text("instanceId"))).Order());
        Assert.All(receiver.Events, one => Assert.Equal(other.ClientId, one.Inside.Text("appId")));
    }

    [Fact]
    public async Task Every_plugin_method_is_called_at_its_path_with_an_example()
    {
        await using var receiver = await Receiver.StartAsync();
        var calls = 0;
        foreach (var type in WixEmulator.ServicePluginTypes)
        {
            var address = new Uri(receiver.Address, $"/_wix/extensions/service-plugins/{type}/");
            Wix.AddServicePlugin(type, address);
            foreach (var (method, path) in WixEmulator.ServicePluginMethods(type))
            {
                var answer = await Wix.CallServicePluginAsync(type, method);

                calls++;
                Assert.Equal((200, "{}"), (answer.StatusCode, answer.Body));
                var (at, body) = receiver.Arrived.Last();
                Assert.Equal($"/_wix/extensions/service-plugins/{type}{path}", at);
                var claims = Receiver.Claims(body);
                Assert.Equal(type, claims.Text("data", "metadata", "appExtensionType"));
                Assert.True(JsonNode.DeepEquals(WixEmulator.ServicePluginRequest(type, method),
                    JsonNode.Parse(claims.GetProperty("data").GetProperty("request").GetRawText())));
            }
        }

        Assert.Equal((21, 56), (WixEmulator.ServicePluginTypes.Count, calls));
        await Assert.ThrowsAsync<ArgumentException>(() => Wix.CallServicePluginAsync("ECOM_SHIPPING_RATES", "getShippingRate"));
        Assert.Throws<ArgumentException>(() => Wix.AddServicePlugin("ECOM_SHIPPING", receiver.Address));
    }

    private static Task Status(HttpContext http, int status)
    {
        http.Response.StatusCode = status;
        return Task.CompletedTask;
    }
}
