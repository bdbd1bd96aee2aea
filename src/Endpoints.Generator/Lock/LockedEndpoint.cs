namespace Endpoints.Generator.Lock;

/// <summary>An elevated endpoint and its guards, as one entry of the guard lock.</summary>
/// <remarks>A value that only the running application knows stands there as <c>?</c>.</remarks>
/// <param name="Method">The HTTP method in upper case, or <c>ALL</c>.</param>
/// <param name="Route">The route as it is written: Astro's notation for endpoint files, ASP.NET Core's for the rest.</param>
internal sealed record LockedEndpoint(string Method, string Route)
{
    /// <summary>Who may call, in the order of the enumeration.</summary>
    public EquatableArray<string> Callers { get; init; }

    /// <summary>The rate limit; null for none.</summary>
    public string? Limit { get; init; }

    /// <summary>The authorization policies that <c>[Elevate]</c> names.</summary>
    public EquatableArray<string> Policies { get; init; }

    /// <summary>What <c>[Authorize]</c> demands besides.</summary>
    public EquatableArray<string> Authorize { get; init; }

    /// <summary>The resource checks, by their full type names.</summary>
    public EquatableArray<string> Checks { get; init; }

    /// <summary>The calls to Wix that elevation is limited to; null for all.</summary>
    public EquatableArray<string>? Only { get; init; }

    /// <summary>Every other setting of <c>[Elevate]</c>, as <c>Name=value</c>.</summary>
    public EquatableArray<string> Settings { get; init; }

    /// <summary>The endpoint as a message names it.</summary>
    public string Name => $"{Method} {Route}";
}
