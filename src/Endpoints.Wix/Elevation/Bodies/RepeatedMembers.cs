using System.Text.Json;

namespace Endpoints.Wix.Elevation.Bodies;

/// <summary>Finds what makes JSON say two things: a member that is there twice, in whatever letter case and however it is escaped, or more levels than everybody reads.</summary>
/// <remarks>For bodies that a handler reads in a way of its own: whether letter case counts there is not known here.</remarks>
internal static class RepeatedMembers
{
    private static readonly JsonReaderOptions Lenient = new()
    {
        AllowMultipleValues = true,
        AllowTrailingCommas = true,
        CommentHandling = JsonCommentHandling.Skip,
        MaxDepth = int.MaxValue,
    };

    /// <summary>What is wrong, as far as the text is JSON.</summary>
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
