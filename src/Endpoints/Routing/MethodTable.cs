using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace Endpoints.Routing;

/// <summary>Finds the answer of a file for a request's method, once the file is known.</summary>
/// <remarks>
/// The answers are numbered: those to <paramref name="methods"/>, the one to any other method, those to <paramref name="preflights"/>.
/// </remarks>
/// <param name="methods">The named methods.</param>
/// <param name="preflights">
/// The methods, possibly including <see cref="AnyOther"/>, whose CORS preflights have their own answers. Other preflights are answered as
/// OPTIONS.
/// </param>
internal sealed class MethodTable(string[] methods, string[] preflights)
{
    /// <summary>The preflight of a method that the file does not name.</summary>
    public const string AnyOther = "*";

    /// <returns>The number of the answer.</returns>
    /// <remarks>Letter case is ignored, as in all of ASP.NET Core's routing.</remarks>
    public int Find(HttpContext context)
    {
        var method = context.Request.Method;
        if (preflights.Length > 0 && HttpMethods.IsOptions(method) && FindPreflight(context) is >= 0 and var preflight)
            return methods.Length + 1 + preflight;

        var named = IndexOf(methods, method);
        return named < 0 ? methods.Length : named;
    }

    private int FindPreflight(HttpContext context)
    {
        var headers = context.Request.Headers;
        if (StringValues.IsNullOrEmpty(headers.Origin) || headers.AccessControlRequestMethod is not [{ Length: > 0 } asked])
            return -1;

        var own = IndexOf(preflights, asked);
        return own < 0 && IndexOf(methods, asked) < 0 ? Array.IndexOf(preflights, AnyOther) : own;
    }

    private static int IndexOf(string[] methods, string method)
    {
        for (var i = 0; i < methods.Length; i++)
        {
            if (HttpMethods.Equals(methods[i], method))
                return i;
        }
        return -1;
    }
}
