using System.Globalization;

namespace Endpoints.Shared.Limits;

/// <summary>Represents a rate limit as text: a number of requests in a number of seconds.</summary>
/// <param name="Count">The number of requests.</param>
/// <param name="Seconds">The period, in seconds.</param>
internal readonly record struct LimitText(int Count, long Seconds)
{
    /// <summary>The message about a text that is not a limit. {0} is the text, {1} is the flaw.</summary>
    public const string Refusal = "'{0}' is not a rate limit: {1}, as in \"30/1m\"";

    private const long MaxSeconds = 31 * 86400;

    /// <summary>
    /// Parses <c>30/1m</c>: a positive count, <c>/</c>, a positive number, and <c>s</c>, <c>m</c>, <c>h</c> or <c>d</c>. The period is at
    /// most 31 days.
    /// </summary>
    /// <param name="text">The text.</param>
    /// <returns>The limit, or <see langword="null"/> if the text is not a limit.</returns>
    public static LimitText? TryParse(string text) => TryParse(text, out _);

    /// <summary>Parses a limit, or describes the flaw as the middle of a sentence.</summary>
    public static LimitText? TryParse(string text, out string flaw)
    {
        var slash = text.IndexOf('/');
        flaw = slash < 1 || slash == text.Length - 1 ? "it takes a count, '/' and a period" : "";
        if (flaw.Length > 0)
            return null;

        var count = Number(text.Substring(0, slash));
        var periods = Number(text.Substring(slash + 1, text.Length - slash - 2));
        var seconds = periods * text[text.Length - 1] switch
        {
            's' => 1,
            'm' => 60,
            'h' => 3600,
            'd' => 86400L,
            _ => 0,
        };
        flaw = count is null ? $"the count is a whole number from 1 to {int.MaxValue}"
            : seconds == 0 ? "the period ends with 's', 'm', 'h' or 'd'"
            : seconds is null ? "the period begins with a whole number from 1"
            : seconds > MaxSeconds ? "the period is at most 31 days"
            : "";
        return flaw.Length == 0 ? new LimitText(count!.Value, seconds!.Value) : null;
    }

    /// <summary>Returns the text of the limit, in the largest unit that fits.</summary>
    public override string ToString()
    {
        var (length, unit) = Seconds % 86400 == 0
            ? (86400, 'd') : Seconds % 3600 == 0 ? (3600, 'h') : Seconds % 60 == 0 ? (60, 'm') : (1, 's');
        return string.Format(CultureInfo.InvariantCulture, "{0}/{1}{2}", Count, Seconds / length, unit);
    }

    /// <summary>Describes why a text is not a limit, as a sentence without its full stop.</summary>
    public static string Explain(string text, string flaw) => Refusal.Replace("{1}", flaw).Replace("{0}", text);

    /// <summary>Parses several limits, separated by commas: <c>30/1m, 500/1d</c>.</summary>
    /// <returns>The limits, or <see langword="null"/> if one of them is not a limit.</returns>
    public static IReadOnlyList<LimitText>? TryParseAll(string text, out string flaw)
    {
        var limits = new List<LimitText>();
        flaw = "";
        foreach (var one in text.Split(','))
        {
            if (TryParse(text.IndexOf(',') < 0 ? one : one.Trim(), out flaw) is not { } limit)
                return null;
            limits.Add(limit);
        }

        return limits;
    }

    /// <summary>Returns the probable meaning of a text that is not a limit, or <see langword="null"/> if it is unclear.</summary>
    /// <remarks>
    /// Corrects blanks, capital letters, words for units (<c>30 per minute</c>, <c>30/min</c>) and a period without a number (<c>30/m</c>).
    /// </remarks>
    public static string? Correct(string text)
    {
        var words = text.Trim().ToUpperInvariant().Replace(" PER ", "/").Replace(" IN ", "/").Replace(" ", "");
        var slash = words.IndexOf('/');
        if (slash < 1)
            return null;

        var period = words.Substring(slash + 1);
        var digits = new string([.. period.TakeWhile(static c => c is >= '0' and <= '9')]);
        var unit = period.Substring(digits.Length) switch
        {
            "S" or "SEC" or "SECS" or "SECOND" or "SECONDS" => "s",
            "M" or "MIN" or "MINS" or "MINUTE" or "MINUTES" => "m",
            "H" or "HR" or "HOUR" or "HOURS" => "h",
            "D" or "DAY" or "DAYS" => "d",
            _ => null,
        };
        var corrected = $"{words.Substring(0, slash)}/{(digits.Length == 0 ? "1" : digits)}{unit}";
        return unit is not null && corrected != text && TryParse(corrected) is not null ? corrected : null;
    }

    private static int? Number(string digits) =>
        digits.All(static c => c is >= '0' and <= '9')
            && int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0 ? number : null;
}
