using System.Reflection;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Endpoints.Handlers;

/// <summary>Finds parameters that would be services if the call that registers them had been made.</summary>
/// <remarks>An assembly names that call in its metadata. The framework would take such a parameter for the request's body.</remarks>
internal static class MissingServices
{
    private const string MetadataKey = "EndpointsServicesAddedBy";

    /// <summary>Says which services are missing and what adds them; null when no parameter is one.</summary>
    public static string? Mend(MethodInfo method, IServiceProvider services)
    {
        var registered = services.GetRequiredService<IServiceProviderIsService>();
        var missing = method.GetParameters().Select(parameter => parameter.ParameterType)
            .Where(type => !type.IsValueType && type.GetConstructors().Length == 0 && !BindsItself(type) && !registered.IsService(type) && AddedBy(type) is not null)
            .ToArray();
        return missing.Length == 0
            ? null
            : $"Nothing has registered {string.Join(" and ", missing.Select(type => type.Name))}: call {AddedBy(missing[0])} in Program.cs.";
    }

    /// <summary>Whether the framework asks the type itself, and neither the services nor the body.</summary>
    private static bool BindsItself(Type type) =>
        type.GetInterfaces().Any(static implemented => implemented.IsGenericType && implemented.GetGenericTypeDefinition() == typeof(IBindableFromHttpContext<>));

    private static string? AddedBy(Type type) =>
        type.Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().FirstOrDefault(metadata => metadata.Key == MetadataKey)?.Value;
}
