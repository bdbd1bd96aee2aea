using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Endpoints.Wix.Elevation.Bodies;

namespace Endpoints.Wix.Tests.Bodies;

/// <summary>The checks of JSON that is not read to objects, beside the serializer's own behavior.</summary>
public sealed class PlainJsonTests
{
    private const string Whole =
        """{"to":"Ada Übermut","count":3,"weight":-9007199254740993,"ratio":0.5e-3,"price":12.30,"express":true,"id":"6f9619ff-8b86-d011-b42d-00c04fc964ff","at":"2026-01-02T03:04:05.678+01:00","on":"2026-01-02T03:04:05Z","floor":7,"tags":["a","b"],"items":[{"name":"cup","parts":[{"name":"lid","parts":[]}]},{"name":"mat","parts":[]}]}""";

    private static readonly JsonSerializerOptions Strict = new(JsonSerializerOptions.Web)
    {
        AllowDuplicateProperties = false,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        MaxDepth = 8,
    };

    [Fact]
    public void Usual_JSON_is_told_to_be_taken()
    {
        Assert.True(Tells(typeof(Parcel), Whole, Strict));
        Assert.True(Tells(typeof(Parcel), " { \"tags\" : [ ] , \"to\" : \"x\" } ", Strict));
        Assert.True(Tells(typeof(List<Item>), """[{"parts":[],"name":"x"}]""", Strict));
    }

    [Fact]
    public void S13_Nothing_is_told_to_be_taken_that_the_serializer_refuses()
    {
        var random = new Random(20260102);
        var plain = PlainJson.For(typeof(Parcel), Strict)!;
        var (taken, refused) = (0, 0);

        for (var i = 0; i < 60_000; i++)
        {
            var json = Mutated(random);
            if (!plain.IsTaken(json))
            {
                refused++;
                continue;
            }

            taken++;
            var error = Record.Exception(() => JsonSerializer.Deserialize<Parcel>(json, Strict));
            Assert.True(error is null, $"{Encoding.UTF8.GetString(json)}: {error?.Message}");
        }

        Assert.InRange(taken, 10_000, 50_000);
        Assert.InRange(refused, 10_000, 50_000);
    }

    [Theory]
    [InlineData(typeof(Parcel), """{"count":2147483648}""")]
    [InlineData(typeof(Parcel), """{"count":1.5}""")]
    [InlineData(typeof(Parcel), """{"count":null}""")]
    [InlineData(typeof(Parcel), """{"to":"x","to":"y"}""")]
    [InlineData(typeof(Parcel), """{"to":"x","TO":"y"}""")]
    [InlineData(typeof(Parcel), """{"to":"x","\u0074o":"y"}""")]
    [InlineData(typeof(Parcel), """{"to":"\ud800"}""")]
    [InlineData(typeof(Parcel), """{"to":"x"}}""")]
    [InlineData(typeof(Parcel), """{"to":"x","isAdmin":true}""")]
    [InlineData(typeof(Parcel), """{"items":[{"name":"x","parts":[{"name":"x","parts":[{"name":"x","parts":[{"name":"x"}]}]}]}]}""")]
    [InlineData(typeof(Parcel), """{"items":[{"name":"x","parts":[{"name":"x","isAdmin":1}]}]}""")]
    [InlineData(typeof(Demanding), """{"other":"x"}""")]
    [InlineData(typeof(Converted), """{"name":"refused"}""")]
    [InlineData(typeof(ConvertedWhole), """{"name":"refused"}""")]
    [InlineData(typeof(Shape), """{"$type":"unknown"}""")]
    [InlineData(typeof(Shape[]), """[{"$type":"unknown"}]""")]
    [InlineData(typeof(int), "3000000000")]
    [InlineData(typeof(string), "7")]
    public void S13_What_the_serializer_refuses_is_not_told_to_be_taken(Type type, string json)
    {
        Assert.ThrowsAny<JsonException>(() => JsonSerializer.Deserialize(json, type, Strict));
        Assert.False(Tells(type, json, Strict));
    }

    [Theory]
    [InlineData("""{"count":1}""")]
    [InlineData("""{"to":null,"count":1}""")]
    public void S13_Options_that_demand_more_are_heeded(string json)
    {
        var options = new JsonSerializerOptions(Strict) { RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true };

        Assert.ThrowsAny<JsonException>(() => JsonSerializer.Deserialize<Label>(json, options));
        Assert.False(Tells(typeof(Label), json, options));
        Assert.True(Tells(typeof(Label), """{"to":"x","count":1}""", options));
    }

    [Fact]
    public void S13_The_applications_own_converters_are_heeded()
    {
        var options = new JsonSerializerOptions(Strict) { Converters = { new Refusing() } };

        Assert.ThrowsAny<JsonException>(() => JsonSerializer.Deserialize<Label>("""{"to":"refused"}""", options));
        Assert.False(Tells(typeof(Label), """{"to":"refused"}""", options));
    }

    [Fact]
    public void A_member_of_a_type_that_no_JSON_makes_stops_nothing()
    {
        Assert.True(Tells(typeof(Unreadable), """{"name":"x"}""", Strict));
        Assert.False(Tells(typeof(Unreadable), """{"name":"x","twice":{}}""", Strict));
    }

    private static bool Tells(Type type, string json, JsonSerializerOptions options) =>
        PlainJson.For(type, options)?.IsTaken(Encoding.UTF8.GetBytes(json)) == true;

    /// <summary>The JSON with members left out, said twice, moved or exchanged, and often some bytes changed.</summary>
    private static byte[] Mutated(Random random)
    {
        using var document = JsonDocument.Parse(Whole);
        var members = document.RootElement.EnumerateObject()
            .Select(member => (Name: JsonSerializer.Serialize(member.Name), Value: member.Value.GetRawText())).ToList();
        for (var edits = random.Next(4); edits > 0; edits--)
        {
            var (i, j) = (random.Next(members.Count), random.Next(members.Count));
            switch (random.Next(8))
            {
                case < 3:
                    (members[i], members[j]) = (members[j], members[i]);
                    break;
                case < 6 when members.Count > 1:
                    members.RemoveAt(i);
                    break;
                case 6:
                    members.Add(members[i]);
                    break;
                default:
                    members[i] = (members[i].Name, members[j].Value);
                    break;
            }
        }

        var json = Encoding.UTF8.GetBytes("{" + string.Join(",", members.Select(static member => member.Name + ":" + member.Value)) + "}")
            .ToList();
        for (var edits = random.Next(3); edits > 0; edits--)
        {
            var bytes = "{}[]\",:.-+eE0123456789\\ tu\n\0\u00ff"u8;
            var at = random.Next(json.Count);
            switch (random.Next(4))
            {
                case 0:
                    json.RemoveAt(at);
                    break;
                case 1:
                    json.Insert(at, bytes[random.Next(bytes.Length)]);
                    break;
                case 2:
                    json[at] = (byte)random.Next(256);
                    break;
                default:
                    json[at] = bytes[random.Next(bytes.Length)];
                    break;
            }
        }

        return [.. json];
    }

    public sealed record Parcel(string To, int Count, long Weight, double Ratio, decimal Price, bool Express, Guid Id, DateTimeOffset At,
        DateTime On, int? Floor, string[] Tags)
    {
        public IReadOnlyList<Item>? Items { get; set; }
    }

    public sealed class Unreadable
    {
        public string? Name { get; set; }

        public Twice? Twice { get; set; }
    }

    /// <summary>Two members of one name: the serializer has no contract for it.</summary>
    public sealed class Twice
    {
        public string? Name { get; set; }

        [JsonPropertyName("name")]
        public string? Other { get; set; }
    }

    public sealed record Item(string Name, List<Item> Parts);

    public sealed record Label(string To, int Count = 0);

    public sealed class Demanding
    {
        public required string Name { get; set; }

        public string? Other { get; set; }
    }

    public sealed class Converted
    {
        [JsonConverter(typeof(Refusing))]
        public string? Name { get; set; }
    }

    [JsonConverter(typeof(RefusingWhole))]
    public sealed record ConvertedWhole(string Name);

    [JsonPolymorphic, JsonDerivedType(typeof(Circle), "circle")]
    public class Shape;

    public sealed class Circle : Shape;

    public sealed class Refusing : JsonConverter<string>
    {
        public override string Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            throw new JsonException("Refused.");

        public override void Write(Utf8JsonWriter writer, string value, JsonSerializerOptions options) => writer.WriteStringValue(value);
    }

    public sealed class RefusingWhole : JsonConverter<ConvertedWhole>
    {
        public override ConvertedWhole Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            throw new JsonException("Refused.");

        public override void Write(Utf8JsonWriter writer, ConvertedWhole value, JsonSerializerOptions options) => writer.WriteNullValue();
    }
}
