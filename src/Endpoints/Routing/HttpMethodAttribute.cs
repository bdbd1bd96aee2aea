using Endpoints.Shared.Naming;

namespace Endpoints;

/// <summary>
/// Specifies the HTTP method that a public method of an endpoint file's class handles, if its name does not:
/// <c>[HttpMethod("PROPFIND")]</c>.
/// </summary>
/// <remarks>
/// A method named after an HTTP method needs no attribute. One that has both handles both. <c>ALL</c> stands for every method that the file
/// does not name. Mirrors the exports of an Astro endpoint, which may have the name of any HTTP method.
/// </remarks>
[AttributeUsage(AttributeTargets.Method, AllowMultiple = true)]
public sealed class HttpMethodAttribute : Attribute
{
    /// <summary>Initializes a new instance of the <see cref="HttpMethodAttribute"/> class with the specified HTTP method.</summary>
    /// <param name="method">
    /// The method: a token of letters, digits and <c>!#$%&amp;'*+-.^_`|~</c>. It is matched without regard to letter case, as in ASP.NET
    /// Core.
    /// </param>
    /// <exception cref="ArgumentNullException"><paramref name="method"/> is null.</exception>
    /// <exception cref="ArgumentException"><paramref name="method"/> is empty or contains another character.</exception>
    public HttpMethodAttribute(string method)
    {
        ArgumentNullException.ThrowIfNull(method);
        if (!HttpToken.IsValid(method))
            throw new ArgumentException("An HTTP method is a token: one or more letters, digits or !#$%&'*+-.^_`|~.", nameof(method));
        Method = method.ToUpperInvariant();
    }

    /// <summary>Gets the HTTP method, in upper case.</summary>
    public string Method { get; }
}
