using System.Globalization;
using System.Text.Json.Nodes;
using Endpoints.Wix.Emulator.Values;

namespace Endpoints.Wix.Emulator.Platform;

/// <summary>Provides the initial data of a site.</summary>
internal static class SeedData
{
    public static JsonObject Properties(string siteName) => new()
    {
        ["categories"] =
            new JsonObject { ["primary"] = "restaurant", ["secondary"] = new JsonArray("cafe"), ["businessTermId"] = "coffee_shop" },
        ["locale"] = new JsonObject { ["languageCode"] = "en", ["country"] = "IE" },
        ["language"] = "en",
        ["paymentCurrency"] = "EUR",
        ["timeZone"] = "Europe/Dublin",
        ["email"] = "hello@harbour-coffee.example",
        ["phone"] = "+353 1 555 0100",
        ["fax"] = "",
        ["address"] = new JsonObject
        {
            ["street"] = "Quay Street",
            ["streetNumber"] = "7",
            ["city"] = "Dublin",
            ["state"] = "L",
            ["zip"] = "D02 X000",
            ["country"] = "IE",
        },
        ["siteDisplayName"] = siteName,
        ["businessName"] = $"{siteName} Ltd.",
        ["logo"] = "",
        ["description"] = "Coffee by the water, roasted on Tuesdays.",
        ["businessSchedule"] = new JsonObject
        {
            ["periods"] = new JsonArray(
                new JsonObject { ["openDay"] = "MONDAY", ["openTime"] = "08:00", ["closeDay"] = "MONDAY", ["closeTime"] = "17:00" },
                new JsonObject { ["openDay"] = "SATURDAY", ["openTime"] = "09:00", ["closeDay"] = "SATURDAY", ["closeTime"] = "15:00" }),
            ["specialHourPeriod"] = new JsonArray(),
        },
        ["multilingual"] = new JsonObject { ["supportedLanguages"] = new JsonArray(), ["autoRedirect"] = false },
        ["consentPolicy"] =
            new JsonObject { ["essential"] = true, ["functional"] = true, ["analytics"] = true, ["advertising"] = true,
                ["dataToThirdParty"] = true },
        ["businessConfig"] = "FIXED_LOCATION",
        ["externalSiteUrl"] = "",
        ["trackClicksAnalytics"] = false,
        ["companyId"] = "IE0000000X",
    };

    /// <summary>
    /// Adds sample members, products, bookings and orders, and a collection. All identifiers come from <paramref name="secrets"/>.
    /// </summary>
    public static void Fill(EmulatedSite site, SecretSource secrets)
    {
        string New(string what) => secrets.Guid($"{what} of {site.Id}");

        var ada = site.AddMember("ada@members.example", "ada-password", "Ada", New("Ada"));
        var grace = site.AddMember("grace@members.example", "grace-password", "Grace", New("Grace"));

        site.AddProduct(Product("Harbour Blend", "Dark and round, from three farms.", "14.50"), New("blend"), quantity: 40);
        site.AddProduct(Product("Lighthouse Espresso", "Short, sweet, a little smoky.", "16.00"), New("espresso"), quantity: 12);
        site.AddProduct(Product("Enamel Mug", "Survives the boat and the dishwasher.", "9.00"), New("mug"), quantity: 0);
        var hidden = Product("Winter Blend", "Not for sale before December.", "15.00");
        hidden["visible"] = false;
        site.AddProduct(hidden, New("winter"), quantity: 100);

        site.AddCollection("Events", new());
        site.AddItem("Events",
            new() { ["_id"] = New("cupping"), ["title"] = "Open cupping", ["seats"] = 12,
                ["date"] = new JsonObject { ["$date"] = "2026-12-05T17:00:00.000Z" } });
        site.AddItem("Events",
            new() { ["_id"] = New("latte"), ["title"] = "Latte art for beginners", ["seats"] = 6,
                ["date"] = new JsonObject { ["$date"] = "2026-12-12T10:00:00.000Z" } });
        site.AddCollection("Reviews", new()
        {
            Insert = CollectionRole.SiteMember,
            Update = CollectionRole.SiteMemberAuthor,
            Remove = CollectionRole.SiteMemberAuthor,
        });

        site.AddBooking(Booking("Barista course", ada, "2026-12-01T10:00:00", "2026-12-01T12:00:00"), New("booking 1"));
        site.AddBooking(Booking("Roastery tour", grace, "2026-12-02T15:00:00", "2026-12-02T16:00:00"), New("booking 2"));
        site.AddOrder(Order(ada, "Harbour Blend", "14.50", 2, New("line 1")), New("order 1"));
        site.AddOrder(Order(grace, "Enamel Mug", "9.00", 1, New("line 2")), New("order 2"));
    }

    private static JsonObject Product(string name, string description, string amount) => new()
    {
        ["name"] = name,
        ["plainDescription"] = description,
        ["productType"] = "PHYSICAL",
        ["physicalProperties"] = new JsonObject(),
        ["variantsInfo"] = new JsonObject
        {
            ["variants"] = new JsonArray(new JsonObject
            {
                ["choices"] = new JsonArray(),
                ["price"] = new JsonObject { ["actualPrice"] = new JsonObject { ["amount"] = amount } },
            }),
        },
    };

    private static JsonObject Booking(string title, EmulatedMember member, string start, string end) => new()
    {
        ["bookedEntity"] = new JsonObject
        {
            ["title"] = title,
            ["slot"] = new JsonObject { ["startDate"] = start, ["endDate"] = end, ["timezone"] = "Europe/Dublin" },
        },
        ["startDate"] = start,
        ["endDate"] = end,
        ["contactDetails"] = new JsonObject { ["contactId"] = member.ContactId, ["firstName"] = member.Nickname, ["email"] = member.Email },
    };

    private static JsonObject Order(EmulatedMember member, string product, string amount, int quantity, string lineId) => new()
    {
        ["buyerInfo"] = new JsonObject { ["memberId"] = member.Id, ["contactId"] = member.ContactId, ["email"] = member.Email },
        ["lineItems"] = new JsonArray(new JsonObject
        {
            ["id"] = lineId,
            ["quantity"] = quantity,
            ["productName"] = new JsonObject { ["original"] = product },
            ["price"] = Money.Price(decimal.Parse(amount, CultureInfo.InvariantCulture)),
        }),
    };
}
