namespace Endpoints.Shared.Naming;

/// <summary>
/// Represents the result of reading a file's path: a route, an excluded file, or the flaw because of which the path can't be a route.
/// </summary>
internal sealed class RouteName
{
    private static readonly RouteName Excluded = new(null, null);

    private RouteName(RouteSegments? route, NameFlaw? flaw) => (Route, Flaw) = (route, flaw);

    /// <summary>Gets the route, or <see langword="null"/> if the file is excluded or its name has a flaw.</summary>
    public RouteSegments? Route { get; }

    /// <summary>
    /// Gets the flaw because of which the path can't be a route, or <see langword="null"/> if it is a route or is excluded.
    /// </summary>
    public NameFlaw? Flaw { get; }

    /// <summary>
    /// Gets a value that indicates whether the file is excluded from endpoint files, because its name or that of a folder above it begins
    /// with <c>_</c> or <c>.</c>. A folder may be named <c>.well-known</c>.
    /// </summary>
    public bool IsExcluded => Route is null && Flaw is null;

    /// <summary>Parses the route of a file from its path.</summary>
    /// <remarks>
    /// Folder and file names are the segments of the route, in Unicode's composed form (NFC). A file named <c>index</c>, in lower case,
    /// adds no segment. Excluded files are excluded before any name is checked.
    /// </remarks>
    /// <param name="path">
    /// The path below the pages folder, without the file extension and with <c>/</c> as the separator: <c>api/products/[id]</c>.
    /// </param>
    public static RouteName Parse(string path)
    {
        var names = path.Split('/');
        if (names.Where((name, i) => IsLeftOut(name, isFolder: i < names.Length - 1)).Any())
            return Excluded;

        var count = names[names.Length - 1] == "index" ? names.Length - 1 : names.Length;
        var segments = names.Take(count).Select(NormalForm.Compose).ToArray();
        var route = RouteSegments.TryParse("/" + string.Join("/", segments), segments, out var flaw);
        return new RouteName(route, flaw);
    }

    private static bool IsLeftOut(string name, bool isFolder) =>
        name.Length > 0
            && (name[0] == '_' || (name[0] == '.' && !(isFolder && string.Equals(name, ".well-known", StringComparison.Ordinal))));
}
