using System.ComponentModel;

namespace Endpoints.CompilerServices;

/// <summary>Represents an HTTP method that an endpoint file answers, and the method of its class that does so.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed record FileRouteMethod
{
    /// <summary>
    /// The value of <see cref="HttpMethod"/> that stands for every method the file does not name. Mirrors Astro's <c>ALL</c>.
    /// </summary>
    public const string All = "ALL";

    /// <summary>Initializes a method.</summary>
    /// <param name="httpMethod">The HTTP method in upper case (<c>GET</c>), or <see cref="All"/> for every method the file does not
    /// name.</param>
    /// <param name="name">The name of the C# method.</param>
    public FileRouteMethod(string httpMethod, string name)
    {
        ArgumentException.ThrowIfNullOrEmpty(httpMethod);
        ArgumentException.ThrowIfNullOrEmpty(name);
        HttpMethod = httpMethod;
        Name = name;
    }

    /// <summary>Gets the HTTP method in upper case (<c>GET</c>), or <see cref="All"/> for every method the file does not name.</summary>
    public string HttpMethod { get; }

    /// <summary>Gets the name of the C# method.</summary>
    public string Name { get; }
}
