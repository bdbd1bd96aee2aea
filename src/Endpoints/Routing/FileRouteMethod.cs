namespace Endpoints;

/// <summary>Represents an HTTP method that an endpoint file handles, and the C# method that handles it.</summary>
/// <param name="HttpMethod">
/// The HTTP method in upper case (<c>GET</c>), or <see cref="All"/> for every method that the file does not name.
/// </param>
/// <param name="Name">The name of the C# method.</param>
public sealed record FileRouteMethod(string HttpMethod, string Name)
{
    /// <summary>The value of <see cref="HttpMethod"/> for every method that the file does not name. Mirrors Astro's <c>ALL</c>.</summary>
    public const string All = "ALL";
}
