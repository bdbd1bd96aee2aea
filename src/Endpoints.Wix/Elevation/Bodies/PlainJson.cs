using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using System.Text.Unicode;

namespace Endpoints.Wix.Elevation.Bodies;

/// <summary>Recognizes most JSON that the serializer accepts for a type, without creating objects.</summary>
/// <remarks>
/// The class supports simple values, lists and objects with the serializer's own converters. For anything else, such as nulls, escapes,
/// names in another casing or errors, the result is undecided. It never accepts JSON that the serializer would refuse.
/// </remarks>
internal sealed class PlainJson
{
    private readonly Value _root;
    private readonly JsonReaderOptions _reading;

    private PlainJson(Value root, JsonReaderOptions reading)
    {
        _root = root;
        _reading = reading;
    }

    /// <summary>Returns a recognizer for a type; <see langword="null"/> if the type is not supported.</summary>
    /// <param name="type">The type to which the JSON is deserialized.</param>
    /// <param name="options">The serializer options, which allow neither unknown nor duplicate members.</param>
    public static PlainJson? For(Type type, JsonSerializerOptions options)
    {
        if (options.ReferenceHandler is not null || options.PreferredObjectCreationHandling != JsonObjectCreationHandling.Replace)
            return null;
        var reading = new JsonReaderOptions
        {
            MaxDepth = options.MaxDepth,
            AllowTrailingCommas = options.AllowTrailingCommas,
            CommentHandling = options.ReadCommentHandling,
        };
        return new Contracts(options).For(type) is { } root ? new(root, reading) : null;
    }

    /// <summary>Determines whether the serializer is certain to accept the specified JSON.</summary>
    public bool IsTaken(ReadOnlySpan<byte> json)
    {
        try
        {
            var reader = new Utf8JsonReader(json, _reading);
            return reader.Read() && _root.IsTaken(ref reader) && !reader.Read();
        }
        catch (JsonException)
        {
            return false;
        }
    }

    /// <summary>Represents a kind of value. The reader is positioned on its first token before, and on its last token after.</summary>
    private abstract class Value
    {
        public abstract bool IsTaken(ref Utf8JsonReader reader);
    }

    private sealed class Text : Value
    {
        public static bool Is(ref Utf8JsonReader reader) => reader.TokenType == JsonTokenType.String && !reader.ValueIsEscaped;

        public override bool IsTaken(ref Utf8JsonReader reader) => Is(ref reader) && Utf8.IsValid(reader.ValueSpan);
    }

    private sealed class Truth : Value
    {
        public override bool IsTaken(ref Utf8JsonReader reader) => reader.TokenType is JsonTokenType.True or JsonTokenType.False;
    }

    private delegate bool Try(ref Utf8JsonReader reader);

    private sealed class Number(Try read) : Value
    {
        public override bool IsTaken(ref Utf8JsonReader reader) => reader.TokenType == JsonTokenType.Number && read(ref reader);
    }

    private sealed class Written(Try read) : Value
    {
        public override bool IsTaken(ref Utf8JsonReader reader) => Text.Is(ref reader) && read(ref reader);
    }

    private sealed class List(Value element) : Value
    {
        public override bool IsTaken(ref Utf8JsonReader reader)
        {
            if (reader.TokenType != JsonTokenType.StartArray)
                return false;
            while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
            {
                if (!element.IsTaken(ref reader))
                    return false;
            }

            return true;
        }
    }

    /// <param name="Name">The name in JSON.</param>
    /// <param name="Value">The recognizer of its values; <see langword="null"/> if they are not supported.</param>
    private readonly record struct Member(byte[] Name, Value? Value);

    private sealed class Members : Value
    {
        private Member[] _members = [];
        private ulong _required;

        public void Set(Member[] members, ulong required) => (_members, _required) = (members, required);

        public override bool IsTaken(ref Utf8JsonReader reader)
        {
            if (reader.TokenType != JsonTokenType.StartObject)
                return false;
            var seen = 0UL;
            var next = 0;
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                var index = reader.ValueIsEscaped ? -1 : Find(reader.ValueSpan, next);
                if (index < 0 || (seen & (1UL << index)) != 0)
                    return false;
                seen |= 1UL << index;
                next = index + 1;
                if (!reader.Read() || _members[index].Value?.IsTaken(ref reader) != true)
                    return false;
            }

            return (seen & _required) == _required;
        }

        // Clients mostly send members in the order in which they are declared.
        private int Find(ReadOnlySpan<byte> name, int next)
        {
            for (var i = 0; i < _members.Length; i++)
            {
                var index = next + i < _members.Length ? next + i : next + i - _members.Length;
                if (name.SequenceEqual(_members[index].Name))
                    return index;
            }

            return -1;
        }
    }

    /// <summary>Reads the serializer's contracts, once for each type, because types can be recursive.</summary>
    private sealed class Contracts(JsonSerializerOptions options)
    {
        private const int MostMembers = 64;

        private readonly Dictionary<Type, Value?> _known = [];

        public Value? For(Type declared)
        {
            var type = Nullable.GetUnderlyingType(declared) ?? declared;
            if (!IsSerializersOwn(declared) || !IsSerializersOwn(type))
                return null;
            if (_known.TryGetValue(type, out var known))
                return known;
            return _known[type] = Simple(type) ?? Composed(type);
        }

        private static Value? Simple(Type type) => type switch
        {
            _ when type == typeof(string) => new Text(),
            _ when type == typeof(bool) => new Truth(),
            _ when type == typeof(int) => new Number(static (ref reader) => reader.TryGetInt32(out _)),
            _ when type == typeof(long) => new Number(static (ref reader) => reader.TryGetInt64(out _)),
            _ when type == typeof(double) => new Number(static (ref reader) => reader.TryGetDouble(out _)),
            _ when type == typeof(decimal) => new Number(static (ref reader) => reader.TryGetDecimal(out _)),
            _ when type == typeof(Guid) => new Written(static (ref reader) => reader.TryGetGuid(out _)),
            _ when type == typeof(DateTime) => new Written(static (ref reader) => reader.TryGetDateTime(out _)),
            _ when type == typeof(DateTimeOffset) => new Written(static (ref reader) => reader.TryGetDateTimeOffset(out _)),
            _ => null,
        };

        private Value? Composed(Type type)
        {
            var contract = options.GetTypeInfo(type);
            return contract.Kind switch
            {
                JsonTypeInfoKind.Enumerable when type.IsArray || type.Namespace == typeof(List<>).Namespace =>
                    contract.ElementType is { } element && For(element) is { } known ? new List(known) : null,
                JsonTypeInfoKind.Object when contract is { PolymorphismOptions: null, OnDeserializing: null, OnDeserialized: null } =>
                    Object(type, contract),
                _ => null,
            };
        }

        private Members? Object(Type type, JsonTypeInfo contract)
        {
            if (contract.Properties.Count > MostMembers
                || contract.PreferredPropertyObjectCreationHandling is not (null or JsonObjectCreationHandling.Replace))
                return null;
            var members = new Members();
            _known[type] = members;
            var required = 0UL;
            var all = new Member[contract.Properties.Count];
            for (var i = 0; i < all.Length; i++)
            {
                var property = contract.Properties[i];
                if (property.IsRequired
                    || (options.RespectRequiredConstructorParameters && property.AssociatedParameter is { HasDefaultValue: false }))
                    required |= 1UL << i;
                all[i] = new(Encoding.UTF8.GetBytes(property.Name), IsPlain(property) ? For(property.PropertyType) : null);
            }

            members.Set(all, required);
            return members;
        }

        private static bool IsPlain(JsonPropertyInfo property) =>
            (property.Set is not null || property.AssociatedParameter is not null)
            && property is { CustomConverter: null, IsExtensionData: false,
                ObjectCreationHandling: null or JsonObjectCreationHandling.Replace };

        private bool IsSerializersOwn(Type type)
        {
            try
            {
                return options.TryGetTypeInfo(type, out var contract)
                    && contract.Converter.GetType().Assembly == typeof(JsonSerializer).Assembly;
            }
            catch (Exception e) when (e is InvalidOperationException or NotSupportedException or ArgumentException)
            {
                return false; // a type that no JSON can be read to
            }
        }
    }
}
