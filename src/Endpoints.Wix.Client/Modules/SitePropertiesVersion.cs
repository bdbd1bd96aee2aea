namespace Endpoints.Wix;

/// <summary>What Wix answers to a change of the site's properties.</summary>
public sealed record SitePropertiesVersion
{
    /// <summary>The version after the change; null when Wix does not say.</summary>
    public string? Version { get; init; }
}
