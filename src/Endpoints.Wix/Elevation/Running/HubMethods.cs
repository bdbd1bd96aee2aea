using System.Reflection;
using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.SignalR;

namespace Endpoints.Wix.Elevation.Running;

/// <summary>Finds <c>[Elevate]</c> on a hub's methods, where nothing reads it.</summary>
internal static class HubMethods
{
    /// <summary>What is wrong with an endpoint's hub, for the start; null for nothing.</summary>
    public static string? Fault(Endpoint endpoint)
    {
        // By name, so that the assembly of hubs is loaded for hubs only.
        foreach (var item in endpoint.Metadata)
        {
            if (item.GetType().FullName == "Microsoft.AspNetCore.SignalR.HubMetadata")
                return FaultOf(item);
        }

        return null;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static string? FaultOf(object hub)
    {
        var method = ((HubMetadata)hub).HubType.GetMethods().FirstOrDefault(static method => method.IsDefined(typeof(ElevateAttribute)));
        return method is null ? null : $"a hub's method can't be guarded by itself. Take the attribute from {method.Name}, and map the hub with .Elevate(Callers...).";
    }
}
