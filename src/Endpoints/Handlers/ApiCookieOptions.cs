using Microsoft.AspNetCore.Http;

namespace Endpoints;

/// <summary>
/// Represents the attributes of a cookie. Only those that are set here are sent. Mirrors Astro's <c>AstroCookieSetOptions</c>.
/// </summary>
public sealed class ApiCookieOptions
{
    /// <summary>
    /// Gets or sets the domain whose subdomains also receive the cookie, or <see langword="null"/> for the request's host alone.
    /// </summary>
    public string? Domain { get; set; }

    /// <summary>
    /// Gets or sets the path under which the cookie is sent, or <see langword="null"/> for the folder of the request's path.
    /// </summary>
    public string? Path { get; set; }

    /// <summary>
    /// Gets or sets the time at which the cookie expires, or <see langword="null"/> to expire with the browser's session.
    /// </summary>
    public DateTimeOffset? Expires { get; set; }

    /// <summary>
    /// Gets or sets the lifetime of the cookie, in whole seconds. Zero or less expires it at once. Takes precedence over
    /// <see cref="Expires"/>.
    /// </summary>
    public TimeSpan? MaxAge { get; set; }

    /// <summary>Gets or sets a value that indicates whether the cookie is hidden from scripts of the page. The default is false.</summary>
    public bool HttpOnly { get; set; }

    /// <summary>
    /// Gets or sets a value that indicates whether the cookie is sent over encrypted connections only. The default is false.
    /// </summary>
    public bool Secure { get; set; }

    /// <summary>
    /// Gets or sets a value that indicates whether the cookie is kept separately for each site that embeds this one. The default is false.
    /// </summary>
    public bool Partitioned { get; set; }

    /// <summary>
    /// Gets or sets the priority with which the browser keeps the cookie, or <see langword="null"/> to omit the attribute.
    /// </summary>
    public ApiCookiePriority? Priority { get; set; }

    /// <summary>
    /// Gets or sets the cross-site requests with which the cookie is sent. The default, <see cref="SameSiteMode.Unspecified"/>, omits the
    /// attribute.
    /// </summary>
    public SameSiteMode SameSite { get; set; } = SameSiteMode.Unspecified;
}
