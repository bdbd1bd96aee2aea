using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace Endpoints.Wix.Flows;

/// <summary>
/// Reads the address that a browser shall return to: a path on this site and nothing else. The one check there is; login, callback, logout and
/// logout callback all use it.
/// </summary>
/// <remarks>
/// It refuses what any browser, proxy or server could take for another site, or for another site after decoding: empty segments, backslashes,
/// control characters, and escapes of them however often escaped. What it gives is printable ASCII and reads as itself again.
/// </remarks>
internal static class ReturnAddress
{
    /// <summary>Longer addresses are refused: they travel in a cookie.</summary>
    public const int MaxLength = 2000;

    // More than any proxy decodes; a text that still changes then is nobody's address.
    private const int MaxDecodings = 8;

    private static readonly SearchValues<char> EndOfPath = SearchValues.Create("?#");

    // What the URL grammar allows, and the percent sign of escapes that are there already.
    private static readonly SearchValues<char> Kept = SearchValues.Create(
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~!$&'()*+,;=:@/?#[]%");

    /// <summary>Reads an address, as it came out of the query string.</summary>
    /// <param name="text">The text.</param>
    /// <param name="location">The address, escaped as a <c>Location</c> header needs it.</param>
    /// <returns>Whether it is one on this site.</returns>
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

    /// <summary>No control characters (browsers drop some of them), no backslash (a slash to browsers) and no half of a character.</summary>
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

    /// <summary>Whether a path stays one on this site however often somebody decodes it.</summary>
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
