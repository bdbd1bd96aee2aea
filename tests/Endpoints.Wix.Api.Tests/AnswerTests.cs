using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Endpoints.Wix.Stores;

namespace Endpoints.Wix.Api.Tests;

/// <summary>Answers are read as bytes, and are the messages that they would be over JSON nodes.</summary>
public sealed class AnswerTests
{
    // In a large answer, the places in what is small are found later: the rest makes this one large.
    private static readonly string Rest = $"""
        ,"rest":[{string.Join(',', Enumerable.Repeat("""{"of":["a large answer"]}""", 500))}]
        """;

    private const string Cup = """
        {"product": { "id":"1", "revision" : 7, "name":"C\u0075p", "plainDescription":null, "visible":true, "newMember":{"a":[1,null]},
        "createdDate":"2026-11-30T12:00:00.123Z","productType":"HOLOGRAM","media":{"main":{"id":"picture","altText":"A cup"}},
        "actualPriceRange":{"minValue":{"amount":"12.50"}},
        "options":[{"name":"Size"},{"name":"Colour","choicesSettings":{"choices":[{"name":"Blue"}]}}],
        "extendedFields":{"namespaces":{"@shop":{"x":1},"@other":{}}}}}
        """;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Values_of_all_kinds_are_read(bool isLarge)
    {
        var product = Read(Cup, isLarge);

        Assert.Equal(("1", "7", "Cup", null, true, "HOLOGRAM", 12.50m),
            (product.Id, product.Revision, product.Name, product.PlainDescription, product.Visible, product.ProductType?.Value,
                product.ActualPriceRange!.MinValue!.Amount));
        Assert.Equal(new DateTimeOffset(2026, 11, 30, 12, 0, 0, 123, TimeSpan.Zero), product.CreatedDate);
        Assert.Equal(["Size", "Colour"], product.Options.Select(static option => option.Name));
        Assert.Equal("Blue", product.Options[1].ChoicesSettings!.Choices[0].Name);
        Assert.Equal(["@shop", "@other"], product.ExtendedFields!.Namespaces.Keys);
        Assert.Equal(1, (int?)product.ExtendedFields.Namespaces["@shop"]["x"]);
        Assert.Empty(product.Modifiers);
        Assert.Null(product.SeoData);
        Assert.Throws<ArgumentOutOfRangeException>(() => product.Options[2]);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void What_properties_do_not_know_stays_and_null_is_not_absent(bool isLarge)
    {
        var product = Read(Cup, isLarge);

        Assert.True(product.Json.TryGetPropertyValue("plainDescription", out var described));
        Assert.Null(described);
        Assert.False(product.Json.ContainsKey("slug"));
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(Cup)!["product"], product.Json));
        Assert.True(JsonNode.DeepEquals(product.Json, JsonSerializer.SerializeToNode(Read(Cup, isLarge))));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Views_from_before_a_change_see_it_and_their_changes_are_those_of_the_message(bool isLarge)
    {
        var product = Read(Cup, isLarge);
        var (media, picture, options, colour, choices) =
            (product.Media, product.Media!.Main, product.Options, product.Options[1], product.Options[1].ChoicesSettings!.Choices);
        var blue = choices[0];

        product.Name = "Mug"; // here the answer's bytes become nodes
        Assert.Same(media, product.Media);
        Assert.Same(picture, product.Media!.Main);
        Assert.Same(options, product.Options);
        Assert.Same(colour, product.Options[1]);
        Assert.Same(blue, product.Options[1].ChoicesSettings!.Choices[0]);
        picture!.AltText = "A mug";
        blue.Name = "Green";
        options.RemoveAt(0);

        Assert.Same(colour.Json, options[0].Json);
        AssertJson(
            """
            {"id":"1","revision":7,"name":"Mug","media":{"main":{"id":"picture","altText":"A mug"}},
            "options":[{"name":"Colour","choicesSettings":{"choices":[{"name":"Green"}]}}]}
            """,
            product.ToUpdate().Json);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_view_that_was_replaced_stays_what_it_was(bool isLarge)
    {
        var product = Read(Cup, isLarge);
        var (media, size) = (product.Media!, product.Options[0]);

        product.Media = new() { Main = new() { Id = "other" } };
        product.Options = [new() { Name = "Weight" }];

        Assert.Equal(("picture", "other"), (media.Main!.Id, product.Media!.Main!.Id));
        Assert.Equal(("Size", "Weight"), (size.Name, Assert.Single(product.Options).Name));
        AssertJson("""{"main":{"id":"picture","altText":"A cup"}}""", media.Json);
    }

    [Fact]
    public void A_part_of_an_answer_is_copied_where_it_becomes_a_part_of_another()
    {
        var (one, other) = (Read(Cup), Read("""{"product":{"id":"2"}}"""));

        other.Media = one.Media;
        other.Media!.Main!.AltText = "Copied";

        Assert.Equal("A cup", one.Media!.Main!.AltText);
        AssertJson("""{"id":"2","media":{"main":{"id":"picture","altText":"Copied"}}}""", other.ToUpdate().Json);
    }

    [Fact]
    public void Lists_that_are_answers_are_views_as_well()
    {
        var read = WixAnswers.List("a.products", WixKinds.Message<V3Product>());
        var products = Read(read, """{"a":{"products":[{"id":"1"},{"id":"2","media":{"main":{"id":"3"}}}]}}""");
        var second = products[1];

        Assert.Equal("3", second.Media!.Main!.Id);
        second.Media.Main.Id = "4";
        Assert.Same(second, products[1]);
        AssertJson("""{"id":"2","media":{"main":{"id":"4"}}}""", products[1].Json);
        foreach (var other in (string[])["{}", """{"a":null}""", """{"a":{}}""", """{"a":"text"}""", """{"a":{"products":null}}"""])
            Assert.Empty(Read(read, other));
        Assert.Throws<FormatException>(() => Read(read, """{"a":{"products":{}}}""").Count);
        Assert.Throws<FormatException>(() => Read(read, """{"a":{"products":[null]}}""")[0]);
    }

    [Theory]
    [InlineData("""{"product":{"id":"1","id":"2"}}""")]
    [InlineData("""{"product":{"id":"1"},"x":[{"y":{"z":1,"a":2,"z":1}}]}""")]
    [InlineData("""{"product":{"id":"1","\u0069d":"2"}}""")]
    [InlineData("""{"product":{"id":"1"},"ä":1,"ä":2}""")]
    [InlineData("""{"product":{"id":"1"},"x":[[{"a":1,"a":2}]]}""", true)]
    [InlineData("""{"product":{"id":"1"}} {}""")]
    [InlineData("""{"product":{"id":"1",}}""")]
    [InlineData("""{"product":""")]
    [InlineData("")]
    public void What_is_not_JSON_or_says_something_twice_is_no_answer(string answer, bool isLarge = false) =>
        Assert.ThrowsAny<JsonException>(() => Read(answer, isLarge));

    [Fact]
    public void An_object_of_many_members_says_nothing_twice_either()
    {
        var names = Enumerable.Range(0, 5000).Select(static i => $"\"{Guid.NewGuid()}{i}\":{i}").ToList();

        string Answer(IEnumerable<string> members) => $$$"""{"product":{"id":"1","x":{{{{string.Join(',', members)}}} } } }""";
        Assert.Equal("1", Read(Answer(names)).Id);
        Assert.ThrowsAny<JsonException>(() => Read(Answer([.. names, names[3]])));
    }

    [Fact]
    public void Names_that_are_escaped_long_or_of_any_language_are_read()
    {
        foreach (var other in (string[])["\\u0061", "größe", new('x', 300), "", "na\\\"me"])
        {
            var product = Read($$$"""{"product":{"{{{other}}}":1,"n\u0061me":"Cup","options":[{"name":"Size"}]}}""");
            Assert.Equal(("Cup", "Size"), (product.Name, product.Options[0].Name));
            Assert.Equal(1, (int?)product.Json[JsonSerializer.Deserialize<string>($"\"{other}\"")!]);
            Assert.Equal("Cup", Read($$$"""{"product":{"{{{other}}}":1,"name":"Cup"}}""").Name);
        }
    }

    [Fact]
    public void A_member_of_another_type_is_a_format_error()
    {
        var product = Read("""{"product":{"name":{},"visible":"yes","media":[],"options":{},"createdDate":"yesterday","slug":"\ud800"}}""");

        Assert.Throws<FormatException>(() => product.Name);
        Assert.Throws<FormatException>(() => product.Visible);
        Assert.Throws<FormatException>(() => product.Media);
        Assert.Throws<FormatException>(() => product.Options.Count);
        Assert.Throws<FormatException>(() => product.CreatedDate);
        Assert.Throws<InvalidOperationException>(() => product.Slug); // half of a character
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    [InlineData(false, true)]
    public void Many_threads_read_one_answer(bool isLarge, bool isOverNodes = false)
    {
        for (var round = 0; round < 200; round++)
        {
            var product = isOverNodes
                ? V3Product.Create((JsonObject)JsonNode.Parse(Cup)!["product"]!) : Read(Cup, isLarge);
            var seen = new (object, object, object)[4];
            Parallel.For(0, seen.Length, i =>
            {
                // Half of them ask for the JSON, which is made of the bytes then.
                if ((i & 1) == 0)
                    _ = product.Options[1].Json;
                seen[i] = (product.Media!.Main!, product.Options[1].ChoicesSettings!.Choices[0], product.Json);
            });

            Assert.Single(seen.Distinct());
            product.Options[1].ChoicesSettings!.Choices[0].Name = "Green";
            Assert.Equal("Green", (string?)product.Json["options"]![1]!["choicesSettings"]!["choices"]![0]!["name"]);
        }
    }

    private static V3Product Read(string answer, bool isLarge = false) =>
        Read(ProductsV3.Operations.GetProduct.Answer, isLarge ? answer.TrimEnd()[..^1] + Rest + "}" : answer);

    private static T Read<T>(WixSerializer<T> serializer, string answer) => serializer.Read(Encoding.UTF8.GetBytes(answer))!;

    private static void AssertJson(string expected, JsonNode actual) =>
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(expected), actual), $"Expected {expected}\nand not   {actual.ToJsonString()}");
}
