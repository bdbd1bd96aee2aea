using Microsoft.Extensions.Primitives;

namespace Endpoints.Origins;

/// <summary>Detects credentials in <c>Authorization</c> that a browser adds by itself to requests of any site.</summary>
internal static class AmbientScheme
{
    private static readonly string[] Words =
        ["Basic", "Digest", "Negotiate", "NTLM", "Kerberos", "Mutual", "HOBA", "SCRAM-SHA-1", "SCRAM-SHA-256"];

    /// <summary>Determines whether a header has such credentials.</summary>
    public static bool Is(string authorization)
    {
        var text = authorization.AsSpan().Trim();
        foreach (var word in Words)
        {
            if (text.StartsWith(word, StringComparison.OrdinalIgnoreCase)
                && (text.Length == word.Length
                    || !char.IsAsciiLetterOrDigit(text[word.Length]) && text[word.Length] is not ('-' or '.' or '_')))
                return true;
        }

        return false;
    }

    /// <summary>Determines whether a word is the name of such a scheme.</summary>
    public static bool IsName(ReadOnlySpan<char> scheme)
    {
        foreach (var word in Words)
        {
            if (scheme.Equals(word, StringComparison.OrdinalIgnoreCase))
                return true;
        }

        return false;
    }

    /// <summary>
    /// Determines whether a header has other credentials, which a page has to add and, if it is another site's, needs permission for.
    /// </summary>
    public static bool HasOther(StringValues header) => header is [{ Length: > 0 } text] && !Is(text);
}
