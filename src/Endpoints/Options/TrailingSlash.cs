namespace Endpoints;

/// <summary>Specifies how a trailing slash in a request's path is handled. Mirrors Astro's <c>trailingSlash</c>.</summary>
/// <remarks>
/// With every value, a file whose route ends like a file name (<c>data.json.cs</c>, <c>[slug].json.cs</c>) answers only without a trailing
/// slash, and a path with more than one trailing slash, or with an empty segment inside, belongs to no file.
/// </remarks>
public enum TrailingSlash
{
    /// <summary>A file answers with and without a trailing slash. The slash is part of no parameter.</summary>
    Ignore,

    /// <summary>
    /// A file answers with a trailing slash. Without one, the client is redirected, unless the path ends like a file name.
    /// </summary>
    Always,

    /// <summary>A file answers without a trailing slash. With one, the client is redirected.</summary>
    Never,
}
