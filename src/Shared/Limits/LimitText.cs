using System.Globalization;

namespace Endpoints.Shared.Limits;

/// <summary>The text of a rate limit: how many requests in how many seconds.</summary>
/// <param name="Count">How many requests.</param>
/// <param name="Seconds">In how many seconds.</param>
internal readonly record struct LimitText(int Count, long Seconds)
{
    // As the pipeline has it: a window is at most 31 days.
    private const long MaxSeconds = 31 * 86400;

    /// <summary>Reads <c>30/1m</c>: a positive count, <c>/</c>, a positive number, and <c>s</c>, <c>m</c>, <c>h</c> or <c>d</c>; at most 31 days.</summary>
    public static LimitText? TryParse(string text)
    {
        var slash = text.IndexOf('/');
        if (slash < 1 || slash > text.Length - 3)
            return null;

        var unit = text[text.Length - 1] switch
        {
            's' => 1,
            'm' => 60,
            'h' => 3600,
            'd' => 86400,
            _ => 0,
        };
        return Number(text.Substring(0, slash)) is { } count && Number(text.Substring(slash + 1, text.Length - slash - 2)) is { } periods
            && (long)periods * unit is > 0 and <= MaxSeconds and var seconds
            ? new LimitText(count, seconds)
            : null;
    }

    /// <summary>What was probably meant by a text that is no limit; null when that can't be said.</summary>
    /// <remarks>Blanks, capital letters, words for units (<c>30 per minute</c>, <c>30/min</c>), a period without its number (<c>30/m</c>).</remarks>
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
        digits.All(static c => c is >= '0' and <= '9') && int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0 ? number : null;
}
