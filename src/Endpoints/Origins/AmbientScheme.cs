using Microsoft.Extensions.Primitives;

namespace Endpoints.Origins;

/// <summary>The credentials in <c>Authorization</c> that a browser adds by itself, to any site's request.</summary>
internal static class AmbientScheme
{
    private static readonly string[] Words = ["Basic", "Digest", "Negotiate", "NTLM", "Kerberos", "Mutual", "HOBA", "SCRAM-SHA-1", "SCRAM-SHA-256"];

    /// <summary>Whether a header has such credentials.</summary>
    public static bool Is(string authorization)
    {
        var text = authorization.AsSpan().Trim();
        foreach (var word in Words)
        {
            if (text.StartsWith(word, StringComparison.OrdinalIgnoreCase) && (text.Length == word.Length || !char.IsAsciiLetterOrDigit(text[word.Length]) && text[word.Length] is not ('-' or '.' or '_')))
                return true;
        }

        return false;
    }

    /// <summary>Whether a header has other credentials, which a page has to add, and needs leave to if it is another site's.</summary>
    public static bool HasOther(StringValues header) => header is [{ Length: > 0 } text] && !Is(text);
}
