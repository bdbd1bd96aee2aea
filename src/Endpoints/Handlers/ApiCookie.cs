using System.Globalization;
using System.Text.Json;
using Endpoints.Handlers;

namespace Endpoints;

/// <summary>Represents a cookie's value and its conversions. Mirrors <c>AstroCookie</c>.</summary>
/// <param name="Value">The value, unescaped if it was escaped.</param>
public sealed record ApiCookie(string Value)
{
    /// <summary>Deserializes the value as JSON. Mirrors <c>json()</c>.</summary>
    /// <typeparam name="T">The type to deserialize to, with the serializer's defaults for the web.</typeparam>
    /// <remarks>Clients choose what they send. If a handler doesn't catch the exception, its request is answered with 400.</remarks>
    /// <exception cref="JsonException">The value is not valid JSON for the type.</exception>
    public T? Json<T>()
    {
        try
        {
            return JsonSerializer.Deserialize<T>(Value, JsonSerializerOptions.Web);
        }
        catch (JsonException e)
        {
            throw new CookieException(e);
        }
    }

    /// <summary>Returns the value as a number, or <see cref="double.NaN"/> if it is not one. Mirrors <c>number()</c>.</summary>
    public double Number() =>
        double.TryParse(Value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : double.NaN;

    /// <summary>
    /// Returns <see langword="false"/> for <c>false</c>, <c>0</c> and an empty value; otherwise, <see langword="true"/>. Mirrors
    /// <c>boolean()</c>.
    /// </summary>
    public bool Boolean() => Value is not ("false" or "0" or "");

    /// <inheritdoc/>
    /// <remarks>Never includes the value, which may be a secret.</remarks>
    public override string ToString() => "[cookie]";
}
