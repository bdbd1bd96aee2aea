using System.Text.Json.Nodes;

namespace Endpoints.Wix.Api.Tests.Data;

/// <summary>Nothing that a request brings widens a filter.</summary>
public sealed class DataFilterTests
{
    [Theory]
    [InlineData("""{"$ne":""}""")]
    [InlineData("$or")]
    [InlineData("""",{"$or":[{}]}"""")]
    [InlineData("*")]
    public void S39_A_text_that_looks_like_an_operator_is_a_text(string input)
    {
        var filter = new DataFilter().Eq("owner", input).Ne("name", input).In("tags", input).Contains("title", input);

        AssertJson(
            new JsonObject
            {
                ["$and"] = new JsonArray(
                    new JsonObject { ["owner"] = input },
                    new JsonObject { ["name"] = new JsonObject { ["$ne"] = input } },
                    new JsonObject { ["tags"] = new JsonObject { ["$in"] = new JsonArray(input) } },
                    new JsonObject { ["title"] = new JsonObject { ["$contains"] = input } }),
            },
            filter);
    }

    [Theory]
    [InlineData("$or")]
    [InlineData("$and")]
    [InlineData("name.$ne")]
    [InlineData("$where.x")]
    [InlineData("name\":{\"$ne")]
    [InlineData("")]
    [InlineData(".")]
    [InlineData("a..b")]
    [InlineData("a b")]
    [InlineData("-a")]
    [InlineData("＄or")]
    public void S39_A_name_that_is_no_field_s_is_refused(string field)
    {
        Assert.ThrowsAny<ArgumentException>(() => new DataFilter().Eq(field, 1));
        Assert.ThrowsAny<ArgumentException>(() => new DataFilter().IsEmpty(field));
        Assert.ThrowsAny<ArgumentException>(() => new DataFilter().HasSome(field, 1));
        Assert.ThrowsAny<ArgumentException>(() => new DataPatch().Set(field, 1));
        Assert.ThrowsAny<ArgumentException>(() => new DataItem().Set(field, 1));
    }

    [Fact]
    public void S39_A_second_condition_on_a_field_does_not_replace_the_first()
    {
        var filter = new DataFilter().Eq("owner", "me").Eq("owner", "somebody else");

        AssertJson(JsonNode.Parse("""{"$and":[{"owner":"me"},{"owner":"somebody else"}]}""")!, filter);
    }

    [Fact]
    public void S39_A_condition_without_a_value_is_no_condition()
    {
        string? missing = null;

        Assert.ThrowsAny<ArgumentException>(() => new DataFilter().Eq("owner", missing));
        Assert.ThrowsAny<ArgumentException>(() => new DataFilter().Ne("owner", missing));
        Assert.ThrowsAny<ArgumentException>(() => new DataFilter().Between("price", missing, 5));
        Assert.ThrowsAny<ArgumentException>(() => new DataFilter().In("owner"));
        Assert.ThrowsAny<ArgumentException>(() => new DataFilter().HasAll("tags", "a", missing));
        Assert.ThrowsAny<ArgumentException>(() => new DataFilter().StartsWith("code", ""));
        Assert.ThrowsAny<ArgumentException>(() => new DataFilter().Contains("code", ""));
    }

    [Fact]
    public void S39_Or_with_a_filter_that_finds_everything_is_refused()
    {
        Assert.ThrowsAny<ArgumentException>(() => new DataFilter().Eq("owner", "me").Or(new DataFilter()));
        Assert.ThrowsAny<ArgumentException>(() => new DataFilter().Or(new DataFilter().Eq("owner", "me")));
        Assert.ThrowsAny<ArgumentException>(() => new DataFilter().Eq("owner", "me").Not(new DataFilter()));
    }

    [Fact]
    public void Filters_combine_as_in_JavaScript_and_stay_what_they_were()
    {
        var one = new DataFilter().Eq("a", 1);
        var both = one.Or(new DataFilter().Eq("b", 2)).Not(new DataFilter().Eq("z", 3)).And(new DataFilter().Eq("y", 4));

        AssertJson(JsonNode.Parse("""{"$and":[{"$or":[{"a":1},{"b":2}]},{"$not":[{"z":3}]},{"y":4}]}""")!, both);
        AssertJson(JsonNode.Parse("""{"a":1}""")!, one);
    }

    private static void AssertJson(JsonNode expected, DataFilter actual)
    {
        var json = actual.ToJson();
        Assert.True(JsonNode.DeepEquals(expected, json), $"Expected {expected.ToJsonString()}\nand not   {json.ToJsonString()}");
    }
}
