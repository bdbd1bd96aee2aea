namespace Endpoints.Wix.Values;

/// <summary>What a confirmed caller is known by across requests. Ids are a site's own: on another site the same one is somebody else.</summary>
/// <param name="Kind">The kind of caller.</param>
/// <param name="Place">The caller's site, or the app's instance there where Wix does not name the site; null when it names neither.</param>
/// <param name="Id">The caller's id.</param>
internal readonly record struct CallerKey(Callers Kind, string? Place, string Id)
{
    public override string ToString() => $"{(int)Kind}\n{Place}\n{Id}";
}
