namespace Endpoints.Shared.Naming;

/// <summary>What a part of a route segment stands for.</summary>
internal enum RoutePartKind
{
    /// <summary>Text that a request must repeat, in any letter case.</summary>
    Literal,

    /// <summary><c>[name]</c>: one or more characters other than <c>/</c>.</summary>
    Parameter,

    /// <summary><c>[...name]</c>: any number of segments, or characters of them, also none.</summary>
    Rest,
}
