namespace Endpoints.Shared.Naming;

/// <summary>What a file's path says of its route: the route, that it is left out, or why it can't be one.</summary>
internal sealed class RouteName
{
    private static readonly RouteName Excluded = new(null, null);

    private RouteName(RouteSegments? route, NameFlaw? flaw) => (Route, Flaw) = (route, flaw);

    /// <summary>The route; null when the file is left out or its name has a flaw.</summary>
    public RouteSegments? Route { get; }

    /// <summary>Why the path can't be a route; null when it is one or is left out.</summary>
    public NameFlaw? Flaw { get; }

    /// <summary>
    /// Whether the file is no endpoint file: its name or that of a folder above it begins with <c>_</c> or <c>.</c>. A folder may be called <c>.well-known</c>.
    /// </summary>
    public bool IsExcluded => Route is null && Flaw is null;

    /// <summary>Reads the route from a file's path.</summary>
    /// <remarks>
    /// Folder and file names are the route's segments, in Unicode's composed form (NFC); a file called <c>index</c>, in lower case, adds none. What is left
    /// out is left out before any name is checked.
    /// </remarks>
    /// <param name="path">The path below the pages folder, without the file's extension and with <c>/</c> between names: <c>api/products/[id]</c>.</param>
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
        name.Length > 0 && (name[0] == '_' || (name[0] == '.' && !(isFolder && string.Equals(name, ".well-known", StringComparison.Ordinal))));
}
