using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace Endpoints.Problems;

/// <summary>
/// Takes the quotes off a charset in <c>Content-Type</c>. A client may send them (RFC 9110), and the framework's reader of JSON takes them
/// for a part of the name.
/// </summary>
internal static class QuotedCharset
{
    /// <summary>Replaces <c>charset="utf-8"</c> by <c>charset=utf-8</c> in the content type of a request with JSON.</summary>
    /// <param name="request">The request.</param>
    public static void Unquote(HttpRequest request)
    {
        if (request.ContentType?.Contains('"', StringComparison.Ordinal) != true
            || !MediaTypeHeaderValue.TryParse(request.ContentType, out var type)
            || !request.HasJsonContentType()
            || !type.Charset.StartsWith("\"", StringComparison.Ordinal))
        {
            return;
        }

        var charset = HeaderUtilities.RemoveQuotes(type.Charset);
        if (charset.Length == 0 || !charset.ToString().All(static c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_'))
            return;
        type.Charset = charset;
        request.ContentType = type.ToString();
    }
}
