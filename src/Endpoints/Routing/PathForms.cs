using Endpoints.Shared.Naming;

namespace Endpoints.Routing;

/// <summary>Reads and interprets a <see cref="PathForm"/>.</summary>
internal static class PathForms
{
    /// <summary>The number of forms of paths that can belong to a file.</summary>
    public const int Kinds = (int)PathForm.Broken;

    public static PathForm Read(string? path, TrailingSlash setting) =>
        path?.Contains("//", StringComparison.Ordinal) == true ? PathForm.Broken : ReadWhole(path, setting);

    /// <summary>Reads a path that is not <see cref="PathForm.Broken"/>.</summary>
    public static PathForm ReadWhole(string? path, TrailingSlash setting)
    {
        if (path is null || path.Length <= 1)
            return PathForm.Root;
        if (path[^1] == '/')
            return PathForm.Slashed;
        return setting == TrailingSlash.Always && RouteSegments.EndsLikeFile(path) ? PathForm.FileLike : PathForm.Plain;
    }

    /// <summary>Returns the path that files are matched against: without trailing slash, and empty for the root.</summary>
    public static ReadOnlySpan<char> Matched(string? path) =>
        string.IsNullOrEmpty(path) ? default : path[^1] == '/' ? path.AsSpan(0, path.Length - 1) : path;

    /// <summary>Determines whether a file may handle, or be the target of a redirect for, such a path.</summary>
    public static bool Admits(PathForm path, TrailingSlash setting, bool neverTakesTrailingSlash) => (path, setting) switch
    {
        (PathForm.Broken, _) => false,
        (PathForm.Root, _) => true,
        (PathForm.FileLike, TrailingSlash.Always) => neverTakesTrailingSlash,
        (_, TrailingSlash.Always) => !neverTakesTrailingSlash,
        (PathForm.Slashed, TrailingSlash.Ignore) => !neverTakesTrailingSlash,
        _ => true,
    };

    /// <summary>Determines whether the client is redirected to the other form of the path.</summary>
    public static bool Redirects(PathForm path, TrailingSlash setting) =>
        (path, setting) is (PathForm.Plain, TrailingSlash.Always) or (PathForm.Slashed, TrailingSlash.Never);
}
