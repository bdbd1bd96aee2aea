namespace Endpoints.Wix;

/// <summary>A site's properties at one moment.</summary>
public sealed record SitePropertiesSnapshot
{
    /// <summary>The properties that were asked for.</summary>
    public required SitePropertiesValues Properties { get; init; }

    /// <summary>Grows with each change.</summary>
    public string? Version { get; init; }
}
