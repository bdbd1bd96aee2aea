using System.Globalization;
using System.Text;

namespace Endpoints.Shared.CallPatterns;

/// <summary>Recognizes paths that every server reads alike, whatever it decodes, trims, folds or resolves.</summary>
/// <remarks>
/// The comparison here and the server that receives the path are two readers of one text. A plain path therefore has no escapes of
/// characters that could separate, end or form a segment, no second layer of escapes, no parameters after <c>;</c>, no empty segments, and
/// no segments that consist of dots, blanks and invisible characters. Characters that some servers treat as a slash, a dot or the like
/// count as those.
/// </remarks>
internal static class PlainPath
{
    // What RFC 3986 lets stand in a segment, but for ';'.
    private const string RawMarks = "-._~!$&'()*+,=:@";

    // As escapes these separate segments, end the path or are escapes once more, for a server that decodes first.
    private const string Separators = "/\\%;?#";

    // What is folded into a separator or a dot: compatibility forms (NFKC, NFC for U+037E), and what single-byte code pages have in their
    // place.
    private const string Lookalikes =
        "\u00A5\u037E\u2024\u2025\u2026\u2044\u2047\u2048\u2049"
        + "\u20A9\u2100\u2101\u2105\u2106\u2215\u2216\u29F5\u29F8\u29F9\u33C2\u33C7\u33D8"
        + "\uFE14\uFE16\uFE19\uFE30\uFE52\uFE54\uFE56\uFE5F\uFE68\uFE6A\uFF03\uFF05\uFF0E\uFF0F\uFF1B\uFF1F\uFF3C\uFFE5\uFFE6\uFFFD";

    /// <summary>
    /// Determines whether a text is such a path: <c>/</c>, or segments that each follow one <c>/</c>. It has no query string.
    /// </summary>
    public static bool Is(string path)
    {
        if (path.Length == 0 || path[0] != '/')
            return false;
        if (path.Length == 1)
            return true;
        var start = 1;
        for (var i = 1; i <= path.Length; i++)
        {
            if (i < path.Length && path[i] != '/')
                continue;
            if (!IsSegment(path, start, i))
                return false;
            start = i + 1;
        }

        return true;
    }

    /// <summary>Determines whether an escaped text is one segment for every server.</summary>
    public static bool IsSegment(string text) => IsSegment(text, 0, text.Length);

    private static bool IsSegment(string text, int start, int end)
    {
        var isEscaped = false;
        for (var i = start; i < end; i++)
        {
            if (text[i] == '%')
                isEscaped = true;
            else if (!IsLetterOrDigit(text[i]) && !Has(RawMarks, text[i]))
                return false;
        }

        if (!isEscaped)
            return IsWhole(text, start, end);
        return Decode(text, start, end) is { } decoded && IsWhole(decoded, 0, decoded.Length);
    }

    /// <summary>
    /// Decodes the characters of a segment. Returns <see langword="null"/> if an escape is invalid, unnecessary, or hides a separator.
    /// </summary>
    private static string? Decode(string text, int start, int end)
    {
        var bytes = new byte[end - start];
        var length = 0;
        for (var i = start; i < end; i++)
        {
            if (text[i] != '%')
            {
                bytes[length++] = (byte)text[i];
                continue;
            }

            if (i + 2 >= end || Hex(text[i + 1]) is not { } high || Hex(text[i + 2]) is not { } low)
                return null;
            var value = (char)((high << 4) | low);
            // Letters, digits and these need no escape: one that they have was to hide them.
            if (value < ' ' || value == '\u007F' || Has(Separators, value) || IsLetterOrDigit(value) || Has("-._~", value))
                return null;
            bytes[length++] = (byte)value;
            i += 2;
        }

        return Encoding.UTF8.GetString(bytes, 0, length); // what is no UTF-8 becomes U+FFFD, and is refused as that
    }

    /// <summary>Determines whether a segment remains one unchanged segment when a server trims or folds it.</summary>
    private static bool IsWhole(string text, int start, int end)
    {
        var isSolid = false;
        for (var i = start; i < end; i++)
        {
            var character = text[i];
            if (character < '\u0080')
            {
                isSolid |= character is not ('.' or ' ' or '+');
                continue;
            }

            if (Has(Lookalikes, character))
                return false;
            switch (CharUnicodeInfo.GetUnicodeCategory(text, i))
            {
                case UnicodeCategory.Control or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator
                    or UnicodeCategory.Surrogate:
                    return false;
                case UnicodeCategory.Format or UnicodeCategory.SpaceSeparator or UnicodeCategory.NonSpacingMark
                    or UnicodeCategory.EnclosingMark:
                    break;
                case UnicodeCategory.OtherNumber when IsNumberAndDot(text, i):
                    return false;
                default:
                    isSolid = true;
                    break;
            }

            if (char.IsHighSurrogate(character))
                i++;
        }

        return isSolid && !IsTrimmed(text, start) && !IsTrimmed(text, end - 1) && text[end - 1] != '.';
    }

    // "1." and its like as one character.
    private static bool IsNumberAndDot(string text, int index) =>
        text[index] is >= '\u2488' and <= '\u249B' || (text[index] == '\uD83C' && index + 1 < text.Length && text[index + 1] == '\uDD00');

    private static bool IsTrimmed(string text, int index) =>
        CharUnicodeInfo.GetUnicodeCategory(text[index]) is UnicodeCategory.SpaceSeparator or UnicodeCategory.Format;

    // Capital letters: the other spelling is for others to make one of.
    private static int? Hex(char digit) => digit switch
    {
        >= '0' and <= '9' => digit - '0',
        >= 'A' and <= 'F' => digit - 'A' + 10,
        _ => null,
    };

    private static bool IsLetterOrDigit(char character) => character is (>= 'a' and <= 'z') or (>= 'A' and <= 'Z') or (>= '0' and <= '9');

    private static bool Has(string characters, char character)
    {
        foreach (var one in characters)
        {
            if (one == character)
                return true;
        }

        return false;
    }
}
