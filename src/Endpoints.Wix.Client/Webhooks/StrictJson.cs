using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Endpoints.Wix.Webhooks;

/// <summary>Reads JSON that was signed and is malformed all the same: everything that is wrong with it comes out here.</summary>
internal static class StrictJson
{
    /// <summary>The characters that a text has at most.</summary>
    public const int MaxLength = 1024 * 1024;

    /// <summary>The objects and lists that are within each other at most.</summary>
    public const int MaxDepth = 64;

    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false, MaxDepth = MaxDepth };

    /// <exception cref="FormatException">
    /// It is no object, too long or too deep, says something twice, or has texts that are none.
    /// </exception>
    public static JsonObject Object(string text, string what)
    {
        if (text.Length > MaxLength)
            throw new FormatException($"Wix's {what} is too long.");
        try
        {
            var bytes = Utf8.GetBytes(text);
            DemandTexts(bytes);
            return JsonNode.Parse(bytes, documentOptions: Strict) as JsonObject
                ?? throw new FormatException($"Wix's {what} isn't an object.");
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or EncoderFallbackException)
        {
            throw new FormatException($"Wix's {what} isn't JSON.", e);
        }
    }

    /// <summary>Half of a character, escaped, would be found by whoever reads the text.</summary>
    private static void DemandTexts(ReadOnlySpan<byte> json)
    {
        if (!json.Contains((byte)'\\'))
            return;
        var reader = new Utf8JsonReader(json, new() { MaxDepth = MaxDepth });
        while (reader.Read())
        {
            if (reader.TokenType is JsonTokenType.String or JsonTokenType.PropertyName && reader.ValueIsEscaped)
                reader.GetString();
        }
    }
}
