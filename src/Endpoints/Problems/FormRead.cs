using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Endpoints.Problems;

/// <summary>
/// Returns the form that has been read of a request. It reads none itself, which would block a thread until the client has sent it.
/// </summary>
internal static class FormRead
{
    /// <returns>The form; null if none was read, or if the antiforgery middleware keeps it from everybody.</returns>
    public static IFormCollection? Of(HttpContext context) => IsKept(context) ? null : context.Features.Get<IFormFeature>()?.Form;

    /// <summary>Determines whether the antiforgery middleware has found no valid token, so that nobody may look at the form.</summary>
    public static bool IsKept(HttpContext context) => context.Features.Get<IAntiforgeryValidationFeature>() is { IsValid: false };
}
