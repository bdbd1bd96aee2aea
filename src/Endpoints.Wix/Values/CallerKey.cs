namespace Endpoints.Wix.Values;

/// <summary>
/// Identifies a confirmed caller across requests. Ids belong to a site: on another site, the same id is a different caller.
/// </summary>
/// <param name="Kind">The kind of caller.</param>
/// <param name="Place">
/// The caller's site, or the app's instance there if Wix does not name the site; <see langword="null"/> if it names neither.
/// </param>
/// <param name="Id">The caller's id.</param>
internal readonly record struct CallerKey(Callers Kind, string? Place, string Id)
{
    public override string ToString() => $"{(int)Kind}\n{Place}\n{Id}";
}
