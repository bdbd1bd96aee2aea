using System.Globalization;
using System.Text.Json.Nodes;

namespace Benchmarks.Api;

/// <summary>
/// A page of 100 products as Wix answers it, 1.6 MB of JSON. Ids and texts differ, everything else is the same in every run.
/// </summary>
internal static class ProductPage
{
    private const string Text = "A cup for two hands, thrown from local clay, glazed in the colours of the harbour and fired twice. "
        + "It keeps tea warm and doesn't mind the dishwasher.";

    public static byte[] Create(int products = 100) => System.Text.Encoding.UTF8.GetBytes(
        new JsonObject
        {
            ["products"] = List(products, Product),
            ["pagingMetadata"] = new JsonObject { ["count"] = products, ["hasNext"] = true,
                ["cursors"] = new JsonObject { ["next"] = Id(0) } },
        }.ToJsonString());

    public static JsonObject Product(int number) => new()
    {
        ["id"] = Id(number),
        ["revision"] = (number + 1).ToString(CultureInfo.InvariantCulture),
        ["createdDate"] = "2026-03-01T08:30:00.123Z",
        ["updatedDate"] = "2026-04-01T08:30:00.123Z",
        ["name"] = $"Harbour Cup {number}",
        ["slug"] = $"harbour-cup-{number}",
        ["url"] = new JsonObject { ["relativePath"] = $"/product-page/harbour-cup-{number}",
            ["url"] = "https://harbour.example/product-page" },
        ["description"] = Rich(4),
        ["plainDescription"] = $"<p>{Text}</p>",
        ["visible"] = true,
        ["visibleInPos"] = true,
        ["media"] = new JsonObject { ["main"] = Picture(number), ["itemsInfo"] = new JsonObject { ["items"] = List(5, Picture) } },
        ["seoData"] = new JsonObject
        {
            ["tags"] = List(3, static i => new()
            {
                ["type"] = "meta", ["props"] = new JsonObject { ["name"] = "description", ["content"] = $"Cup {i}" }, ["custom"] = false,
                ["disabled"] = false,
            }),
        },
        ["options"] = List(2, static i => new()
        {
            ["id"] = Id(i), ["name"] = $"Option {i}", ["optionRenderType"] = "TEXT_CHOICES", ["key"] = $"option-{i}",
            ["choicesSettings"] = new JsonObject
            {
                ["choices"] = List(3, static k => new()
                {
                    ["choiceId"] = Id(k), ["choiceType"] = "CHOICE_TEXT", ["name"] = $"Choice {k}", ["key"] = $"choice-{k}",
                        ["inStock"] = true,
                    ["visible"] = true,
                }),
            },
        }),
        ["brand"] = new JsonObject { ["id"] = Id(3), ["name"] = "Harbour" },
        ["infoSections"] = List(2, static i => new()
        {
            ["id"] = Id(i), ["uniqueName"] = $"section-{i}", ["title"] = "Care", ["description"] = Rich(1), ["plainDescription"] = Text,
        }),
        ["ribbon"] = new JsonObject { ["id"] = Id(4), ["name"] = "New" },
        ["directCategoriesInfo"] = Categories(2),
        ["allCategoriesInfo"] = Categories(4),
        ["mainCategoryId"] = Id(5),
        ["inventory"] = new JsonObject { ["availabilityStatus"] = "IN_STOCK", ["preorderStatus"] = "DISABLED" },
        ["productType"] = "PHYSICAL",
        ["currency"] = "EUR",
        ["actualPriceRange"] = Range($"{number}.50"),
        ["compareAtPriceRange"] = Range($"{number + 1}.50"),
        ["variantsInfo"] = new JsonObject { ["variants"] = List(9, Variant) },
        ["variantSummary"] = new JsonObject { ["variantCount"] = 9 },
    };

    private static JsonObject Variant(int number) => new()
    {
        ["id"] = Id(number),
        ["visible"] = true,
        ["sku"] = $"CUP-{number:0000}",
        ["choices"] = List(2, static i => new()
        {
            ["optionChoiceIds"] = new JsonObject { ["optionId"] = Id(i), ["choiceId"] = Id(i + 1) },
            ["optionChoiceNames"] = new JsonObject { ["optionName"] = $"Option {i}", ["choiceName"] = "Choice",
                ["renderType"] = "TEXT_CHOICES" },
        }),
        ["price"] = new JsonObject { ["actualPrice"] = Money("12.50"), ["compareAtPrice"] = Money("13.50") },
        ["revenueDetails"] = new JsonObject { ["cost"] = Money("4.00"), ["profit"] = Money("8.50"), ["profitMargin"] = 0.68 },
        ["physicalProperties"] = new JsonObject { ["weight"] = 0.35 },
        ["inventoryStatus"] = new JsonObject { ["inStock"] = true, ["preorderEnabled"] = false },
    };

    private static JsonObject Rich(int paragraphs) => new()
    {
        ["nodes"] = List(paragraphs, static i => new()
        {
            ["type"] = "PARAGRAPH", ["id"] = $"n{i}",
            ["nodes"] = List(1, static k => new()
            {
                ["type"] = "TEXT", ["id"] = "", ["nodes"] = new JsonArray(),
                ["textData"] = new JsonObject { ["text"] = Text, ["decorations"] = List(1, static _ => new() { ["type"] = "BOLD",
                    ["fontWeightValue"] = 700 }) },
            }),
            ["paragraphData"] = new JsonObject { ["textStyle"] = new JsonObject { ["textAlignment"] = "AUTO" }, ["indentation"] = 0 },
        }),
        ["metadata"] = new JsonObject { ["version"] = 1, ["id"] = Id(9) },
    };

    private static JsonObject Picture(int number) => new()
    {
        ["id"] = $"{Id(number)}~mv2.jpg",
        ["altText"] = $"Picture {number}",
        ["mediaType"] = "IMAGE",
        ["image"] = new JsonObject
        {
            ["id"] = $"{Id(number)}~mv2.jpg", ["url"] = $"https://static.harbour.example/media/{Id(number)}~mv2.jpg", ["height"] = 1200,
                ["width"] = 1600,
            ["filename"] = $"cup-{number}.jpg",
        },
    };

    private static JsonObject Categories(int count) => new()
    {
        ["categories"] = List(count, static i => new() { ["id"] = Id(i), ["index"] = i }),
    };

    private static JsonObject Range(string amount) => new() { ["minValue"] = Money(amount), ["maxValue"] = Money(amount) };

    private static JsonObject Money(string amount) => new() { ["amount"] = amount, ["formattedAmount"] = amount + " €" };

    private static JsonArray List(int count, Func<int, JsonObject> one) => [.. Enumerable.Range(0, count).Select(JsonNode? (i) => one(i))];

    private static string Id(int number) => $"6d5c7b0e-0000-4000-8000-{number:000000000000}";
}
