using System.Diagnostics.CodeAnalysis;
using Endpoints.Conventions;
using Endpoints.RateLimiting.Enforcing;
using Endpoints.Wix.Elevation;
using Endpoints.Wix.Elevation.Actions;
using Endpoints.Wix.Elevation.Conventions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.Extensions.DependencyInjection;

namespace Endpoints.Wix;

/// <summary>Lets an endpoint's handler act as the app at Wix, and says who may call it. There is no default: callers are always named in full.</summary>
/// <remarks>
/// <para>
/// Mirrors <c>auth.elevate()</c>, with a guard in front. On an endpoint file's class or method, and X; on a minimal API or a route group call <c>.Elevate(...)</c>. One that guards nothing stops the application at start. The nearest one counts: the method's before the
/// class's before the folder's.
/// </para>
/// <para>
/// In this order: the limit per client address; who is calling (503 when Wix can't be asked, 401 when it does not accept the token); that a session
/// is used for changes from the site's own pages only (403); that the caller is one of <see cref="Callers"/> and meets <see cref="Policy"/> (401
/// or 403); the limit per caller. Only then is the request bound and validated, the <see cref="Check"/> asked (404), and the handler called. From there to the handler's end
/// <see cref="WixAuth.Elevate{T}(T)"/> and <see cref="ElevatedWixClient"/> work. The response is not stored, unless the handler sets
/// <c>Cache-Control</c>.
/// </para>
/// </remarks>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method)]
public sealed class ElevateAttribute : Attribute, ILastConvention, ITakesLimits, IFilterFactory, IOrderedFilter, IElevationRule, IOnlyDefinedValues
{
    /// <summary>Guards the endpoint.</summary>
    /// <param name="callers">Who may call: one or more kinds, such as <c>Callers.Visitor | Callers.Member</c>.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="callers"/> names nobody, or something that is no kind of caller.</exception>
    public ElevateAttribute(Callers callers)
    {
        if (callers == 0 || (callers & ~GuardedEndpoint.AllCallers) != 0)
        {
            throw new ArgumentOutOfRangeException(
                nameof(callers), callers, "[Elevate] needs at least one kind of caller, and only Callers.Visitor, Member, User and App are kinds.");
        }

        Callers = callers;
    }

    /// <summary>Who may call.</summary>
    public Callers Callers { get; }

    /// <summary>
    /// How many requests are answered in how much time, as in <c>30/1m</c>: a count, and a number of <c>s</c>econds, <c>m</c>inutes,
    /// <c>h</c>ours or <c>d</c>ays; or several limits that all hold: <c>30/1m, 500/1d</c>. It holds for each client address (for IPv6, each network of 64 bits) before anything is done for the
    /// caller, and again for each caller who has a token. All methods of a route that the attribute stands for share it. Null, the default, for the rule <c>wix-elevated</c> alone: 6,000 a minute for each client address.
    /// </summary>
    public string? RateLimit { get; set; }

    /// <summary>The name of an ASP.NET Core authorization policy that the caller must meet as well; none by default.</summary>
    /// <remarks>It sees the Wix caller's claims, or those of the schemes that the policy itself names.</remarks>
    public string? Policy { get; set; }

    /// <summary>
    /// The calls that the handler may make as the app; null, the default, for all. Each is a method and a path, as in
    /// <c>GET /site-properties/*</c>: <c>*</c> stands for one segment, at the end for all that follow, and as the method for any.
    /// </summary>
    [SuppressMessage("Performance", "CA1819:Properties should not return arrays", Justification = "An attribute's property can have no other type.")]
    public string[]? Only { get; set; }

    /// <summary>
    /// What decides about the bound request, whether this order is the caller's own, say: a type that implements <see cref="IElevationCheck"/> and is
    /// registered as a service. Null, the default, for nothing.
    /// </summary>
    public Type? Check { get; set; }

    /// <summary>Whether <c>.Elevate(...)</c> made it, rather than an attribute in the code.</summary>
    internal bool IsConvention { get; init; }

    /// <summary>Puts the guards around the endpoint.</summary>
    /// <param name="builder">The endpoint.</param>
    /// <exception cref="InvalidOperationException">The application has not called <c>AddWix</c>, or a property is wrong.</exception>
    void IEndpointConvention.Apply(EndpointBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ElevationConvention.AddGrant(builder);
        ElevationConvention.AddGuards(builder);
    }

    /// <summary>The guards are an action's first filter.</summary>
    int IOrderedFilter.Order => int.MinValue;

    bool IFilterFactory.IsReusable => true;

    /// <summary>Makes the guards of an action.</summary>
    /// <exception cref="InvalidOperationException">The application has not called <c>AddWix</c>.</exception>
    IFilterMetadata IFilterFactory.CreateInstance(IServiceProvider serviceProvider) =>
        serviceProvider.GetService<ElevatedActionGuard>() ?? throw new InvalidOperationException(
            "[Elevate] on a controller: Wix is not set up. Call builder.Services.AddWix(builder.Configuration) in Program.cs.");
}
