namespace Endpoints;

/// <summary>
/// Specifies the order in which a browser drops cookies when there are too many. Mirrors the cookie attribute <c>Priority</c>.
/// </summary>
public enum ApiCookiePriority
{
    /// <summary>The cookie is dropped first.</summary>
    Low,

    /// <summary>The browser's default if no priority is set.</summary>
    Medium,

    /// <summary>The cookie is dropped last.</summary>
    High,
}
