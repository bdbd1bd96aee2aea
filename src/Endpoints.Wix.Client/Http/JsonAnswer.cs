using System.Globalization;
using System.Text.Json;

namespace Endpoints.Wix.Http;

/// <summary>
/// Reads JSON from elsewhere member by member. A member that is missing or of another type is <see langword="null"/>, and so is text that
/// is not JSON.
/// </summary>
internal static class JsonAnswer
{
    /// <summary>More than Wix says about a token, a code or a page.</summary>
    public const int MaxLength = 64 * 1024;

    private static readonly JsonDocumentOptions Unique = new() { AllowDuplicateProperties = false };

    /// <summary>Reads an answer whose body is an object.</summary>
    /// <param name="answer">The answer.</param>
    /// <param name="read">Reads the object.</param>
    /// <param name="isUnique">
    /// <see langword="true"/> to treat an object with a duplicate member as no answer; otherwise, <see langword="false"/>.
    /// </param>
    /// <param name="longest">The maximum length of the answer.</param>
    /// <returns>The value that was read; <see langword="null"/> if the answer is no such object.</returns>
    public static T? Read<T>(WixAnswer answer, Func<JsonElement, T?> read, bool isUnique = false, int longest = MaxLength)
        where T : class =>
        answer.IsWhole && answer.Body.Length is > 0 && answer.Body.Length <= longest
            ? Read(answer.Body, isUnique ? Unique : default, read) : null;

    /// <summary>Reads a text that is an object.</summary>
    public static T? Read<T>(string text, JsonDocumentOptions options, Func<JsonElement, T?> read)
        where T : class => Catch(() => JsonDocument.Parse(text, options), read);

    /// <summary>Returns a member; <see langword="null"/> if there is none.</summary>
    public static JsonElement? Member(JsonElement parent, string name) =>
        parent.ValueKind == JsonValueKind.Object && parent.TryGetProperty(name, out var value) ? value : null;

    /// <summary>Returns a member that is an object; <see langword="null"/> if it is not.</summary>
    public static JsonElement? Object(JsonElement parent, string name) =>
        Member(parent, name) is { ValueKind: JsonValueKind.Object } value ? value : null;

    /// <summary>Returns a member that is a string; <see langword="null"/> if it is not.</summary>
    public static string? Text(JsonElement parent, string name) =>
        Member(parent, name) is { ValueKind: JsonValueKind.String } value ? value.GetString() : null;

    /// <summary>Returns a member that is a whole number, or a string that contains one; <see langword="null"/> if it is neither.</summary>
    public static long? Number(JsonElement parent, string name) => Member(parent, name) switch
    {
        { ValueKind: JsonValueKind.Number } value when value.TryGetInt64(out var number) => number,
        { ValueKind: JsonValueKind.String } value
            when long.TryParse(value.GetString(), NumberStyles.None, CultureInfo.InvariantCulture, out var number) => number,
        _ => null,
    };

    private static T? Read<T>(ReadOnlyMemory<byte> body, JsonDocumentOptions options, Func<JsonElement, T?> read)
        where T : class => Catch(() => JsonDocument.Parse(body, options), read);

    private static T? Catch<T>(Func<JsonDocument> parse, Func<JsonElement, T?> read)
        where T : class
    {
        try
        {
            using var json = parse();
            return json.RootElement.ValueKind == JsonValueKind.Object ? read(json.RootElement) : null;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return null; // InvalidOperationException: an escape that is half of a character
        }
    }
}
