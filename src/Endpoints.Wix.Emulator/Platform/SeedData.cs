using System.Text.Json.Nodes;

namespace Endpoints.Wix.Emulator.Platform;

/// <summary>What a new site holds.</summary>
internal static class SeedData
{
    public static JsonObject Properties(string siteName) => new()
    {
        ["categories"] = new JsonObject { ["primary"] = "restaurant", ["secondary"] = new JsonArray("cafe"), ["businessTermId"] = "coffee_shop" },
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
        ["consentPolicy"] = new JsonObject { ["essential"] = true, ["functional"] = true, ["analytics"] = true, ["advertising"] = true, ["dataToThirdParty"] = true },
        ["businessConfig"] = "FIXED_LOCATION",
        ["externalSiteUrl"] = "",
        ["trackClicksAnalytics"] = false,
        ["companyId"] = "IE0000000X",
    };
}
