namespace Endpoints.Routing;

/// <summary>Specifies the form of a request's path by its slashes, before anything is matched.</summary>
internal enum PathForm
{
    /// <summary>No trailing slash.</summary>
    Plain,

    /// <summary>
    /// No trailing slash, and the last segment ends like a file name. Distinguished only under <see cref="TrailingSlash.Always"/>.
    /// </summary>
    FileLike,

    /// <summary>One trailing slash.</summary>
    Slashed,

    /// <summary>The root, which has no slash to add or remove.</summary>
    Root,

    /// <summary>An empty segment inside, or more than one trailing slash. It belongs to no file.</summary>
    Broken,
}
