using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Endpoints.Wix.Values;

namespace Endpoints.Wix.Webhooks;

/// <summary>Reads the members of an object.</summary>
/// <param name="json">The object.</param>
/// <param name="what">What it is, for messages.</param>
internal readonly struct WireObject(JsonObject json, string what)
{
    /// <summary>Returns a text; <see langword="null"/> when it is absent or null.</summary>
    /// <exception cref="FormatException">It is something else.</exception>
    public string? Text(string name) => json[name] is not { } node ? null
        : node.GetValueKind() == JsonValueKind.String ? node.GetValue<string>() : throw Wrong(name, "a text");

    /// <summary>Returns an id, which can be a key and be logged; <see langword="null"/> when it is absent, null or empty.</summary>
    /// <exception cref="FormatException">It is something else.</exception>
    public string? Id(string name) => Text(name) is not { Length: > 0 } text ? null
        : Identifier.IsValid(text) ? text : throw Wrong(name, "an id");

    /// <summary>Returns an id; <see langword="null"/> for anything else.</summary>
    public string? IdOrOther(string name) =>
        json[name] is { } node && node.GetValueKind() == JsonValueKind.String && node.GetValue<string>() is var text
            && Identifier.IsValid(text) ? text : null;

    /// <exception cref="FormatException">It is no point in time.</exception>
    public DateTimeOffset? Time(string name) => Text(name) is not { } text ? null
        : DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time)
            ? time : throw Wrong(name, "a point in time");

    /// <summary>Returns an object; <see langword="null"/> when it is absent or null.</summary>
    /// <exception cref="FormatException">It is something else.</exception>
    public JsonObject? Object(string name) =>
        json[name] is not { } node ? null : node as JsonObject ?? throw Wrong(name, "an object");

    /// <summary>Returns a list of texts, which is empty when it is absent or null.</summary>
    /// <exception cref="FormatException">It is something else.</exception>
    public IReadOnlyList<string> Texts(string name)
    {
        if (json[name] is not { } node)
            return [];
        var list = node as JsonArray ?? throw Wrong(name, "a list");
        var texts = new string[list.Count];
        for (var i = 0; i < texts.Length; i++)
        {
            texts[i] = list[i] is { } one && one.GetValueKind() == JsonValueKind.String
                ? one.GetValue<string>() : throw Wrong(name, "a list of texts");
        }

        return texts;
    }

    private FormatException Wrong(string name, string wanted) => new($"The member '{name}' of Wix's {what} isn't {wanted}.");
}
