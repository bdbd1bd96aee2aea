namespace Endpoints.Wix.Analyzers.Routes;

/// <summary>Specifies the visible guard of a mapped route.</summary>
internal enum GuardState
{
    /// <summary>No guard.</summary>
    None,

    /// <summary>An <c>.Elevate(...)</c> on the route or on a group around it.</summary>
    Elevated,

    /// <summary>Code that is not visible from here and may guard the route or a group around it.</summary>
    Unseen,
}
