namespace Endpoints;

/// <summary>What becomes of a trailing slash in a request's path. Mirrors Astro's <c>trailingSlash</c>.</summary>
/// <remarks>
/// Under every value a file whose route ends like a file name (<c>data.json.cs</c>, <c>[slug].json.cs</c>) answers only without a trailing slash, and a
/// path with more than one trailing slash, or with an empty segment inside, belongs to no file.
/// </remarks>
public enum TrailingSlash
{
    /// <summary>A file answers with and without a trailing slash; the slash is part of no parameter.</summary>
    Ignore,

    /// <summary>A file answers with a trailing slash; without one the client is redirected, unless the path ends like a file name.</summary>
    Always,

    /// <summary>A file answers without a trailing slash; with one the client is redirected.</summary>
    Never,
}
