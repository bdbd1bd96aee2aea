using System.Globalization;
using System.Text.Json.Nodes;
using Endpoints.Wix.Data;

namespace Endpoints.Wix;

/// <summary>Represents one value in a condition or a field: a text, a number, yes or no, or a point in time.</summary>
/// <remarks>
/// There is no way from JSON to it. So what a request brings is compared with, and never becomes a condition: a text that looks like an
/// operator is a text.
/// </remarks>
public readonly struct DataValue
{
    private readonly object? _value;

    private DataValue(object? value) => _value = value;

    /// <summary>Converts a text. <see langword="null"/> is no value.</summary>
    /// <param name="value">The text.</param>
    public static implicit operator DataValue(string? value) => new(value);

    /// <summary>Converts a number.</summary>
    /// <param name="value">The number.</param>
    public static implicit operator DataValue(int value) => new((long)value);

    /// <summary>Converts a number.</summary>
    /// <param name="value">The number.</param>
    public static implicit operator DataValue(long value) => new(value);

    /// <summary>Converts a number.</summary>
    /// <param name="value">The number.</param>
    /// <exception cref="ArgumentOutOfRangeException">JSON has no such number.</exception>
    public static implicit operator DataValue(double value) =>
        double.IsFinite(value) ? new(value) : throw new ArgumentOutOfRangeException(nameof(value), "JSON has no such number.");

    /// <summary>Converts a number.</summary>
    /// <param name="value">The number.</param>
    public static implicit operator DataValue(decimal value) => new(value);

    /// <summary>Converts yes or no.</summary>
    /// <param name="value">The value.</param>
    public static implicit operator DataValue(bool value) => new(value);

    /// <summary>Converts a point in time.</summary>
    /// <param name="value">The point in time.</param>
    public static implicit operator DataValue(DateTimeOffset value) => new(value);

    /// <summary>Converts an id.</summary>
    /// <param name="value">The id.</param>
    public static implicit operator DataValue(Guid value) => new(value.ToString());

    /// <summary>Returns the value's type, and not what it is: values are other people's data.</summary>
    public override string ToString() => _value?.GetType().Name ?? "null";

    internal bool IsNull => _value is null;

    internal string? Text => _value as string;

    internal JsonNode? Json => _value switch
    {
        null => null,
        string text => JsonValue.Create(text),
        long number => JsonValue.Create(number),
        double number => JsonValue.Create(number),
        decimal number => JsonValue.Create(number),
        bool flag => JsonValue.Create(flag),
        _ => DataDate.Write((DateTimeOffset)_value),
    };

    /// <summary>The value of a condition.</summary>
    /// <exception cref="ArgumentNullException">There is none: a condition on what is not there would be about other items.</exception>
    internal JsonNode Demand(string parameter) => Json ?? throw new ArgumentNullException(
        parameter, string.Create(CultureInfo.InvariantCulture,
            $"A condition needs a value. To find empty fields, use {nameof(DataFilter.IsEmpty)}."));
}
