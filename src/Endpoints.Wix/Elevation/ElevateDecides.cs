using Microsoft.AspNetCore.Authorization;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Endpoints.Wix.Elevation;

/// <summary>Marks an endpoint as one that specifies its own callers, so that ASP.NET Core's fallback policy does not apply.</summary>
/// <remarks>
/// The fallback policy is for endpoints that specify nothing, and for the application's own users: it would send Wix's callers to the
/// application's login. Requirements of <c>[Authorize]</c> and <c>RequireAuthorization()</c> still apply.
/// </remarks>
internal sealed class ElevateDecides : IAuthorizationHandler, IAuthorizationRequirement
{
    private ElevateDecides()
    {
    }

    public static AuthorizationPolicy Policy { get; } = new([new ElevateDecides()], []);

    /// <summary>Adds the marker if there may be a fallback policy. Without one, it would only add cost.</summary>
    public static void AddTo(IList<object> metadata, IServiceProvider services)
    {
        if (!metadata.Contains(Policy) && MayHaveFallback(services))
            metadata.Add(Policy);
    }

    public Task HandleAsync(AuthorizationHandlerContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        context.Succeed(this);
        return Task.CompletedTask;
    }

    /// <summary>Returns the text for the list of endpoints.</summary>
    public override string ToString() => "by [Elevate]; the fallback policy is not asked";

    private static bool MayHaveFallback(IServiceProvider services)
    {
        if (services.GetService<IOptions<AuthorizationOptions>>()?.Value.FallbackPolicy is not null)
            return true;
        using var scope = services.CreateScope(); // the application's provider may be one for each request
        return scope.ServiceProvider.GetService<IAuthorizationPolicyProvider>() is { } provider
            && provider.GetType() != typeof(DefaultAuthorizationPolicyProvider);
    }
}
