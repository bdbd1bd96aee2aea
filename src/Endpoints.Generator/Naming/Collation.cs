namespace Endpoints.Naming;

/// <summary>Alphabetical order for names of routes: the same on every machine, whatever its culture.</summary>
/// <remarks>
/// It is the order Astro gets from ICU's root locale, for all of ASCII: white space, then <c>_ - , ; : ! ? . ' " ( ) [ ] { } @ * / \ &amp; # % ` ^ + &lt; = &gt; | ~ $</c>,
/// digits, letters. Texts that are equal so far are told apart by the marks on their letters (<c>e</c> before <c>é</c>), then by letter case (<c>a</c>
/// before <c>A</c>). Other letters follow those of ASCII by their code points; ICU knows each language's alphabet there.
/// </remarks>
internal static class Collation
{
    private const string AsciiOrder = "\t\n\v\f\r _-,;:!?.'\"()[]{}@*/\\&#%`^+<=>|~$0123456789aAbBcCdDeEfFgGhHiIjJkKlLmMnNoOpPqQrRsStTuUvVwWxXyYzZ";

    // By ASCII character: its place in the order, one for both cases of a letter. Control characters come first.
    private static readonly int[] Weights = AsciiWeights();

    /// <summary>Compares two texts: less than zero when <paramref name="a"/> comes first, zero only when they are the same text.</summary>
    public static int Compare(string a, string b)
    {
        if (string.Equals(a, b, StringComparison.Ordinal))
            return 0;

        if (CompareAscii(a, b) is { } ascii)
            return ascii;

        var left = NormalForm.Decompose(a);
        var right = NormalForm.Decompose(b);
        var order = CompareLetters(left, right);
        if (order == 0)
            order = CompareMarks(left, right);
        if (order == 0)
            order = CompareCase(left, right);
        return order == 0 ? string.CompareOrdinal(a, b) : order;
    }

    // What the steps below do, without taking texts apart that have nothing to take apart. Null where another character comes up before the decision.
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

    private static int Weight(int point) => point < Weights.Length ? Weights[point] : Weights.Length + point;

    private static bool IsUpper(int point) => point is >= 'A' and <= 'Z';

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
