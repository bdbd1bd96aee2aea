using Microsoft.AspNetCore.Http;

namespace Endpoints.Wix.Identification;

/// <summary>Tells whether a request began what is going on here, also where it has ended since: work it left running, a hub that is called by long polling.</summary>
/// <remarks>The framework's own accessor forgets a request that has ended, and what it left looks like a job then.</remarks>
internal static class RequestFlow
{
    private static readonly object Mark = new();
    private static readonly AsyncLocal<object?> Current = new();

    public static bool IsHere => Current.Value is not null;

    /// <summary>Goes on with a request, and marks what it begins.</summary>
    public static Task Go(RequestDelegate next, HttpContext context)
    {
        var before = Current.Value;
        Current.Value = Mark;
        try
        {
            return next(context);
        }
        finally
        {
            Current.Value = before; // the server goes on with other requests
        }
    }
}
