using System.Text.RegularExpressions;

namespace Endpoints.RateLimiting.Configured;

/// <summary>
/// Represents the requests that a rule applies to: <c>*</c>, or a verb, a colon and a path, in which <c>*</c> matches anything and
/// <c>?</c> one character. Letter case is ignored.
/// </summary>
/// <remarks>
/// Matching takes time proportional to the path's length, regardless of the pattern: regular expressions don't backtrack. They match the
/// whole of a request, with or without anchors.
/// </remarks>
internal sealed class ConfiguredEndpoint
{
    private readonly Regex? _expression;

    /// <exception cref="FormatException">The text is malformed.</exception>
    public ConfiguredEndpoint(string text, bool isRegex)
    {
        IsStar = text is "*";
        IsEverything = text is "*" or "*:*" or "*:/*";
        if (IsEverything)
            return;
        if (isRegex)
        {
            try
            {
                _ = new Regex(text); // by itself, so that nothing closes the group around it
                _expression = new(
                    $@"\A(?:{text})\z", RegexOptions.NonBacktracking | RegexOptions.IgnoreCase | RegexOptions.CultureInvariant);
            }
            catch (Exception e) when (e is ArgumentException or NotSupportedException)
            {
                throw new FormatException($"'{text}' is not a regular expression that can be matched without backtracking.", e);
            }

            return;
        }

        // Without a verb it matches what begins with anything, or nothing at all.
        if (text.IndexOf(':', StringComparison.Ordinal) < 1 && !text.StartsWith('*'))
            throw new FormatException(
                $"'{text}' is not an endpoint: it is '*', or a verb or '*', a colon and a path, as in \"get:/api/*\".");
        var whole = text.EndsWith(":/", StringComparison.Ordinal) ? text : text.TrimEnd('/');
        _expression = new(
            "^" + Regex.Escape(whole).Replace(@"\*", ".*", StringComparison.Ordinal).Replace(@"\?", ".", StringComparison.Ordinal) + "$",
            RegexOptions.NonBacktracking | RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.Singleline);
    }

    /// <summary>Gets a value that indicates whether it is <c>*</c>, which holds without limits of endpoints as well.</summary>
    public bool IsStar { get; }

    /// <summary>Gets a value that indicates whether it applies to all requests.</summary>
    public bool IsEverything { get; }

    /// <param name="verb">The request's method.</param>
    /// <param name="path">The request's path without a slash at its end, or <c>/</c>.</param>
    public bool Matches(string verb, string path) =>
        IsEverything || _expression!.IsMatch($"{verb}:{path}"); // one or the other
}
