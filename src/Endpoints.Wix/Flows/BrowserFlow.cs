using System.Diagnostics.CodeAnalysis;
using Microsoft.AspNetCore.Http;

namespace Endpoints.Wix.Flows;

/// <summary>What the addresses have in common between which browsers and Wix's pages go to and fro.</summary>
internal static class BrowserFlow
{
    /// <summary>Where the browser shall return to, by the one parameter that says so; the application's root by default.</summary>
    /// <returns>Whether it is an address on this site, given once.</returns>
    public static bool TryReadReturnAddress(HttpContext context, [NotNullWhen(true)] out string? returnTo, params ReadOnlySpan<string> names)
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

    /// <summary>A parameter's value; null when it is not there, and false when it is there more than once.</summary>
    public static bool TryReadOne(IQueryCollection query, string name, out string? value)
    {
        var values = query[name];
        value = values.Count == 1 ? values[0] ?? "" : null;
        return values.Count <= 1;
    }

    /// <summary>Sends the browser on.</summary>
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
