using Microsoft.Net.Http.Headers;

namespace Endpoints.Wix.Elevation.Bodies;

/// <summary>Tells which content types are JSON, by the parser that binders and handlers read them with.</summary>
internal static class JsonType
{
    /// <summary>Whether a content type is JSON to anybody.</summary>
    /// <param name="contentType">The content type.</param>
    /// <param name="isUtf8">Whether it is UTF-8 to everybody: in another encoding it could say one thing here and another to the binder.</param>
    public static bool Is(string? contentType, out bool isUtf8)
    {
        isUtf8 = true;
        if (contentType is "application/json" or "application/json; charset=utf-8")
            return true;
        if (contentType is null || !contentType.Contains("json", StringComparison.OrdinalIgnoreCase))
            return false;
        // Another parser would take less for JSON, or more, than they do.
        if (!MediaTypeHeaderValue.TryParse(contentType, out var parsed))
        {
            isUtf8 = false; // nobody can say what it is
            return true;
        }

        var encoding = parsed.Charset;
        isUtf8 = (encoding.Length == 0 || encoding.Equals("utf-8", StringComparison.OrdinalIgnoreCase) || encoding.Equals("us-ascii", StringComparison.OrdinalIgnoreCase))
            && parsed.Parameters.Count(static parameter => parameter.Name.Equals("charset", StringComparison.OrdinalIgnoreCase)) < 2;
        var type = parsed.MediaType;
        return type.EndsWith("/json", StringComparison.OrdinalIgnoreCase) || type.EndsWith("+json", StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>Whether a content type can be read at all.</summary>
    public static bool IsMediaType(string? contentType) => MediaTypeHeaderValue.TryParse(contentType, out _);
}
