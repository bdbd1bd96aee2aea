using System.Buffers;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;

namespace Endpoints.Wix.Messages;

/// <summary>
/// Represents an answer as its bytes, and the places of the values in them. Nothing is made of a value before it is read.
/// </summary>
internal sealed class WireDocument
{
    private const int MaxDepth = 64; // the default of System.Text.Json
    private const int BytesPerRow = 20; // to begin with
    private const int MaxPairs = 32;

    // In a large answer, the places in what is small are found when it is read: most never is.
    private const int Large = 8 * 1024;
    private const int Small = 2 * 1024;

    private readonly ReadOnlyMemory<byte> _json;
    private readonly WireRow[] _rows;

    private WireDocument(ReadOnlyMemory<byte> json, WireRow[] rows, object? gate)
    {
        (_json, _rows) = (json, rows);
        Gate = gate ?? this;
    }

    /// <summary>Gets what is locked to make views of the answer.</summary>
    public object Gate { get; }

    /// <summary>Finds the places of the values.</summary>
    /// <param name="json">The JSON, which must not change afterwards.</param>
    /// <returns>The document; <see langword="null"/> if a name in it has to be unescaped, isn't ASCII or is very long.</returns>
    /// <exception cref="JsonException">It is not JSON, or says something twice.</exception>
    public static WireDocument? Parse(ReadOnlyMemory<byte> json) => Parse(json, json.Length > Large ? Small : 0, gate: null);

    /// <summary>Gets the places in a value.</summary>
    public (WireDocument Document, int Row) Open(int row) =>
        _rows[row].IsFolded ? (Parse(Json(row), foldable: 0, Gate)!, 0) : (this, row); // its names have been looked at

    public JsonValueKind Kind(int row) => _rows[row].Kind;

    /// <summary>Gets the JSON of a value.</summary>
    public ReadOnlyMemory<byte> Json(int row) => _json.Slice(_rows[row].Start, _rows[row].Length);

    /// <summary>Gets the text of a value that is a text.</summary>
    /// <exception cref="InvalidOperationException">It has a part of a character in it.</exception>
    public string Text(int row)
    {
        var reader = new Utf8JsonReader(Json(row).Span);
        reader.Read();
        return reader.GetString()!; // it is one
    }

    /// <summary>Gets the name of a member.</summary>
    public string Name(int row) => Encoding.ASCII.GetString(Name(_json.Span, _rows[row]));

    /// <summary>Finds a member of an object.</summary>
    /// <returns>Its row; -1 for none.</returns>
    public int Find(int row, string name)
    {
        var key = WireName.Key(name);
        var end = row + _rows[row].Rows;
        for (var at = row + 1; at < end; at += _rows[at].Rows)
        {
            if (_rows[at].Key == key && Ascii.Equals(Name(_json.Span, _rows[at]), name))
                return at;
        }

        return -1;
    }

    /// <summary>Gets the rows of what is in an object or in a list.</summary>
    public int[] Within(int row)
    {
        var end = row + _rows[row].Rows;
        var count = 0;
        for (var at = row + 1; at < end; at += _rows[at].Rows)
            count++;
        var within = new int[count];
        count = 0;
        for (var at = row + 1; at < end; at += _rows[at].Rows)
            within[count++] = at;
        return within;
    }

    private static WireDocument? Parse(ReadOnlyMemory<byte> json, int foldable, object? gate)
    {
        var rows = ArrayPool<WireRow>.Shared.Rent((Math.Min(json.Length, Large) / BytesPerRow) + 1);
        try
        {
            var count = Fill(json.Span, foldable, ref rows);
            return count < 0 ? null : new(json, rows.AsSpan(0, count).ToArray(), gate);
        }
        finally
        {
            ArrayPool<WireRow>.Shared.Return(rows);
        }
    }

    // Compiled well at once: a first answer may be a large one.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static int Fill(ReadOnlySpan<byte> json, int foldable, ref WireRow[] rows)
    {
        var reader = new Utf8JsonReader(json);
        Span<int> open = stackalloc int[MaxDepth];
        var (depth, count, key) = (0, 0, 0u);
        while (reader.Read())
        {
            var type = reader.TokenType;
            if (type == JsonTokenType.PropertyName)
            {
                var name = reader.ValueSpan;
                if (reader.ValueIsEscaped || !WireName.HasKey(name))
                    return -1;
                key = WireName.Key(name);
                continue;
            }

            if (type is JsonTokenType.EndObject or JsonTokenType.EndArray)
            {
                var at = open[--depth];
                ref var row = ref rows[at];
                row.Length = (int)reader.BytesConsumed - row.Start;
                if (type == JsonTokenType.EndObject)
                    DemandUnique(json, rows.AsSpan(at, count - at));
                if (row.Length > foldable || count == at + 1)
                {
                    row.Set(row.Kind, count - at);
                    continue;
                }

                row.Fold(row.Kind);
                count = at + 1;
                continue;
            }

            if (count == rows.Length)
                rows = Grown(rows);
            if (type is JsonTokenType.StartObject or JsonTokenType.StartArray)
                open[depth++] = count;
            var start = (int)reader.TokenStartIndex;
            rows[count] = new(key, start, (int)reader.BytesConsumed - start);
            rows[count++].Set(KindOf(type), 1);
            key = 0;
        }

        return count;
    }

    private static WireRow[] Grown(WireRow[] rows)
    {
        var grown = ArrayPool<WireRow>.Shared.Rent(2 * rows.Length);
        rows.CopyTo(grown, 0);
        ArrayPool<WireRow>.Shared.Return(rows);
        return grown;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void DemandUnique(ReadOnlySpan<byte> json, ReadOnlySpan<WireRow> whole)
    {
        Span<int> members = stackalloc int[MaxPairs];
        var count = 0;
        for (var at = 1; at < whole.Length; at += whole[at].Rows)
        {
            if (count == MaxPairs)
            {
                DemandUniqueOfMany(json, whole);
                return;
            }

            var key = whole[at].Key;
            for (var i = 0; i < count; i++)
            {
                if (whole[members[i]].Key == key && Name(json, whole[members[i]]).SequenceEqual(Name(json, whole[at])))
                    throw Twice();
            }

            members[count++] = at;
        }
    }

    private static void DemandUniqueOfMany(ReadOnlySpan<byte> json, ReadOnlySpan<WireRow> whole)
    {
        HashSet<string> names = new(StringComparer.Ordinal);
        for (var at = 1; at < whole.Length; at += whole[at].Rows)
        {
            if (!names.Add(Encoding.ASCII.GetString(Name(json, whole[at]))))
                throw Twice();
        }
    }

    // A name ends before the colon before its value.
    private static ReadOnlySpan<byte> Name(ReadOnlySpan<byte> json, in WireRow row)
    {
        var end = row.Start - 1;
        while (json[end] != (byte)'"')
            end--;
        var length = WireName.Length(row.Key);
        return json.Slice(end - length, length);
    }

    private static JsonValueKind KindOf(JsonTokenType type) => type switch
    {
        JsonTokenType.StartObject => JsonValueKind.Object,
        JsonTokenType.StartArray => JsonValueKind.Array,
        JsonTokenType.String => JsonValueKind.String,
        JsonTokenType.Number => JsonValueKind.Number,
        JsonTokenType.True => JsonValueKind.True,
        JsonTokenType.False => JsonValueKind.False,
        _ => JsonValueKind.Null,
    };

    private static JsonException Twice() => new("A member of an object is there twice.");
}
