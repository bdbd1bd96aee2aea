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

/// <summary>
/// Finds handlers that would create from JSON what only the server creates, with options that can't refuse it as a client error.
/// </summary>
/// <remarks>
/// Source-generated code for a type has no constructor that it can call, and rejects the type at the first request: the response would have
/// status code 500.
/// </remarks>
internal static class JsonBodies
{
    /// <summary>Returns the fault of an endpoint's handler, for the check at startup; <see langword="null"/> if there is none.</summary>
    public static string? Fault(Endpoint endpoint, IServiceProvider services)
    {
        foreach (var (body, options) in Bodies(endpoint, services))
        {
            if (FormMembers.Find(body) is { } found && !IsRefused(found, options))
            {
                return $"The body of {endpoint.DisplayName} is {body.Name}, which has {found.Name}, and that is made by the server "
                    + "alone; the application's JsonSerializerContext can't say so to clients. "
                    + $"Take {found.Name} as a parameter of the handler's own.";
            }
        }

        return null;
    }

    private static IEnumerable<(Type Body, JsonSerializerOptions Options)> Bodies(Endpoint endpoint, IServiceProvider services)
    {
        if (endpoint.Metadata.GetMetadata<ControllerActionDescriptor>() is { } action)
        {
            return action.Parameters.Concat(action.BoundProperties)
                .Where(static parameter => parameter.BindingInfo?.BindingSource == BindingSource.Body)
                .Select(parameter => (parameter.ParameterType, ElevatedActions.Json(services)));
        }

        return ElevatedBody.BoundType(endpoint.Metadata) is { } type
            ? [(type, services.GetRequiredService<IOptions<JsonOptions>>().Value.SerializerOptions)] : [];
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
