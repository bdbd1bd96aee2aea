using System.Text.RegularExpressions;
using Microsoft.Extensions.Options;

namespace Endpoints.Wix.Options;

/// <summary>Names the app in what is wrong with its settings.</summary>
internal static partial class OptionsFailures
{
    /// <summary>Returns the result of a validation.</summary>
    /// <param name="name">The name of the app; the empty string or <see langword="null"/> for the app without a name.</param>
    /// <param name="failures">What is wrong, with settings as the section <c>Wix</c> has them.</param>
    public static ValidateOptionsResult Result(string? name, IReadOnlyCollection<string> failures) => failures.Count == 0
        ? ValidateOptionsResult.Success
        : ValidateOptionsResult.Fail(string.IsNullOrEmpty(name) ? failures : failures.Select(failure => Of(name, failure)));

    // The variables are those of the app without a name, and only that app's section has a name of its own.
    private static string Of(string name, string failure) =>
        $"The Wix app '{name}': {Setting().Replace(Variable().Replace(failure, ""), "")}";

    [GeneratedRegex(@",? or the variable WIX_\w+,?| \(WIX_\w+\)", RegexOptions.CultureInvariant)]
    private static partial Regex Variable();

    [GeneratedRegex(@"\bWix:(?=\w)", RegexOptions.CultureInvariant)]
    private static partial Regex Setting();
}
