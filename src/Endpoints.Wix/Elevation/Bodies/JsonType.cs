using Microsoft.Net.Http.Headers;

namespace Endpoints.Wix.Elevation.Bodies;

/// <summary>Determines which content types are JSON, with the parser that binders and handlers use.</summary>
internal static class JsonType
{
    /// <summary>Determines whether any reader could treat a content type as JSON.</summary>
    /// <param name="contentType">The content type.</param>
    /// <param name="isUtf8">
    /// <see langword="true"/> if every reader treats the body as UTF-8; otherwise, <see langword="false"/>. In another encoding, the body
    /// could mean one thing here and another to the binder.
    /// </param>
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
        isUtf8 = (encoding.Length == 0 || encoding.Equals("utf-8", StringComparison.OrdinalIgnoreCase)
            || encoding.Equals("us-ascii", StringComparison.OrdinalIgnoreCase))
            && parsed.Parameters.Count(static parameter => parameter.Name.Equals("charset", StringComparison.OrdinalIgnoreCase)) < 2;
        var type = parsed.MediaType;
        return type.EndsWith("/json", StringComparison.OrdinalIgnoreCase) || type.EndsWith("+json", StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>Determines whether a content type can be parsed.</summary>
    public static bool IsMediaType(string? contentType) => MediaTypeHeaderValue.TryParse(contentType, out _);
}
