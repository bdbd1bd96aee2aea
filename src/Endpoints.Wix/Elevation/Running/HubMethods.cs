using System.Reflection;
using System.Runtime.CompilerServices;
using FluentValidation;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.DependencyInjection;

namespace Endpoints.Wix.Elevation.Running;

/// <summary>
/// Finds attributes of hubs that have no effect: <c>[Elevate]</c> on a method, and validators of arguments where the hub is elevated.
/// </summary>
internal static class HubMethods
{
    /// <summary>Returns the fault of an endpoint's hub, for the check at startup; <see langword="null"/> if there is none.</summary>
    public static string? Fault(Endpoint endpoint, IServiceProvider services)
    {
        // By name, so that the assembly of hubs is loaded for hubs only.
        foreach (var item in endpoint.Metadata)
        {
            if (item.GetType().FullName == "Microsoft.AspNetCore.SignalR.HubMetadata")
                return FaultOf(item,
                    endpoint.Metadata.GetMetadata<GuardedEndpoint>() is null ? null : services.GetService<IServiceProviderIsService>());
        }

        return null;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static string? FaultOf(object hub, IServiceProviderIsService? validators)
    {
        foreach (var method in ((HubMetadata)hub).HubType.GetMethods())
        {
            if (method.GetCustomAttributes().Any(static attribute => attribute is IElevationRule))
                return $"a hub's method can't be guarded by itself. Take the attribute from {method.Name}, and map the hub with "
                    + ".Elevate(Callers...).";
            if (validators is not null
                && Array.Find(method.GetParameters(),
                    parameter => parameter.ParameterType is { IsByRef: false, IsPointer: false, IsByRefLike: false }
                        && validators.IsService(typeof(IValidator<>).MakeGenericType(parameter.ParameterType))) is { } argument)
                return $"nothing validates the argument '{argument.Name}' of the hub's method {method.Name}. Validate in the method, and "
                    + "take a type that has no validator.";
        }

        return null;
    }
}
