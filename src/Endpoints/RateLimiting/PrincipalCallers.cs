using System.Security.Claims;
using Microsoft.AspNetCore.Http;

namespace Endpoints.RateLimiting;

/// <summary>Identifies callers by the claims of the user that the application's authentication has verified.</summary>
internal sealed class PrincipalCallers : IRateLimitCallers
{
    public ValueTask<RateLimitCaller> IdentifyAsync(HttpContext context, CancellationToken cancellationToken)
    {
        foreach (var identity in context.User.Identities)
        {
            if (!identity.IsAuthenticated)
                continue;
            var id = Value(identity, ClaimTypes.NameIdentifier) ?? Value(identity, "sub") ?? identity.Name;
            return new(new RateLimitCaller(identity.AuthenticationType, id)
            {
                Member = id,
                Tenant = Value(identity, "http://schemas.microsoft.com/identity/claims/tenantid") ?? Value(identity, "tid"),
                Client = Value(identity, "client_id") ?? Value(identity, "azp") ?? Value(identity, "appid"),
            });
        }

        return default;
    }

    private static string? Value(ClaimsIdentity identity, string type) =>
        identity.FindFirst(type)?.Value is { Length: > 0 } value ? value : null;
}
