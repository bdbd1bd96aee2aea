using System.Text.Json;

namespace Endpoints.Wix.Elevation.Bodies;

/// <summary>
/// Finds ambiguities in JSON: a member that occurs twice, regardless of letter case and escaping, or more levels than every reader
/// supports.
/// </summary>
/// <remarks>
/// Used for bodies that a handler reads by itself, because it is not known whether the handler distinguishes letter case.
/// </remarks>
internal static class RepeatedMembers
{
    private static readonly JsonReaderOptions Lenient = new()
    {
        AllowMultipleValues = true,
        AllowTrailingCommas = true,
        CommentHandling = JsonCommentHandling.Skip,
        MaxDepth = int.MaxValue,
    };

    /// <summary>Returns the first fault in the part of the text that is JSON; <see langword="null"/> if there is none.</summary>
    public static JsonException? Find(ReadOnlySpan<byte> json, int maxDepth)
    {
        var reader = new Utf8JsonReader(json, Lenient);
        var open = new List<HashSet<string>?>();
        var path = new List<string>();
        try
        {
            while (reader.Read())
            {
                switch (reader.TokenType)
                {
                    case JsonTokenType.StartObject or JsonTokenType.StartArray when open.Count == maxDepth:
                        return Fault("The body has too many levels.", path, json, reader.TokenStartIndex);
                    case JsonTokenType.StartObject:
                        open.Add(new(StringComparer.OrdinalIgnoreCase));
                        path.Add("");
                        break;
                    case JsonTokenType.StartArray:
                        open.Add(null);
                        path.Add("");
                        break;
                    case JsonTokenType.EndObject or JsonTokenType.EndArray:
                        open.RemoveAt(open.Count - 1);
                        path.RemoveAt(path.Count - 1);
                        break;
                    case JsonTokenType.PropertyName:
                        var name = reader.GetString()!; // of a member there is one
                        path[^1] = "." + name;
                        if (!open[^1]!.Add(name)) // an object's
                            return Fault("A member is there twice.", path, json, reader.TokenStartIndex);
                        break;
                }
            }
        }
        catch (JsonException)
        {
            // From here on it is no JSON.
        }
        catch (InvalidOperationException)
        {
            return Fault("A name is not text.", path, json, reader.TokenStartIndex);
        }

        return null;
    }

    private static JsonException Fault(string message, List<string> path, ReadOnlySpan<byte> json, long at)
    {
        var before = json[..(int)at];
        return new(message, "$" + string.Concat(path), before.Count((byte)'\n'), at - before.LastIndexOf((byte)'\n') - 1);
    }
}
