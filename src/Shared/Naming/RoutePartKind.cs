namespace Endpoints.Shared.Naming;

/// <summary>Specifies the kind of a part of a route segment.</summary>
internal enum RoutePartKind
{
    /// <summary>Text that a request must contain, in any letter case.</summary>
    Literal,

    /// <summary><c>[name]</c>: one or more characters other than <c>/</c>.</summary>
    Parameter,

    /// <summary><c>[...name]</c>: any number of segments or of characters in them, including none.</summary>
    Rest,
}
