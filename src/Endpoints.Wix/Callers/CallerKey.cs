namespace Endpoints.Wix.Identification;

/// <summary>What a confirmed caller is known by across requests. Ids are a site's own: on another site the same one is somebody else.</summary>
internal readonly record struct CallerKey(Callers Kind, string? SiteId, string Id)
{
    public override string ToString() => $"{(int)Kind}\n{SiteId}\n{Id}";
}
