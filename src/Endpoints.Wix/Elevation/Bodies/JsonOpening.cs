namespace Endpoints.Wix.Elevation.Bodies;

/// <summary>What a body begins as.</summary>
internal enum JsonOpening
{
    /// <summary>Blanks only, so far.</summary>
    Undecided,

    /// <summary>An object, a list, or a comment before one.</summary>
    Json,

    /// <summary>The same in UTF-16 or UTF-32.</summary>
    WideJson,

    /// <summary>Anything else.</summary>
    Other,
}
