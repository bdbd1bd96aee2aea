using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace Endpoints.Routing;

/// <summary>Finds what answers a request's method, once the file is known.</summary>
/// <param name="methods">What answers the methods that are named.</param>
/// <param name="otherwise">What answers any other method.</param>
/// <param name="preflights">What answers a CORS preflight that asks for one of these methods; other preflights are answered as OPTIONS.</param>
/// <typeparam name="T">The answer: an endpoint, or where the matcher goes on.</typeparam>
internal sealed class MethodMap<T>(KeyValuePair<string, T>[] methods, T otherwise, KeyValuePair<string, T>[] preflights)
{
    /// <summary>The preflight of a method that the file does not name.</summary>
    public const string AnyOther = "*";

    /// <remarks>Letter case makes no difference, as everywhere in ASP.NET Core's routing.</remarks>
    public T Find(HttpContext context)
    {
        var method = context.Request.Method;
        if (preflights.Length > 0 && HttpMethods.IsOptions(method) && FindPreflight(context) is { } preflight)
            return preflight.Value;

        foreach (var (name, answer) in methods)
        {
            if (HttpMethods.Equals(name, method))
                return answer;
        }
        return otherwise;
    }

    public MethodMap<TOther> Select<TOther>(Func<T, TOther> selector) => new(
        [.. methods.Select(method => KeyValuePair.Create(method.Key, selector(method.Value)))],
        selector(otherwise),
        [.. preflights.Select(preflight => KeyValuePair.Create(preflight.Key, selector(preflight.Value)))]);

    private KeyValuePair<string, T>? FindPreflight(HttpContext context)
    {
        var headers = context.Request.Headers;
        if (StringValues.IsNullOrEmpty(headers.Origin) || headers.AccessControlRequestMethod is not [{ Length: > 0 } asked])
            return null;

        KeyValuePair<string, T>? other = null;
        foreach (var preflight in preflights)
        {
            if (HttpMethods.Equals(preflight.Key, asked))
                return preflight;
            if (preflight.Key == AnyOther)
                other = preflight;
        }
        return other is not null && !methods.Any(method => HttpMethods.Equals(method.Key, asked)) ? other : null;
    }
}
