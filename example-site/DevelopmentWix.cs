using System.Text.Json;
using Endpoints.Wix.Emulator;

namespace ExampleSite;

/// <summary>Stands in for Wix until there are credentials: an emulator inside this process.</summary>
internal static class DevelopmentWix
{
    private static readonly string[] Credentials =
    [
        "Wix:ClientId", "Wix:ClientSecret", "Wix:InstanceId", "Wix:PublicKey",
        "WIX_CLIENT_ID", "WIX_CLIENT_SECRET", "WIX_CLIENT_INSTANCE_ID", "WIX_CLIENT_PUBLIC_KEY",
    ];

    /// <summary>
    /// Starts the emulator and points the configuration at it, in Development and when no credential is configured at all.
    /// </summary>
    /// <returns>The emulator, or null: then <c>AddWix</c> uses the credentials, or says which are missing.</returns>
    public static async Task<WixEmulator?> StartWithoutCredentialsAsync(WebApplicationBuilder builder)
    {
        if (Credentials.Any(name => !string.IsNullOrWhiteSpace(builder.Configuration[name])))
            return null;
        if (!builder.Environment.IsDevelopment())
        {
            Console.Error.WriteLine(
                $"No Wix credentials are configured, and in {builder.Environment.EnvironmentName} no emulator takes Wix's place: it does "
                + "so in Development only.");
            return null;
        }

        var wix = await WixEmulator.StartAsync(options =>
        {
            options.BackOfficeTitle = "Harbour Coffee dashboard";
            options.Seed = "example-site"; // browser sessions outlive a restart
        });
        wix.Site.AddCollection("Pictures", new() { Read = CollectionRole.Admin });
        builder.Services.AddSingleton(wix); // for the page that raises an event
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Wix:ApiBaseAddress"] = wix.Address.AbsoluteUri,
            ["Wix:ClientId"] = wix.App.ClientId,
            ["Wix:ClientSecret"] = wix.App.ClientSecret,
            ["Wix:InstanceId"] = wix.InstanceId,
            ["Wix:PublicKey"] = wix.App.PublicKey,
            ["Wix:ApiKey"] = wix.ApiKey.Value,
            ["Wix:SiteId"] = wix.Site.Id,
            ["Wix:Inbox:Path"] = ":memory:", // the emulator forgets as well
            ["Wix:Session:AllowPlainHttp"] = "true", // http://localhost: members can log in without a certificate
        });
        return wix;
    }

    /// <summary>
    /// Makes the site known to the emulated Wix, once its address is known: as the owner of an app does in Wix's settings.
    /// </summary>
    public static void Introduce(WixEmulator wix, Uri site)
    {
        wix.App.AllowRedirectUri(new Uri(site, "/api/auth/callback"));
        wix.AddWebhook(new Uri(site, "/_wix/extensions/webhooks"));
        wix.AddServicePlugin("ECOM_SHIPPING_RATES", new Uri(site, "/_wix/extensions/service-plugins/shipping-rates"));
        wix.AddServicePlugin("TOOLS_PROVIDER_CONFIG", new Uri(site, "/_wix/extensions/service-plugins/tools-provider-config"));
        foreach (var path in (string[])["/api/who-am-i", "/api/my-api", "/api/my-api-plain"])
            wix.BackOffice.AddTarget(path, new Uri(site, path));
        wix.App.InstallOn(wix.AddSite("Harbour Coffee Galway")); // Wix tells the site: events/app-installed.cs
        AddAdminPage(wix, site);
    }

    private static void AddAdminPage(WixEmulator wix, Uri site)
    {
        string Id(EmulatedEntityKind kind, int number) => (string)wix.Site.Entities(kind)[number]["id"]!;
        var pending = wix.Site.AddMember("edsger@members.example", isApproved: false).Id;
        var booking = new { bookingId = Id(EmulatedEntityKind.Booking, 0), revision = "1" };
        var other = new { bookingId = Id(EmulatedEntityKind.Booking, 1), revision = "1" };
        wix.BackOffice.AddTarget("List all orders", new Uri(site, "/api/admin/orders"));
        Add("Approve a member", "approve-member", new { memberId = pending });
        Add("Add a product", "add-product", new { name = "Cold Brew", price = 4.5m });
        Add("Change the inventory", "change-inventory", new { productId = Id(EmulatedEntityKind.Product, 2), quantity = 25 });
        Add("Fulfill an order", "fulfill-order", new { orderId = Id(EmulatedEntityKind.Order, 0), trackingNumber = "IE 7" });
        Add("Refund an order", "refund-order", new { orderId = Id(EmulatedEntityKind.Order, 1), reason = "The handle came off." });
        Add("Confirm a booking", "bookings/confirm", booking);
        Add("Reschedule a booking", "bookings/reschedule",
            new { booking = other, start = "2026-12-03T15:00:00", end = "2026-12-03T16:00:00", timeZone = "Europe/Dublin" });
        Add("Cancel a booking", "bookings/cancel", other);

        void Add(string name, string path, object body) =>
            wix.BackOffice.AddTarget(name, new Uri(site, $"/api/admin/{path}"), "POST", JsonSerializer.Serialize(body));
    }
}
