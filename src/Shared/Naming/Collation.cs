using System.Globalization;

namespace Endpoints.Shared.Naming;

/// <summary>Defines the alphabetical order of route names, which is the same on every machine, regardless of its culture.</summary>
/// <remarks>
/// The order is that of Astro, which comes from ICU's root locale, for all of ASCII: white space, then
/// <c>_ - , ; : ! ? . ' " ( ) [ ] { } @ * / \ &amp; # % ` ^ + &lt; = &gt; | ~ $</c>, digits, letters. Texts that are equal so far are
/// ordered by the marks on their letters (<c>e</c> before <c>é</c>), then by letter case (<c>a</c> before <c>A</c>). Punctuation beyond
/// ASCII is next to similar characters: <c>–</c> after <c>-</c>, <c>¿</c> after <c>?</c>. Symbols and currency signs follow those of ASCII,
/// digits count as the corresponding ASCII digits, and other letters follow those of ASCII by their code points; ICU uses each script's
/// alphabet there.
/// </remarks>
internal static class Collation
{
    private const string AsciiOrder =
        "\t\n\v\f\r _-,;:!?.'\"()[]{}@*/\\&#%`^+<=>|~$0123456789aAbBcCdDeEfFgGhHiIjJkKlLmMnNoOpPqQrRsStTuUvVwWxXyYzZ";

    // Room for every code point after a character of ASCII.
    private const long Place = 0x110000;

    // By ASCII character: its place in the order, one for both cases of a letter. Control characters come first.
    private static readonly int[] Weights = AsciiWeights();

    private static readonly Dictionary<char, string> Parts = new()
    {
        ['æ'] = "ae", ['Æ'] = "AE", ['œ'] = "oe", ['Œ'] = "OE", ['ß'] = "ss", ['ẞ'] = "SS",
        ['ø'] = "o\u0338", ['Ø'] = "O\u0338", ['đ'] = "d\u0335", ['Đ'] = "D\u0335", ['ħ'] = "h\u0335", ['Ħ'] = "H\u0335", ['ł'] = "l\u0335",
        ['Ł'] = "L\u0335",
    };

    /// <summary>
    /// Compares two texts. The result is less than zero if <paramref name="a"/> comes first, and zero only if they are the same text.
    /// </summary>
    public static int Compare(string a, string b)
    {
        if (string.Equals(a, b, StringComparison.Ordinal))
            return 0;

        if (CompareAscii(a, b) is { } ascii)
            return ascii;

        var left = Decompose(a);
        var right = Decompose(b);
        var order = CompareLetters(left, right);
        if (order == 0)
            order = CompareMarks(left, right);
        if (order == 0)
            order = CompareCase(left, right);
        return order == 0 ? string.CompareOrdinal(a, b) : order;
    }

    // What the steps below do, without taking texts apart that have nothing to take apart. Null where another character comes up before the
    // decision.
    private static int? CompareAscii(string a, string b)
    {
        var byCase = 0;
        var shared = Math.Min(a.Length, b.Length);
        for (var i = 0; i < shared; i++)
        {
            if (a[i] >= Weights.Length || b[i] >= Weights.Length)
                return null;
            var order = Weights[a[i]].CompareTo(Weights[b[i]]);
            if (order != 0)
                return order;
            if (byCase == 0)
                byCase = IsUpper(a[i]).CompareTo(IsUpper(b[i]));
        }
        if (a.Length == b.Length)
            return byCase;
        var next = (a.Length > b.Length ? a : b)[shared];
        return next < Weights.Length ? a.Length.CompareTo(b.Length) : null;
    }

    private static int CompareLetters(List<int> a, List<int> b)
    {
        var (i, k) = (0, 0);
        while (true)
        {
            while (i < a.Count && NormalForm.CombiningClass(a[i]) > 0)
                i++;
            while (k < b.Count && NormalForm.CombiningClass(b[k]) > 0)
                k++;
            if (i == a.Count || k == b.Count)
                return (i == a.Count ? 0 : 1) - (k == b.Count ? 0 : 1);
            var order = Weight(a[i++]).CompareTo(Weight(b[k++]));
            if (order != 0)
                return order;
        }
    }

    // The letters are equal. The first one that has other marks decides; a letter without marks comes first.
    private static int CompareMarks(List<int> a, List<int> b)
    {
        for (int i = 0, k = 0; i < a.Count || k < b.Count; i++, k++)
        {
            var left = i < a.Count && NormalForm.CombiningClass(a[i]) > 0 ? a[i] : 0;
            var right = k < b.Count && NormalForm.CombiningClass(b[k]) > 0 ? b[k] : 0;
            if (left != right)
                return left.CompareTo(right);
        }
        return 0;
    }

    // Letters and marks are equal, so the texts have as many code points.
    private static int CompareCase(List<int> a, List<int> b)
    {
        for (var i = 0; i < a.Count; i++)
        {
            var order = IsUpper(a[i]).CompareTo(IsUpper(b[i]));
            if (order != 0)
                return order;
        }
        return 0;
    }

    private static long Weight(int point)
    {
        if (point < Weights.Length)
            return Weights[point] * Place;

        var text = IsSurrogate(point) ? "" : char.ConvertFromUtf32(point);
        var category = text.Length == 0 ? UnicodeCategory.OtherNotAssigned : CharUnicodeInfo.GetUnicodeCategory(text, 0);
        return category switch
        {
            UnicodeCategory.SpaceSeparator or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator =>
                (Weights[' '] * Place) + point,
            UnicodeCategory.ConnectorPunctuation or UnicodeCategory.DashPunctuation or UnicodeCategory.OpenPunctuation
                or UnicodeCategory.ClosePunctuation
                or UnicodeCategory.InitialQuotePunctuation or UnicodeCategory.FinalQuotePunctuation or UnicodeCategory.OtherPunctuation =>
                    (Weights[Before(point, category)] * Place) + point,
            UnicodeCategory.MathSymbol or UnicodeCategory.ModifierSymbol or UnicodeCategory.OtherSymbol => (Weights['~'] * Place) + point,
            UnicodeCategory.CurrencySymbol => (Weights['$'] * Place) + point,
            UnicodeCategory.DecimalDigitNumber => Weights['0' + CharUnicodeInfo.GetDecimalDigitValue(text, 0)] * Place,
            _ => (Weights.Length * Place) + Lower(point),
        };
    }

    // Which punctuation of ASCII goes before other punctuation.
    private static char Before(int point, UnicodeCategory category) => (point, category) switch
    {
        ('・', _) => '-',
        ('،' or '、' or '，' or '､', _) => ',',
        ('؛' or '；', _) => ';',
        ('：', _) => ':',
        ('¡' or '‼' or '！', _) => '!',
        ('¿' or '؟' or '‽' or '⁇' or '⁈' or '⁉' or '？', _) => '?',
        ('·' or '‥' or '…' or '。' or '．' or '｡', _) => '.',
        ('‘' or '’' or '‚' or '‛' or '‹' or '›' or '＇', _) => '\'',
        ('„' or '〝' or '〞' or '〟' or '＂', _) => '"',
        ('⁽' or '₍' or '（', _) => '(',
        ('⁾' or '₎' or '）', _) => ')',
        ('§' or '¶', _) => '}',
        (_, UnicodeCategory.ConnectorPunctuation) => '_',
        (_, UnicodeCategory.DashPunctuation) => '-',
        (_, UnicodeCategory.InitialQuotePunctuation or UnicodeCategory.FinalQuotePunctuation) => '"',
        (_, UnicodeCategory.OpenPunctuation or UnicodeCategory.ClosePunctuation) => '}',
        _ => '%',
    };

    private static bool IsUpper(int point) => Lower(point) != point;

    private static int Lower(int point) => point <= char.MaxValue ? char.ToLowerInvariant((char)point) : point;

    private static bool IsSurrogate(int point) => point is >= 0xD800 and <= 0xDFFF;

    // Letters that Unicode does not take apart but every reader does, as ICU has them.
    private static List<int> Decompose(string text)
    {
        var points = NormalForm.Decompose(text);
        for (var i = 0; i < points.Count; i++)
        {
            if (!Parts.TryGetValue((char)Math.Min(points[i], char.MaxValue), out var parts))
                continue;
            points[i] = parts[0];
            points.Insert(++i, parts[1]);
        }
        return points;
    }

    private static int[] AsciiWeights()
    {
        var weights = new int[128];
        for (var i = 0; i < weights.Length; i++)
        {
            var place = AsciiOrder.IndexOf((char)i);
            var both = IsUpper(i) ? AsciiOrder.IndexOf((char)(i + 32)) : place;
            weights[i] = place < 0 ? i - 128 : both;
        }
        return weights;
    }
}
