namespace Endpoints.Wix.Analyzers.Routes;

/// <summary>What can be seen of the guard of a mapped route.</summary>
internal enum GuardState
{
    /// <summary>There is none.</summary>
    None,

    /// <summary>The route, or a group around it, has <c>.Elevate(...)</c>.</summary>
    Elevated,

    /// <summary>The route or a group around it goes through code that can't be seen from here, which may guard it.</summary>
    Unseen,
}
