using Endpoints.Problems;
using Endpoints.Routing;
using Endpoints.Wix.Webhooks.Signatures;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.AspNetCore.Routing;

namespace Endpoints.Wix.Webhooks.Receiving;

/// <summary>Maps an address that Wix calls, and keeps away what the application has for browsers.</summary>
/// <remarks>
/// No login or antiforgery token of a site stands behind a call of Wix: its signature does. A limit for all addresses counts Wix as
/// one client, and is off unless the application names one for these.
/// </remarks>
internal sealed class SignedAddress : IEndpointGuardMetadata, IAntiforgeryMetadata
{
    private readonly SignedCallKind _kind;

    private SignedAddress(SignedCallKind kind) => _kind = kind;

    public bool RequiresValidation => false;

    /// <summary>Maps an address for all methods, so that no catch-all route of the application handles the others.</summary>
    public static void Map(IEndpointRouteBuilder endpoints, string pattern, SignedCallKind kind, string name, RequestDelegate receive) =>
        endpoints.Map(pattern, context =>
            {
                if (context.Request.Method == HttpMethods.Post)
                    return receive(context);
                context.Response.Headers.Allow = HttpMethods.Post;
                return ProblemWriter.WriteAsync(context, RequestProblems.MethodNotAllowed);
            })
            .WithDisplayName(name)
            .WithMetadata(new SignedAddress(kind), new AllowAnonymousAttribute(), OwnAddressMetadata.Instance)
            .ExcludeFromDescription()
            .Finally(LeaveOutLimits);

    /// <inheritdoc/>
    public IReadOnlyList<EndpointGuard> Describe() =>
    [
        new("Signature", _kind == SignedCallKind.Event
            ? "Wix's, with the app's key" : "Wix's, with the app's key, for this app and this plugin"),
    ];

    /// <summary>Leaves out the limits of the framework's middleware, unless the application names one.</summary>
    public static void LeaveOutLimits(EndpointBuilder builder)
    {
        if (!builder.Metadata.Any(static item => item is EnableRateLimitingAttribute))
            builder.Metadata.Add(new DisableRateLimitingAttribute());
    }
}
