namespace Endpoints.Wix.Elevation.Bodies;

/// <summary>Specifies how a body begins.</summary>
internal enum JsonOpening
{
    /// <summary>Only white space so far.</summary>
    Undecided,

    /// <summary>An object, a list, or a comment before one.</summary>
    Json,

    /// <summary>The same in UTF-16 or UTF-32.</summary>
    WideJson,

    /// <summary>Anything else.</summary>
    Other,
}
