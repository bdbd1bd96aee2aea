using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace Endpoints.Wix.Flows;

/// <summary>
/// Reads the address to which a browser returns, which must be a path on this site. This is the only such check: login, callback, logout
/// and logout callback all use it.
/// </summary>
/// <remarks>
/// The check refuses everything that any browser, proxy or server could treat as another site, even after decoding: empty segments,
/// backslashes, control characters, and escapes of them at any depth. The result is printable ASCII, and reading it again returns the same
/// address.
/// </remarks>
internal static class ReturnAddress
{
    /// <summary>The maximum length of an address. Longer addresses are refused, because the address is stored in a cookie.</summary>
    public const int MaxLength = 2000;

    // More than any proxy decodes; a text that still changes then is nobody's address.
    private const int MaxDecodings = 8;

    private static readonly SearchValues<char> EndOfPath = SearchValues.Create("?#");

    // What the URL grammar allows, and the percent sign of escapes that are there already.
    private static readonly SearchValues<char> Kept = SearchValues.Create(
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~!$&'()*+,;=:@/?#[]%");

    /// <summary>Reads an address from the query string.</summary>
    /// <param name="text">The text.</param>
    /// <param name="location">The address, escaped for a <c>Location</c> header.</param>
    /// <returns><see langword="true"/> if the address is on this site; otherwise, <see langword="false"/>.</returns>
    public static bool TryRead(string? text, [NotNullWhen(true)] out string? location)
    {
        location = null;
        if (text is not { Length: > 0 and <= MaxLength } || text[0] != '/' || !IsPlain(text))
            return false;

        var end = text.AsSpan().IndexOfAny(EndOfPath);
        if (!IsPath(end < 0 ? text : text[..end]))
            return false;
        location = Escape(text);
        return location.Length <= MaxLength;
    }

    /// <summary>
    /// Determines whether a text has no control characters (browsers drop some of them), backslashes (slashes to browsers) or lone
    /// surrogates.
    /// </summary>
    private static bool IsPlain(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            var character = text[i];
            if (char.IsControl(character) || character == '\\')
                return false;
            if (char.IsSurrogate(character) && !(i + 1 < text.Length && char.IsSurrogatePair(character, text[++i])))
                return false;
        }

        return true;
    }

    /// <summary>Determines whether a path remains on this site however often it is decoded.</summary>
    private static bool IsPath(string path)
    {
        for (var i = 0; i < MaxDecodings; i++)
        {
            // An empty segment becomes a host's name as soon as somebody resolves the dots before it.
            if (path.Contains("//", StringComparison.Ordinal) || path.Contains('\\', StringComparison.Ordinal) || path.Any(char.IsControl))
                return false;
            var decoded = Uri.UnescapeDataString(path);
            if (decoded == path)
                return true;
            path = decoded;
        }

        return false;
    }

    private static string Escape(string text)
    {
        if (!text.AsSpan().ContainsAnyExcept(Kept))
            return text;
        var escaped = new StringBuilder(text.Length + 32);
        Span<byte> bytes = stackalloc byte[4];
        foreach (var rune in text.EnumerateRunes())
        {
            if (rune.IsAscii && Kept.Contains((char)rune.Value))
            {
                escaped.Append((char)rune.Value);
                continue;
            }

            foreach (var part in bytes[..rune.EncodeToUtf8(bytes)])
                escaped.Append('%').Append(part.ToString("X2", System.Globalization.CultureInfo.InvariantCulture));
        }

        return escaped.ToString();
    }
}
