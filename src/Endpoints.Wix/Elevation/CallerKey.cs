namespace Endpoints.Wix.Elevation;

/// <summary>The key of a confirmed caller. Ids are a site's own: on another site the same one is somebody else.</summary>
internal readonly record struct CallerKey(Callers Kind, string? SiteId, string Id);
