namespace Endpoints.Shared.Naming;

/// <summary>Represents the flaw of a name that can't be part of a route.</summary>
/// <param name="Kind">The rule that the name breaks.</param>
/// <param name="Segment">The file or folder name, without extension.</param>
/// <param name="Parameter">The text between the brackets, if the rule is about one parameter; otherwise, an empty string.</param>
internal sealed record NameFlaw(NameFlawKind Kind, string Segment, string Parameter = "")
{
    /// <summary>Gets the problem and its solution, as a sentence without its full stop.</summary>
    public string Message => Kind switch
    {
        NameFlawKind.ParametersNotSeparated => $"the parameters in '{Segment}' must be separated: put text between ']' and '['",
        NameFlawKind.BracketsUnbalanced => $"the brackets in '{Segment}' are unbalanced: every '[' needs its ']'",
        NameFlawKind.ParameterName =>
            $"the parameter name '{Parameter}' in '{Segment}' must consist of the letters a to z, digits, '_' and '$'",
        NameFlawKind.BracketsNested => $"the parameter '{Parameter}' in '{Segment}' lies within further brackets: write it with one pair",
        NameFlawKind.ParameterTwice =>
            $"the parameter name '{Parameter}' is used twice: give each parameter of a route its own name, letter case aside",
        _ => $"'{Segment}' is not a route: it begins with '/' and has no empty segment",
    };
}
