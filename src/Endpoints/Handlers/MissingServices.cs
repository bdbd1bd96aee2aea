using System.Reflection;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Endpoints.Handlers;

/// <summary>Finds parameters whose services are not registered because a registration call is missing.</summary>
/// <remarks>An assembly names that call in its metadata. The framework would treat such a parameter as the request's body.</remarks>
internal static class MissingServices
{
    private const string MetadataKey = "EndpointsServicesAddedBy";

    /// <summary>Returns the missing services and the call that adds them as text, or null if no service is missing.</summary>
    public static string? Mend(MethodInfo method, IServiceProvider services)
    {
        var registered = services.GetRequiredService<IServiceProviderIsService>();
        var missing = method.GetParameters().Select(parameter => parameter.ParameterType)
            .Where(type => !type.IsValueType && type.GetConstructors().Length == 0 && !BindsItself(type) && !registered.IsService(type)
                && AddedBy(type) is not null)
            .ToArray();
        return missing.Length == 0
            ? null
            : $"Nothing registers {string.Join(" and ", missing.Select(type => type.Name))}: call "
                + $"{AddedBy(missing[0])} in Program.cs.";
    }

    /// <summary>Determines whether the framework binds the type itself, and neither from the services nor from the body.</summary>
    private static bool BindsItself(Type type) =>
        type.GetInterfaces()
            .Any(static implemented => implemented.IsGenericType
                && implemented.GetGenericTypeDefinition() == typeof(IBindableFromHttpContext<>));

    private static string? AddedBy(Type type) =>
        type.Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().FirstOrDefault(metadata => metadata.Key == MetadataKey)?.Value;
}
