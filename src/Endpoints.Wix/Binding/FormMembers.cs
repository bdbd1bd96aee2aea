using System.Reflection;
using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Endpoints;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Metadata;

namespace Endpoints.Wix.Binding;

/// <summary>
/// Finds handlers of minimal APIs and endpoint files, and pages made of components, that would create from a form what only the server
/// creates.
/// </summary>
/// <remarks>
/// The framework's form mapping can't be configured for a type. It would reject the type at the first form with status code 500.
/// </remarks>
internal static class FormMembers
{
    /// <summary>Returns the fault of an endpoint's handler, for the check at startup; <see langword="null"/> if there is none.</summary>
    public static string? Fault(Endpoint endpoint)
    {
        // By name, so that the assembly of components is loaded for components only.
        foreach (var item in endpoint.Metadata)
        {
            if (item.GetType().FullName == "Microsoft.AspNetCore.Components.Endpoints.ComponentTypeMetadata")
                return OfComponent(endpoint, item);
        }

        if (endpoint.Metadata.GetMetadata<MethodInfo>() is not { } handler)
            return null;
        foreach (var parameter in handler.GetParameters())
        {
            if (parameter.IsDefined(typeof(AsParametersAttribute)))
            {
                foreach (var (name, type, attributes) in MembersOf(parameter.ParameterType))
                {
                    if (Fault(endpoint, $"{parameter.Name}.{name}", type, attributes) is { } fault)
                        return fault;
                }
            }
            else if (Fault(endpoint, parameter.Name, parameter.ParameterType, parameter.GetCustomAttributes()) is { } fault)
            {
                return fault;
            }
        }

        return null;
    }

    /// <summary>
    /// Returns the first type that only the server creates, among the parts of a type; <see langword="null"/> if there is none.
    /// </summary>
    public static Type? Find(Type type) => Find(type, []);

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static string? OfComponent(Endpoint endpoint, object component)
    {
        foreach (var property in ((ComponentTypeMetadata)component).Type.GetProperties(BindingFlags.Public | BindingFlags.Instance))
        {
            if ((property.IsDefined(typeof(SupplyParameterFromFormAttribute))
                    || property.IsDefined(typeof(SupplyParameterFromQueryAttribute)))
                && Find(property.PropertyType, []) is { } found)
                return $"'{property.Name}' of {endpoint.DisplayName} is bound from the request, and {found.Name} is made by the server "
                    + "alone. Bind a type without it.";
        }

        return null;
    }

    private static string? Fault(Endpoint endpoint, string? name, Type type, IEnumerable<Attribute> attributes) =>
        attributes.Any(static attribute => attribute is IFromFormMetadata) && Find(type, []) is { } found
            ? $"'{name}' of {endpoint.DisplayName} is bound from a form, and {found.Name} is made by the server alone. Take "
                + $"{found.Name} as a parameter of the handler's own."
            : null;

    // Each is a parameter of the handler: by its property, or by the constructor that sets it.
    private static IEnumerable<(string? Name, Type Type, IEnumerable<Attribute> Attributes)> MembersOf(Type type) =>
        type.GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Select(static property => ((string?)property.Name, property.PropertyType, property.GetCustomAttributes()))
            .Concat(type.GetConstructors().SelectMany(static constructor => constructor.GetParameters())
                .Select(static parameter => (parameter.Name, parameter.ParameterType, parameter.GetCustomAttributes())));

    private static Type? Find(Type type, HashSet<Type> seen)
    {
        if (ServerMade.Is(type))
            return type;
        if (!seen.Add(type) || type.IsPrimitive || type.IsPointer)
            return null;
        if (type.IsArray)
            return Find(type.GetElementType()!, seen);
        foreach (var argument in type.GenericTypeArguments)
        {
            if (Find(argument, seen) is { } found)
                return found;
        }

        // The framework's own: an application may call its namespaces as it likes.
        if (type.Assembly.GetName().Name is { } name
            && (name.StartsWith("System.", StringComparison.Ordinal) || name.StartsWith("Microsoft.", StringComparison.Ordinal)))
            return null;
        foreach (var member in type.GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Select(static property => property.PropertyType)
            .Concat(type.GetConstructors().SelectMany(static constructor => constructor.GetParameters())
                .Select(static parameter => parameter.ParameterType)))
        {
            if (Find(member, seen) is { } found)
                return found;
        }

        return null;
    }
}
