namespace Endpoints.Shared.Naming;

/// <summary>Why a name can't be part of a route.</summary>
internal enum NameFlawKind
{
    /// <summary>Two parameters touch: <c>[a][b]</c>.</summary>
    ParametersNotSeparated,

    /// <summary>As many opening as closing brackets are needed: <c>[id</c>.</summary>
    BracketsUnbalanced,

    /// <summary>A parameter's name has other characters than letters, digits, <c>_</c> and <c>$</c>: <c>[a-b]</c>.</summary>
    ParameterName,

    /// <summary>A parameter lies within further brackets: <c>[[id]]</c>.</summary>
    BracketsNested,

    /// <summary>One route has two parameters of one name: <c>[id]/[id]</c>.</summary>
    ParameterTwice,

    /// <summary>Text that no file could have given: no leading <c>/</c>, or an empty segment.</summary>
    NotARoute,
}
