namespace Endpoints.Wix;

/// <summary>Represents the properties of a site at one moment.</summary>
public sealed record SitePropertiesSnapshot
{
    /// <summary>Gets the requested properties.</summary>
    public required SitePropertiesValues Properties { get; init; }

    /// <summary>Gets the version of the properties. It grows with each change.</summary>
    public string? Version { get; init; }
}
