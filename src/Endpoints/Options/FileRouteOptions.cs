namespace Endpoints;

/// <summary>How the file routes of an application are served. Mirrors the options of Astro that concern endpoints.</summary>
public sealed class FileRouteOptions
{
    /// <summary>What becomes of a trailing slash. The default is <see cref="TrailingSlash.Ignore"/>. Mirrors Astro's <c>trailingSlash</c>.</summary>
    public TrailingSlash TrailingSlash { get; set; }

    /// <summary>
    /// The path that all file routes lie under: <c>/docs</c>. The default is <c>/</c>. Plain text that begins with <c>/</c>, without parameters. Unlike
    /// with Astro's <c>base</c>, a path without it belongs to no file.
    /// </summary>
    public string BasePath { get; set; } = "/";

    /// <summary>
    /// Whether requests with another method than GET, HEAD and OPTIONS are refused with 403 when the browser says that another site sent them. The
    /// default is true. Mirrors Astro's <c>security.checkOrigin</c>.
    /// </summary>
    /// <remarks>
    /// A GET that opens a WebSocket or another connection, asks for a stream of events or has a body counts as a change. Looked at are <c>Sec-Fetch-Site</c> and <c>Origin</c>, whatever the content type. A request passes when it has neither (no browser sent it), when it
    /// has an <c>Authorization</c> header that a browser does not add by itself, or when the endpoint's CORS policy allows the origin.
    /// </remarks>
    public bool CheckOrigin { get; set; } = true;

    /// <summary>
    /// The site's public address (<c>https://example.com</c>), for <see cref="CheckOrigin"/> where a proxy hides it and for <c>ApiContext.Site</c>. The
    /// default is null: the request's scheme and host. Mirrors Astro's <c>site</c>.
    /// </summary>
    public Uri? Site { get; set; }
}
