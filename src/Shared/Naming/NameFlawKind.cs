namespace Endpoints.Shared.Naming;

/// <summary>Specifies why a name can't be part of a route.</summary>
internal enum NameFlawKind
{
    /// <summary>Adjacent parameters: <c>[a][b]</c>.</summary>
    ParametersNotSeparated,

    /// <summary>Unequal numbers of opening and closing brackets: <c>[id</c>.</summary>
    BracketsUnbalanced,

    /// <summary>A parameter name with characters other than letters, digits, <c>_</c> and <c>$</c>: <c>[a-b]</c>.</summary>
    ParameterName,

    /// <summary>A parameter within further brackets: <c>[[id]]</c>.</summary>
    BracketsNested,

    /// <summary>Two parameters of the same name in one route: <c>[id]/[id]</c>.</summary>
    ParameterTwice,

    /// <summary>A text that no file could have produced: no leading <c>/</c>, or an empty segment.</summary>
    NotARoute,
}
