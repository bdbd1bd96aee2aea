using Endpoints.CompilerServices;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Http;

namespace Endpoints.Routing;

/// <summary>
/// Stops the start of an application whose forms require an antiforgery token that nothing validates: each request to them would fail.
/// </summary>
internal static class AntiforgeryMiddleware
{
    private const string IsUsed = "__AntiforgeryMiddlewareSet"; // what UseAntiforgery() leaves in the application's properties

    /// <param name="endpoints">All endpoints.</param>
    /// <param name="properties">The application's properties, after all of its middleware is added.</param>
    /// <exception cref="InvalidOperationException">
    /// An endpoint file requires a token, and the application doesn't use antiforgery.
    /// </exception>
    public static void Demand(IReadOnlyList<Endpoint> endpoints, IDictionary<string, object?> properties)
    {
        if (properties.ContainsKey(IsUsed))
            return;
        var demanding = endpoints.FirstOrDefault(static endpoint =>
            endpoint.Metadata.GetMetadata<FileRoute>() is not null
                && endpoint.Metadata.GetMetadata<IAntiforgeryMetadata>() is { RequiresValidation: true });
        if (demanding?.Metadata.GetMetadata<FileRoute>() is { } file)
        {
            throw new InvalidOperationException(
                $"{file.File} takes a form with an antiforgery token, and nothing validates it. Call app.UseAntiforgery() in Program.cs, "
                + "put "
                + "[RequireAntiforgeryToken(required: false)] on the handler, or leave FileRouteOptions.CheckOrigin on, which does "
                    + "without tokens.");
        }
    }
}
