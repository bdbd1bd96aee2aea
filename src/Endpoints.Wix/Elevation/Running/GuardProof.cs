using System.Reflection;
using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Abstractions;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Endpoints.Wix.Elevation.Running;

/// <summary>
/// Determines whether the guards of an endpoint with <c>[Elevate]</c> run, from what the endpoint would call and not from its metadata.
/// </summary>
internal static class GuardProof
{
    private const string GuardsNothing =
        "[Elevate] has no effect on it. On a minimal API or a route group call .Elevate(Callers...) instead of writing the attribute.";

    private const string Replaced =
        "something has replaced its request delegate after the guards were put around it. Wrap the delegate that is there, before "
        + ".Elevate(...).";

    private const string NeverAsked =
        "Check can't be asked: what answers this endpoint runs no endpoint filters (as proxies and components don't), or a convention "
        + "has replaced it. "
        + "Let a handler decide, on an endpoint of its own, or guard with Callers and Policy.";

    private const string Overtaken = "a filter was put between the grant and the handler. Add filters with AddEndpointFilter.";

    private const string Taken = "a convention has taken the metadata of its guards away. Remove what it means by its type.";

    private static readonly ConditionalWeakTable<Endpoint, StrongBox<string?>> Known = [];

    /// <summary>Returns the reason for which an endpoint must not run; <see langword="null"/> if it may.</summary>
    public static string? Fault(Endpoint endpoint) => Known.GetValue(
        endpoint,
        static endpoint => new(endpoint.Metadata.GetMetadata<GuardedEndpoint>() is { } guarded
            ? Find(endpoint, guarded)
            : endpoint.Metadata.GetMetadata<IElevationRule>() is not null || IsOnClass(endpoint) ? GuardsNothing : null)).Value;

    /// <summary>
    /// Returns the reason for which an endpoint must not run although nothing says that it is guarded; <see langword="null"/> if there is
    /// none. Its guards are those of no other endpoint that calls them, so that nothing else shows them.
    /// </summary>
    /// <param name="endpoint">The endpoint.</param>
    /// <param name="shown">The names of the guards that are in the metadata of any endpoint.</param>
    public static string? Hidden(Endpoint endpoint, IReadOnlySet<string> shown) =>
        endpoint.Metadata.GetMetadata<GuardedEndpoint>() is null
        && Reach.Has(endpoint.RequestDelegate, step => step.Target is GuardStep { Guarded: var guarded } && !shown.Contains(guarded.Name))
            ? Taken : null;

    /// <summary>Returns the reason for which the delegate behind the guards must not run; <see langword="null"/> if it may.</summary>
    public static string? FaultBehind(GuardedEndpoint guarded, RequestDelegate next)
    {
        if (guarded.IsAction)
            return Reach.Has(next, IsMvc) ? null : guarded.Check is null ? null : NeverAsked;
        if (guarded.Grant is { } grant
            && Reach.Has(next, step => step.Target is GrantStep { Owner: var owner } && ReferenceEquals(owner, grant)))
            return grant.IsOvertaken ? Overtaken : null;
        return guarded.Check is null ? null : NeverAsked;
    }

    // A minimal API has the attributes of the method that is mapped, and none of its class. That of a lambda is inside its class.
    private static bool IsOnClass(Endpoint endpoint)
    {
        var type = (endpoint.Metadata.GetMetadata<MethodInfo>() ?? endpoint.RequestDelegate?.Method)?.DeclaringType;
        while (type is not null && !type.GetCustomAttributes(inherit: true).Any(static attribute => attribute is IElevationRule))
            type = type.DeclaringType;
        return type is not null;
    }

    private static string? Find(Endpoint endpoint, GuardedEndpoint guarded)
    {
        GuardStep? guards = null;
        if (Reach.Has(endpoint.RequestDelegate,
            step => step.Target is GuardStep found && ReferenceEquals(found.Guarded, guarded) && (guards = found) is not null))
            return guards!.Fault;
        // An action and a page have their guards among their filters.
        return endpoint.Metadata.GetMetadata<ActionDescriptor>() is { } action && action.Properties.ContainsKey(typeof(GuardedEndpoint))
            && Reach.Has(endpoint.RequestDelegate, IsMvc)
            ? null
            : Replaced;
    }

    private static bool IsMvc(Delegate step) => step.Method.DeclaringType?.Assembly is { } assembly
        && (assembly == typeof(ControllerBase).Assembly || assembly == typeof(PageActionDescriptor).Assembly);
}
