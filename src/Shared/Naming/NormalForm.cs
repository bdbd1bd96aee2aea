using System.Text;

namespace Endpoints.Shared.Naming;

/// <summary>Converts text to Unicode's composed form (NFC), from built-in data.</summary>
/// <remarks>
/// <see cref="string.Normalize()"/> returns its input unchanged if the process runs without culture data, as compilers in small container
/// images do, and throws an exception on text that is not valid UTF-16. A route must not depend on where it was compiled.
/// </remarks>
internal static partial class NormalForm
{
    private const int HangulFirst = 0xAC00, LeadFirst = 0x1100, VowelFirst = 0x1161, TailBase = 0x11A7;
    private const int Leads = 19, Vowels = 21, Tails = 28;

    /// <summary>Converts text to its composed form. An unpaired surrogate is kept unchanged.</summary>
    public static string Compose(string text)
    {
        if (IsBelow(text, '\u0300'))
            return text;

        var points = Decompose(text);
        var result = new List<int>(points.Count);
        var starter = -1; // the place in the result of the last character that others attach to
        var before = 0; // the combining class of the last character kept after it
        foreach (var point in points)
        {
            var combining = CombiningClass(point);
            if (starter >= 0 && (before < combining || before == 0 && starter == result.Count - 1)
                && Pair(result[starter], point) is { } composite)
            {
                result[starter] = composite;
                continue;
            }
            if (combining == 0)
                starter = result.Count;
            before = combining;
            result.Add(point);
        }

        var composed = new StringBuilder(text.Length);
        foreach (var point in result)
            AppendPoint(composed, point);
        return composed.ToString();
    }

    /// <summary>
    /// Returns the code points of a text, with each character fully decomposed and attached characters in their canonical order.
    /// </summary>
    public static List<int> Decompose(string text)
    {
        var points = new List<int>(text.Length);
        if (IsBelow(text, '\u00C0'))
        {
            foreach (var c in text)
                points.Add(c);
            return points;
        }

        foreach (var point in CodePoints(text))
            AddDecomposed(point, points);

        // A stable sort of each run of attached characters by their class.
        for (var i = 1; i < points.Count; i++)
        {
            var combining = CombiningClass(points[i]);
            for (var k = i; combining > 0 && k > 0 && CombiningClass(points[k - 1]) > combining; k--)
                (points[k], points[k - 1]) = (points[k - 1], points[k]);
        }
        return points;
    }

    /// <summary>
    /// Returns the combining class of a code point: zero for a character on its own, another value for one that attaches to the preceding
    /// one.
    /// </summary>
    public static int CombiningClass(int point) =>
        point < 0x0300 ? 0 : Tables.CombiningClasses.TryGetValue(point, out var value) ? value : 0;

    private static void AddDecomposed(int point, List<int> points)
    {
        if (point is >= HangulFirst and < HangulFirst + (Leads * Vowels * Tails))
        {
            var index = point - HangulFirst;
            points.Add(LeadFirst + (index / (Vowels * Tails)));
            points.Add(VowelFirst + (index % (Vowels * Tails) / Tails));
            if (index % Tails > 0)
                points.Add(TailBase + (index % Tails));
        }
        else if (point >= 0x00C0 && Tables.Decompositions.TryGetValue(point, out var pair))
        {
            AddDecomposed(pair.First, points);
            if (pair.Second != 0)
                AddDecomposed(pair.Second, points);
        }
        else
        {
            points.Add(point);
        }
    }

    private static int? Pair(int first, int second)
    {
        if (first is >= LeadFirst and < LeadFirst + Leads && second is >= VowelFirst and < VowelFirst + Vowels)
            return HangulFirst + ((((first - LeadFirst) * Vowels) + second - VowelFirst) * Tails);
        if (first is >= HangulFirst and < HangulFirst + (Leads * Vowels * Tails) && (first - HangulFirst) % Tails == 0
            && second is > TailBase and < TailBase + Tails)
            return first + second - TailBase;
        return Tables.Compositions.TryGetValue((first, second), out var composite) ? composite : null;
    }

    private static bool IsBelow(string text, char limit)
    {
        foreach (var c in text)
        {
            if (c >= limit)
                return false;
        }
        return true;
    }

    private static List<int> CodePoints(string text)
    {
        var points = new List<int>(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            var isPair = char.IsHighSurrogate(text[i]) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]);
            points.Add(isPair ? char.ConvertToUtf32(text[i], text[++i]) : text[i]);
        }
        return points;
    }

    private static void AppendPoint(StringBuilder text, int point)
    {
        if (point < 0x10000)
            _ = text.Append((char)point);
        else
            _ = text.Append(char.ConvertFromUtf32(point));
    }

    // Apart, so that only text beyond Latin-1 costs reading the data.
    private static class Tables
    {
        public static readonly Dictionary<(int First, int Second), int> Compositions = [];
        public static readonly Dictionary<int, (int First, int Second)> Decompositions = [];
        public static readonly Dictionary<int, int> CombiningClasses = [];

        static Tables()
        {
            var points = CodePoints(Composed);
            for (var i = 0; i < points.Count; i += 3)
            {
                Compositions.Add((points[i + 1], points[i + 2]), points[i]);
                Decompositions.Add(points[i], (points[i + 1], points[i + 2]));
            }

            points = CodePoints(Replaced);
            for (var i = 0; i < points.Count; i += 3)
                Decompositions.Add(points[i], (points[i + 1], points[i + 2]));

            points = CodePoints(Classes);
            for (var i = 0; i < points.Count; i += 3)
            {
                for (var c = points[i]; c <= points[i + 1]; c++)
                    CombiningClasses.Add(c, points[i + 2]);
            }
        }
    }
}
