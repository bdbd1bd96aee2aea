namespace Endpoints.Wix;

/// <summary>Represents Wix's answer to a change of the site's properties.</summary>
public sealed record SitePropertiesVersion
{
    /// <summary>Gets the version after the change; <see langword="null"/> if Wix did not specify one.</summary>
    public string? Version { get; init; }
}
