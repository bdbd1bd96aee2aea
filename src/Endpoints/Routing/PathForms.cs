using Endpoints.Naming;

namespace Endpoints.Routing;

/// <summary>Reads a <see cref="RequestPath"/>.</summary>
internal static class RequestPaths
{
    /// <summary>How many kinds of paths can belong to a file.</summary>
    public const int Kinds = (int)RequestPath.Broken;

    public static RequestPath Read(string? path, TrailingSlash setting) =>
        path?.Contains("//", StringComparison.Ordinal) == true ? RequestPath.Broken : ReadWhole(path, setting);

    /// <summary>Reads a path that is not <see cref="RequestPath.Broken"/>.</summary>
    public static RequestPath ReadWhole(string? path, TrailingSlash setting)
    {
        if (path is null || path.Length <= 1)
            return RequestPath.Root;
        if (path[^1] == '/')
            return RequestPath.Slashed;
        return setting == TrailingSlash.Always && RouteSegments.EndsLikeFile(path) ? RequestPath.FileLike : RequestPath.Plain;
    }

    /// <summary>The path that files are matched against: without trailing slash, the root empty.</summary>
    public static ReadOnlySpan<char> Matched(string? path) => string.IsNullOrEmpty(path) ? default : path[^1] == '/' ? path.AsSpan(0, path.Length - 1) : path;

    /// <summary>Whether a file may answer, or be redirected to, for such a path.</summary>
    public static bool Admits(RequestPath path, TrailingSlash setting, bool neverTakesTrailingSlash) => (path, setting) switch
    {
        (RequestPath.Broken, _) => false,
        (RequestPath.Root, _) => true,
        (RequestPath.FileLike, TrailingSlash.Always) => neverTakesTrailingSlash,
        (_, TrailingSlash.Always) => !neverTakesTrailingSlash,
        (RequestPath.Slashed, TrailingSlash.Ignore) => !neverTakesTrailingSlash,
        _ => true,
    };

    /// <summary>Whether the client is sent to the other form of the path instead of being answered.</summary>
    public static bool Redirects(RequestPath path, TrailingSlash setting) =>
        (path, setting) is (RequestPath.Plain, TrailingSlash.Always) or (RequestPath.Slashed, TrailingSlash.Never);
}
