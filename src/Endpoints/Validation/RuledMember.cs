using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Http;

namespace Endpoints.Validation;

/// <summary>Represents a member of a type that a client's value may be set to.</summary>
/// <param name="Name">The member's name in C#.</param>
/// <param name="DisplayName">The member's name in messages.</param>
/// <param name="Get">The function that reads the member.</param>
/// <param name="Attributes">The validation attributes of the member.</param>
/// <param name="Rules">The rules of the member's type, or null for none.</param>
internal sealed record RuledMember(string Name, string DisplayName, Func<object, object?> Get, ValidationAttribute[] Attributes,
    MemberRules? Rules)
{
    /// <summary>
    /// Determines whether the members of a type are validated. Those of the framework's types, and of types that create their values
    /// themselves, are not.
    /// </summary>
    public static bool AreLookedAt(Type type) =>
        !type.GetInterfaces()
            .Any(static shape => shape.IsGenericType && shape.GetGenericTypeDefinition() == typeof(IBindableFromHttpContext<>))
        && !(type.Namespace is { } name && !ArePairs(type)
            && (name == "System" || name.StartsWith("System.", StringComparison.Ordinal)
                || name.StartsWith("Microsoft.AspNetCore.", StringComparison.Ordinal)));

    /// <summary>Determines whether a type of the framework only holds other values: a pair or a tuple.</summary>
    private static bool ArePairs(Type type) =>
        type.IsGenericType
        && (type.GetGenericTypeDefinition() == typeof(KeyValuePair<,>)
            || typeof(System.Runtime.CompilerServices.ITuple).IsAssignableFrom(type));

    /// <summary>Returns the members that have rules.</summary>
    /// <param name="type">The type of the members.</param>
    /// <param name="json">The options with which JSON is read, or null if the value does not come from JSON.</param>
    /// <param name="annotated"><see langword="true"/> to apply attributes; otherwise, <see langword="false"/>.</param>
    /// <param name="rules">The function that creates the rules of a member's type.</param>
    public static IEnumerable<RuledMember> Of(Type type, JsonSerializerOptions? json, bool annotated, Func<Type, MemberRules?> rules)
    {
        var made = type.GetConstructors().SelectMany(static constructor => constructor.GetParameters())
            .ToLookup(static parameter => parameter.Name ?? "", StringComparer.OrdinalIgnoreCase);
        foreach (var (member, of, get) in json is not null && json.TryGetTypeInfo(type, out var contract) ? InJson(contract) : Public(type))
        {
            // A record's attributes stand on its constructor's parameter.
            ICustomAttributeProvider[] places = [member, .. made[member.Name]];
            if (places.SelectMany(static place => place.GetCustomAttributes(inherit: true))
                .Any(static attribute => attribute.GetType().Name is "SkipValidationAttribute" or "ValidateNeverAttribute"))
                continue;
            var attributes = annotated
                ? places.SelectMany(static place => place.GetCustomAttributes(typeof(ValidationAttribute), inherit: true))
                    .Cast<ValidationAttribute>().ToArray() : [];
            var own = rules(of);
            if (own is not null || attributes.Length > 0)
                yield return new(member.Name, DisplayOf(places) ?? member.Name, get, attributes, own);
        }
    }

    /// <summary>Returns the name that attributes give a member or parameter in messages, or null for none.</summary>
    public static string? DisplayOf(ICustomAttributeProvider[] places)
    {
        var all = places.SelectMany(static place => place.GetCustomAttributes(inherit: true)).ToList();
        return all.OfType<DisplayAttribute>().FirstOrDefault()?.GetName()
            ?? all.OfType<DisplayNameAttribute>().FirstOrDefault()?.DisplayName;
    }

    private static IEnumerable<(MemberInfo Member, Type Type, Func<object, object?> Get)> InJson(JsonTypeInfo contract)
    {
        foreach (var property in contract.Properties) // none where a converter makes the value
        {
            if (property is { Get: { } get, AttributeProvider: MemberInfo member, IsExtensionData: false })
                yield return (member, property.PropertyType, get);
        }
    }

    private static IEnumerable<(MemberInfo Member, Type Type, Func<object, object?> Get)> Public(Type type)
    {
        foreach (var property in type.GetProperties(BindingFlags.Public | BindingFlags.Instance))
        {
            if (property.CanRead && property.GetIndexParameters().Length == 0)
                yield return (property, property.PropertyType, property.GetValue);
        }
    }
}
