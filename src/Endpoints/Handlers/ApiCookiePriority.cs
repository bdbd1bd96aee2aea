namespace Endpoints;

/// <summary>Which cookies a browser drops first when there are too many. Mirrors the cookie attribute <c>Priority</c>.</summary>
public enum ApiCookiePriority
{
    /// <summary>Dropped first.</summary>
    Low,

    /// <summary>What browsers take where nothing is said.</summary>
    Medium,

    /// <summary>Dropped last.</summary>
    High,
}
