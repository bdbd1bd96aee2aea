using System.Reflection;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Metadata;

namespace Endpoints.Wix.Binding;

/// <summary>Finds handlers of minimal APIs and endpoint files that would have a form make what only the server makes.</summary>
/// <remarks>The framework's mapping of forms can't be told how to bind a type. It would find fault with the type at the first form, and answer 500.</remarks>
internal static class FormMembers
{
    /// <summary>What is wrong with an endpoint's handler, for the start; null for nothing.</summary>
    public static string? Fault(Endpoint endpoint)
    {
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

    /// <summary>The first type that only the server makes, among what a value of a type is made of; null for none.</summary>
    public static Type? Find(Type type) => Find(type, []);

    private static string? Fault(Endpoint endpoint, string? name, Type type, IEnumerable<Attribute> attributes) =>
        attributes.Any(static attribute => attribute is IFromFormMetadata) && Find(type, []) is { } found
            ? $"'{name}' of {endpoint.DisplayName} is bound from a form, and {found.Name} is made by the server alone. Take {found.Name} as a parameter of the handler's own."
            : null;

    // Each is a parameter of the handler: by its property, or by the constructor that sets it.
    private static IEnumerable<(string? Name, Type Type, IEnumerable<Attribute> Attributes)> MembersOf(Type type) =>
        type.GetProperties(BindingFlags.Public | BindingFlags.Instance).Select(static property => ((string?)property.Name, property.PropertyType, property.GetCustomAttributes()))
            .Concat(type.GetConstructors().SelectMany(static constructor => constructor.GetParameters()).Select(static parameter => (parameter.Name, parameter.ParameterType, parameter.GetCustomAttributes())));

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
        if (type.Assembly.GetName().Name is { } name && (name.StartsWith("System.", StringComparison.Ordinal) || name.StartsWith("Microsoft.", StringComparison.Ordinal)))
            return null;
        foreach (var member in type.GetProperties(BindingFlags.Public | BindingFlags.Instance).Select(static property => property.PropertyType)
            .Concat(type.GetConstructors().SelectMany(static constructor => constructor.GetParameters()).Select(static parameter => parameter.ParameterType)))
        {
            if (Find(member, seen) is { } found)
                return found;
        }

        return null;
    }
}
