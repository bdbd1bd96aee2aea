using System.ComponentModel;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Endpoints.Wix.Messages;

namespace Endpoints.Wix;

/// <summary>Provides the kinds of values that messages are made of.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class WixKinds
{
    /// <summary>Gets texts. A number is read as the text that it is.</summary>
    public static WixKind<string> Text { get; } = new PlainKind<string>(
        "a text", static given => given.Text(), static value => JsonValue.Create(value));

    /// <summary>Gets yes or no.</summary>
    public static WixKind<bool> Flag { get; } = new PlainKind<bool>(
        "true or false", static given => given.Kind switch { JsonValueKind.True => true, JsonValueKind.False => false, _ => null },
        static value => JsonValue.Create(value));

    /// <summary>Gets whole numbers.</summary>
    public static WixKind<long> Whole { get; } = new PlainKind<long>(
        "a whole number",
        static given => long.TryParse(given.Text(), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value)
            ? value : null, static value => JsonValue.Create(value));

    /// <summary>Gets numbers. What JSON has no number for is a text.</summary>
    public static WixKind<double> Number { get; } = new PlainKind<double>(
        "a number",
        static given => double.TryParse(given.Text(), NumberStyles.Float, CultureInfo.InvariantCulture, out var value) ? value : null,
        static value => double.IsFinite(value) ? JsonValue.Create(value) : JsonValue.Create(value.ToString(CultureInfo.InvariantCulture)));

    /// <summary>Gets decimal numbers, which are written as texts.</summary>
    public static WixKind<decimal> Precise { get; } = new PlainKind<decimal>(
        "a decimal number",
        static given => decimal.TryParse(given.Text(), NumberStyles.Float, CultureInfo.InvariantCulture, out var value) ? value : null,
        static value => JsonValue.Create(value.ToString(CultureInfo.InvariantCulture)));

    /// <summary>Gets points in time.</summary>
    public static WixKind<DateTimeOffset> Time { get; } = new PlainKind<DateTimeOffset>(
        "a point in time",
        static given => DateTimeOffset.TryParse(given.Text(), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var value)
            ? value : null,
        static value => JsonValue.Create(value.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture)));

    /// <summary>Gets dates without a time.</summary>
    public static WixKind<DateOnly> Date { get; } = new PlainKind<DateOnly>(
        "a date",
        static given => DateOnly.TryParseExact(given.Text(), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var value)
            ? value : null,
        static value => JsonValue.Create(value.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)));

    /// <summary>Gets lengths of time, such as <c>90.5s</c>.</summary>
    public static WixKind<TimeSpan> Duration { get; } = new PlainKind<TimeSpan>(
        "a length of time",
        static given => given.Text() is [.. var seconds, 's']
            && decimal.TryParse(seconds, NumberStyles.Float, CultureInfo.InvariantCulture, out var value)
            ? TimeSpan.FromTicks((long)(value * TimeSpan.TicksPerSecond))
            : null,
        static value =>
            JsonValue.Create(string.Create(CultureInfo.InvariantCulture, $"{value.Ticks / TimeSpan.TicksPerSecond}{Fraction(value)}s")));

    /// <summary>Gets bytes, which are written in base64.</summary>
    public static WixKind<byte[]> Bytes { get; } = new PlainKind<byte[]>("base64", static given => BytesOf(given.Text()),
        static value => JsonValue.Create(Convert.ToBase64String(value)));

    /// <summary>Gets objects that have no fixed members.</summary>
    public static WixKind<JsonObject> Struct { get; } = new NodeKind<JsonObject>("an object");

    /// <summary>Gets JSON of any kind.</summary>
    public static WixKind<JsonNode> Any { get; } = new NodeKind<JsonNode>("JSON");

    /// <summary>Gets lists of names that are written as one text.</summary>
    public static WixKind<IReadOnlyList<string>> Mask { get; } = new PlainKind<IReadOnlyList<string>>(
        "a list of names", static given => given.Text()?.Split(',', StringSplitOptions.RemoveEmptyEntries),
        static value => JsonValue.Create(string.Join(',', value)));

    /// <summary>Gets messages.</summary>
    /// <typeparam name="T">The message.</typeparam>
    public static WixKind<T> Message<T>()
        where T : WixMessage, IWixMessage<T> => MessageKind<T>.Instance;

    /// <summary>Gets enumerations.</summary>
    /// <typeparam name="T">The enumeration.</typeparam>
    public static WixKind<T> Enum<T>()
        where T : struct, IWixEnumeration<T> => EnumKind<T>.Instance;

    private static byte[]? BytesOf(string? text)
    {
        if (text is null)
            return null;
        var bytes = new byte[text.Length];
        return Convert.TryFromBase64String(text, bytes, out var written) ? bytes[..written] : null;
    }

    private static string Fraction(TimeSpan value)
    {
        var ticks = Math.Abs(value.Ticks % TimeSpan.TicksPerSecond);
        return ticks == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $".{ticks * 100:000000000}");
    }
}
