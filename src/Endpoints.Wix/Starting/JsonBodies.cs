using System.Text.Json;
using Endpoints.Wix.Binding;
using Endpoints.Wix.Elevation.Actions;
using Endpoints.Wix.Elevation.Bodies;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.AspNetCore.Mvc.Controllers;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Endpoints.Wix.Starting;

/// <summary>Finds handlers that would have JSON make what only the server makes, by options that can't refuse it as a fault of the client's.</summary>
/// <remarks>What the source generator wrote for a type knows of no constructor that it may not call, and finds fault with the type at the first request: the answer would be 500.</remarks>
internal static class JsonBodies
{
    /// <summary>What is wrong with an endpoint's handler, for the start; null for nothing.</summary>
    public static string? Fault(Endpoint endpoint, IServiceProvider services)
    {
        foreach (var (body, options) in Bodies(endpoint, services))
        {
            if (FormMembers.Find(body) is { } found && !IsRefused(found, options))
            {
                return $"The body of {endpoint.DisplayName} is {body.Name}, which has {found.Name}, and that is made by the server alone; the application's JsonSerializerContext can't say so to clients. "
                    + $"Take {found.Name} as a parameter of the handler's own.";
            }
        }

        return null;
    }

    private static IEnumerable<(Type Body, JsonSerializerOptions Options)> Bodies(Endpoint endpoint, IServiceProvider services)
    {
        if (endpoint.Metadata.GetMetadata<ControllerActionDescriptor>() is { } action)
        {
            return action.Parameters.Concat(action.BoundProperties).Where(static parameter => parameter.BindingInfo?.BindingSource == BindingSource.Body)
                .Select(parameter => (parameter.ParameterType, ElevatedActions.Json(services)));
        }

        return ElevatedBody.BoundType(endpoint.Metadata) is { } type ? [(type, services.GetRequiredService<IOptions<JsonOptions>>().Value.SerializerOptions)] : [];
    }

    private static bool IsRefused(Type type, JsonSerializerOptions options)
    {
        try
        {
            JsonSerializer.Deserialize("{}", type, options);
            return false; // somebody else makes one
        }
        catch (JsonException)
        {
            return true;
        }
        catch (Exception e) when (e is NotSupportedException or InvalidOperationException)
        {
            return false;
        }
    }
}
