using Endpoints.Shared.Naming;

namespace Endpoints.Routing;

/// <summary>Reads a <see cref="PathForm"/>.</summary>
internal static class PathForms
{
    /// <summary>How many kinds of paths can belong to a file.</summary>
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

    /// <summary>The path that files are matched against: without trailing slash, the root empty.</summary>
    public static ReadOnlySpan<char> Matched(string? path) => string.IsNullOrEmpty(path) ? default : path[^1] == '/' ? path.AsSpan(0, path.Length - 1) : path;

    /// <summary>Whether a file may answer, or be redirected to, for such a path.</summary>
    public static bool Admits(PathForm path, TrailingSlash setting, bool neverTakesTrailingSlash) => (path, setting) switch
    {
        (PathForm.Broken, _) => false,
        (PathForm.Root, _) => true,
        (PathForm.FileLike, TrailingSlash.Always) => neverTakesTrailingSlash,
        (_, TrailingSlash.Always) => !neverTakesTrailingSlash,
        (PathForm.Slashed, TrailingSlash.Ignore) => !neverTakesTrailingSlash,
        _ => true,
    };

    /// <summary>Whether the client is sent to the other form of the path instead of being answered.</summary>
    public static bool Redirects(PathForm path, TrailingSlash setting) =>
        (path, setting) is (PathForm.Plain, TrailingSlash.Always) or (PathForm.Slashed, TrailingSlash.Never);
}
