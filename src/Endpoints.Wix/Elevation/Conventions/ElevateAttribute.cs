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

/// <summary>
/// Specifies that an endpoint's handler can act as the app at Wix, and which callers may call it. There is no default: callers are always
/// named in full.
/// </summary>
/// <remarks>
/// <para>
/// Mirrors <c>auth.elevate()</c>, with guards in front. Put the attribute on the class or method of an endpoint file, on an MVC controller
/// or action, or on the page model of a Razor Page. For a minimal API or a route group, call <c>.Elevate(...)</c>. An attribute that guards
/// nothing stops the application at startup. The nearest attribute applies: the method's takes precedence over the class's, and the class's
/// over the folder's.
/// </para>
/// <para>
/// The guards run in this order. The limit per client address is applied. The caller is identified (503 if Wix can't be queried, 401 if Wix
/// does not accept the token). A session must be used for changes only from the site's own pages (403). The caller must be one of
/// <see cref="Callers"/> and meet <see cref="Policy"/> (401 or 403). The limit per caller is applied. Only then is the request bound and
/// validated, the <see cref="Check"/> queried (404), and the handler called. From there until the handler ends,
/// <see cref="WixAuth.Elevate{T}(T)"/> and <see cref="ElevatedWixClient"/> can be used. The response is not stored, unless the handler sets
/// <c>Cache-Control</c>.
/// </para>
/// </remarks>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method)]
public sealed class ElevateAttribute
    : Attribute, ILastConvention, ITakesLimits, IFilterFactory, IOrderedFilter, IElevationRule, IOnlyDefinedValues
{
    /// <summary>Initializes a new instance of the <see cref="ElevateAttribute"/> class for the specified callers.</summary>
    /// <param name="callers">The kinds of callers that may call, at least one, such as <c>Callers.Visitor | Callers.Member</c>.</param>
    /// <exception cref="ArgumentOutOfRangeException">
    /// <paramref name="callers"/> names no kind of caller or contains an undefined value.
    /// </exception>
    public ElevateAttribute(Callers callers)
    {
        if (callers == 0 || (callers & ~GuardedEndpoint.AllCallers) != 0)
        {
            throw new ArgumentOutOfRangeException(
                nameof(callers), callers,
                "[Elevate] needs at least one kind of caller, and only Callers.Visitor, Member, User, App and Service are kinds.");
        }

        Callers = callers;
    }

    /// <summary>Gets the kinds of callers that may call.</summary>
    public Callers Callers { get; }

    /// <summary>Gets or sets the rate limit, such as <c>30/1m</c>.</summary>
    /// <value>
    /// A count and a period in <c>s</c>econds, <c>m</c>inutes, <c>h</c>ours or <c>d</c>ays, or several limits that all apply, such as
    /// <c>30/1m, 500/1d</c>. The default is <see langword="null"/>: only the rule <c>wix-elevated</c> applies, 6,000 requests per minute
    /// for each client address.
    /// </value>
    /// <remarks>
    /// The limit applies to each client address (for IPv6, each /64 network) before any work is done for the caller, and again to each
    /// caller that has a token. All methods of a route to which the attribute applies share it.
    /// </remarks>
    public string? RateLimit { get; set; }

    /// <summary>
    /// Gets or sets the name of an ASP.NET Core authorization policy that the caller must also meet. The default is <see langword="null"/>.
    /// </summary>
    /// <remarks>The policy is evaluated for the Wix caller's claims, or for those of the schemes that the policy itself names.</remarks>
    public string? Policy { get; set; }

    /// <summary>Gets or sets the calls that the handler may make as the app.</summary>
    /// <value>
    /// A method and a path for each call, such as <c>GET /site-properties/*</c>. <c>*</c> stands for one segment, at the end of the path
    /// for all segments that follow, and as the method for any method. The default is <see langword="null"/>, which allows all calls.
    /// </value>
    [SuppressMessage("Performance", "CA1819:Properties should not return arrays",
        Justification = "An attribute's property can have no other type.")]
    public string[]? Only { get; set; }

    /// <summary>
    /// Gets or sets the type of the check that decides about the bound request, such as whether an order is the caller's own.
    /// </summary>
    /// <value>
    /// A type that implements <see cref="IElevationCheck"/> and is registered as a service. The default is <see langword="null"/>: there is
    /// no check.
    /// </value>
    public Type? Check { get; set; }

    /// <summary>
    /// Gets or sets the name of the app, of several, that confirms the callers and that the handler acts as: that of
    /// <c>AddWix("shop", ...)</c>.
    /// </summary>
    /// <value>
    /// The default is <see langword="null"/>: the app whose <see cref="WixOptions.Hosts"/> the request was sent to, and otherwise the one
    /// without a name.
    /// </value>
    public string? App { get; set; }

    /// <summary>
    /// Gets a value that indicates whether <c>.Elevate(...)</c> created the instance, rather than an attribute in the code.
    /// </summary>
    internal bool IsConvention { get; init; }

    /// <summary>Gets a value that indicates whether it was added to one endpoint, where it is mapped.</summary>
    internal bool IsOfOne { get; init; }

    bool IElevationRule.IsOfOne => IsOfOne;

    /// <summary>Adds the guards to the endpoint.</summary>
    /// <param name="builder">The endpoint builder.</param>
    /// <exception cref="InvalidOperationException">The application has not called <c>AddWix</c>, or a property is invalid.</exception>
    void IEndpointConvention.Apply(EndpointBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ElevationConvention.AddGrant(builder);
        ElevationConvention.AddGuards(builder);
    }

    /// <summary>Gets the order of the guards, which are an action's first filter.</summary>
    int IOrderedFilter.Order => int.MinValue;

    bool IFilterFactory.IsReusable => true;

    /// <summary>Creates the guards of an action.</summary>
    /// <exception cref="InvalidOperationException">The application has not called <c>AddWix</c>.</exception>
    IFilterMetadata IFilterFactory.CreateInstance(IServiceProvider serviceProvider) =>
        serviceProvider.GetService<ElevatedActionGuard>() ?? throw new InvalidOperationException(
            "[Elevate] on a controller: Wix is not set up. Call builder.Services.AddWix(builder.Configuration) in Program.cs.");
}
