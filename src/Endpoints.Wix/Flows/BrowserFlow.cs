using System.Diagnostics.CodeAnalysis;
using Microsoft.AspNetCore.Http;

namespace Endpoints.Wix.Flows;

/// <summary>Provides methods for the endpoints between which browsers and Wix's pages redirect.</summary>
internal static class BrowserFlow
{
    /// <summary>
    /// Reads the address to which the browser returns, from the one parameter that is present. The default is the application's root.
    /// </summary>
    /// <returns>
    /// <see langword="true"/> if the address is on this site and specified at most once; otherwise, <see langword="false"/>.
    /// </returns>
    public static bool TryReadReturnAddress(HttpContext context, [NotNullWhen(true)] out string? returnTo,
        params ReadOnlySpan<string> names)
    {
        returnTo = null;
        string? given = null;
        foreach (var name in names)
        {
            // Two addresses are none: nobody knows which one was checked.
            if (!TryReadOne(context.Request.Query, name, out var value) || (given is not null && value is not null))
                return false;
            given ??= value;
        }

        return ReturnAddress.TryRead(given ?? context.Request.PathBase.ToUriComponent() + "/", out returnTo);
    }

    /// <summary>
    /// Reads a parameter's value; <see langword="null"/> if it is missing. Returns <see langword="false"/> if it occurs more than once.
    /// </summary>
    public static bool TryReadOne(IQueryCollection query, string name, out string? value)
    {
        var values = query[name];
        value = values.Count == 1 ? values[0] ?? "" : null;
        return values.Count <= 1;
    }

    /// <summary>Redirects the browser.</summary>
    public static void Redirect(HttpContext context, string location)
    {
        var response = context.Response;
        response.StatusCode = StatusCodes.Status302Found;
        response.Headers.Location = location;
        response.Headers.CacheControl = "no-store";
        // Where the browser goes must not learn the code and state of this address.
        response.Headers["Referrer-Policy"] = "no-referrer";
    }
}
