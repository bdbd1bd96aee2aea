using Microsoft.AspNetCore.Http;

namespace Endpoints;

/// <summary>The attributes of a cookie. None is sent unless it is set here. Mirrors Astro's <c>AstroCookieSetOptions</c>.</summary>
public sealed class ApiCookieOptions
{
    /// <summary>The domain whose subdomains get the cookie too; null is the request's host alone.</summary>
    public string? Domain { get; set; }

    /// <summary>The path below which the cookie is sent; null is the folder of the request's path.</summary>
    public string? Path { get; set; }

    /// <summary>When the cookie ends; null is with the browser's session.</summary>
    public DateTimeOffset? Expires { get; set; }

    /// <summary>How long the cookie lasts, in whole seconds; zero or less ends it at once. It outranks <see cref="Expires"/>.</summary>
    public TimeSpan? MaxAge { get; set; }

    /// <summary>Whether scripts of the page can't read the cookie. The default is false.</summary>
    public bool HttpOnly { get; set; }

    /// <summary>Whether the cookie is sent over encrypted connections only. The default is false.</summary>
    public bool Secure { get; set; }

    /// <summary>Whether the cookie is kept apart for each site that embeds this one. The default is false.</summary>
    public bool Partitioned { get; set; }

    /// <summary>Which cookies the browser drops first; null leaves it out.</summary>
    public ApiCookiePriority? Priority { get; set; }

    /// <summary>With which requests of other sites the cookie is sent. The default, <see cref="SameSiteMode.Unspecified"/>, leaves it out.</summary>
    public SameSiteMode SameSite { get; set; } = SameSiteMode.Unspecified;
}
