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
            if (parameter.GetCustomAttributes().Any(static attribute => attribute is IFromFormMetadata) && Find(parameter.ParameterType, []) is { } found)
            {
                return $"'{parameter.Name}' of {endpoint.DisplayName} is bound from a form, and {found.Name} is made by the server alone. "
                    + $"Take {found.Name} as a parameter of the handler's own.";
            }
        }

        return null;
    }

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

        if (type.Namespace is { } name && (name == "System" || name.StartsWith("System.", StringComparison.Ordinal) || name.StartsWith("Microsoft.", StringComparison.Ordinal)))
            return null;
        foreach (var member in type.GetProperties(BindingFlags.Public | BindingFlags.Instance))
        {
            if (Find(member.PropertyType, seen) is { } found)
                return found;
        }

        return null;
    }
}
