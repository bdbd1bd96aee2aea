using Endpoints.Shared.Naming;

namespace Endpoints;

/// <summary>Makes a public method of an endpoint file's class answer an HTTP method that its name does not say: <c>[HttpMethod("PROPFIND")]</c>.</summary>
/// <remarks>
/// A method named after an HTTP method needs none. One that has both answers both. <c>ALL</c> stands for every method the file does not name.
/// Mirrors the exports of an Astro endpoint, which may have the name of any HTTP method.
/// </remarks>
[AttributeUsage(AttributeTargets.Method, AllowMultiple = true)]
public sealed class HttpMethodAttribute : Attribute
{
    /// <summary>Names an HTTP method.</summary>
    /// <param name="method">A token of letters, digits and <c>!#$%&amp;'*+-.^_`|~</c>. It is matched without regard to letter case, as ASP.NET Core does.</param>
    /// <exception cref="ArgumentNullException"><paramref name="method"/> is null.</exception>
    /// <exception cref="ArgumentException"><paramref name="method"/> is empty or has another character.</exception>
    public HttpMethodAttribute(string method)
    {
        ArgumentNullException.ThrowIfNull(method);
        if (!HttpToken.IsValid(method))
            throw new ArgumentException("An HTTP method is a token: one or more letters, digits or !#$%&'*+-.^_`|~.", nameof(method));
        Method = method.ToUpperInvariant();
    }

    /// <summary>The HTTP method, in upper case.</summary>
    public string Method { get; }
}
