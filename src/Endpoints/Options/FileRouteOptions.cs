namespace Endpoints;

/// <summary>Represents the options for the file routes of an application. Mirrors the options of Astro that concern endpoints.</summary>
public sealed class FileRouteOptions
{
    /// <summary>
    /// Gets or sets how a trailing slash is handled. The default is <see cref="TrailingSlash.Ignore"/>. Mirrors Astro's
    /// <c>trailingSlash</c>.
    /// </summary>
    public TrailingSlash TrailingSlash { get; set; }

    /// <summary>
    /// Gets or sets the path that all file routes are under, such as <c>/docs</c>: plain text that begins with <c>/</c>, without
    /// parameters. The default is <c>/</c>. Unlike with Astro's <c>base</c>, a path without it belongs to no file.
    /// </summary>
    public string BasePath { get; set; } = "/";

    /// <summary>
    /// Gets or sets a value that indicates whether requests with a method other than GET, HEAD and OPTIONS are rejected with 403 when the
    /// browser reports that another site sent them. The default is true. Mirrors Astro's <c>security.checkOrigin</c>.
    /// </summary>
    /// <remarks>
    /// A GET that opens a WebSocket or another connection, requests an event stream or has a body counts as a change. <c>Sec-Fetch-Site</c>
    /// and <c>Origin</c> are checked, whatever the content type. A request passes if it has neither (no browser sent it), if it has an
    /// <c>Authorization</c> header that a browser does not add by itself, or if the endpoint's CORS policy allows the origin.
    /// </remarks>
    public bool CheckOrigin { get; set; } = true;

    /// <summary>
    /// Gets or sets the site's public address (<c>https://example.com</c>), for <see cref="CheckOrigin"/> behind a proxy that hides it and
    /// for <c>ApiContext.Site</c>. The default is null: the request's scheme and host. Mirrors Astro's <c>site</c>.
    /// </summary>
    public Uri? Site { get; set; }
}
