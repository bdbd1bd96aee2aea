using System.Text.RegularExpressions;
using Microsoft.Extensions.Options;

namespace Endpoints.Wix.Options;

/// <summary>Names settings in messages as they stand in the configuration: <c>Wix:Resilience:TokenTimeout</c>.</summary>
internal static partial class SettingNames
{
    /// <summary>The name under which compiler-generated validators are called, so that their messages begin with the section.</summary>
    public const string Section = WixVariables.Section;

    /// <summary>Returns the failures that a compiler-generated validator found, with the setting names of the configuration.</summary>
    /// <param name="result">The result of validating under the name <see cref="Section"/>.</param>
    public static IEnumerable<string> Of(ValidateOptionsResult result) => result.Failed
        ? result.Failures.Select(
            static failure => Path().Replace(failure, static match => match.Groups["path"].Value.Replace('.', ':'), count: 1))
        : [];

    // "TokenTimeout: The field Wix.Resilience.TokenTimeout must be ..."
    [GeneratedRegex(@"^(?:\w+: )?(?:The field )?(?<path>Wix(?:\.\w+)+)", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant)]
    private static partial Regex Path();
}
