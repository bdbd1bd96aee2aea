namespace Endpoints;

/// <summary>An HTTP method that an endpoint file answers, and the method of its class that does so.</summary>
/// <param name="HttpMethod">The HTTP method in upper case (<c>GET</c>), or <see cref="All"/> for every method the file does not name.</param>
/// <param name="Name">The name of the C# method.</param>
public sealed record FileRouteMethod(string HttpMethod, string Name)
{
    /// <summary>The value of <see cref="HttpMethod"/> that stands for every method the file does not name. Mirrors Astro's <c>ALL</c>.</summary>
    public const string All = "ALL";
}
