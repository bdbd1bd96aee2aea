using System.Globalization;
using System.Text.Json;

namespace Endpoints;

/// <summary>A cookie's value and what it can be read as. Mirrors <c>AstroCookie</c>.</summary>
/// <param name="Value">The value, unescaped if it was escaped.</param>
public sealed record ApiCookie(string Value)
{
    /// <summary>The value as JSON. Mirrors <c>json()</c>.</summary>
    /// <typeparam name="T">What the JSON is read as, with the serializer's defaults for the web.</typeparam>
    /// <exception cref="JsonException">The value is no such JSON.</exception>
    public T? Json<T>() => JsonSerializer.Deserialize<T>(Value, JsonSerializerOptions.Web);

    /// <summary>The value as a number; <see cref="double.NaN"/> when it is none. Mirrors <c>number()</c>.</summary>
    public double Number() =>
        double.TryParse(Value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : double.NaN;

    /// <summary>False for <c>false</c> and <c>0</c>, otherwise true. Mirrors <c>boolean()</c>.</summary>
    public bool Boolean() => Value is not ("false" or "0" or "");

    /// <inheritdoc/>
    /// <remarks>Never shows the value, which may be a secret.</remarks>
    public override string ToString() => "[cookie]";
}
