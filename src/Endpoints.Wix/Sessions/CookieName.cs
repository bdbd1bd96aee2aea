using System.Buffers;
using System.Text;

namespace Endpoints.Wix.Sessions;

/// <summary>Determines whether some reader of cookies could take one name for another.</summary>
internal static class CookieName
{
    private const int LongestLooked = 512;
    private const int MostDecoded = 8;

    private static readonly SearchValues<char> Plain =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789!#$&'*+-.^_`|~");

    private static ReadOnlySpan<char> Trimmed => ".$,\\=:&'";

    /// <summary>
    /// Determines whether a pair, or what stands in its place, could be a cookie of a name to a reader that trims, folds or decodes.
    /// </summary>
    public static bool CouldBe(ReadOnlySpan<char> pair, ReadOnlySpan<char> name)
    {
        if (pair.Length < name.Length)
            return false;
        var end = pair.IndexOfAnyExcept(Plain);
        // Most cookies have plain names, and what has none is no cookie of any name.
        if (end < 0)
            return false;
        if (end > 0 && pair[end] == '=')
            return pair[..end].Trim(Trimmed).Equals(name, StringComparison.OrdinalIgnoreCase);
        var text = Bare(pair.Length > LongestLooked ? pair[..LongestLooked] : pair).AsSpan().TrimStart(Trimmed);
        return text.IndexOf('=') is > 0 and var equals && text[..equals].TrimEnd(Trimmed).Equals(name, StringComparison.OrdinalIgnoreCase);
    }

    private static string Bare(ReadOnlySpan<char> pair)
    {
        var text = pair.ToString();
        for (var i = 0; i < MostDecoded && text.Contains('%', StringComparison.Ordinal); i++)
            text = Uri.UnescapeDataString(text);
        var bare = new StringBuilder(text.Length);
        foreach (var character in text)
        {
            if (Fold(character) is > ' ' and < '\u007F' and not ('"' or '\'') and var kept)
                bare.Append(kept);
        }

        return bare.ToString();
    }

    // Letters that case mapping or normalization makes ASCII of.
    private static char Fold(char character) => character switch
    {
        '\u017F' => 's',
        '\u212A' => 'K',
        '\u0130' or '\u0131' => 'i',
        >= '\uFF01' and <= '\uFF5E' => (char)(character - '\uFF01' + '!'),
        _ => character,
    };
}
