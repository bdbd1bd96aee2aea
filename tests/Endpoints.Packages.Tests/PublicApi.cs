using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text;

namespace Endpoints.Packages.Tests;

/// <summary>
/// Writes what is public in an assembly, much as C# does: a line for each type, and one for each member beneath it, in alphabetical order.
/// </summary>
internal static class PublicApi
{
    private const BindingFlags Declared =
        BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    private static readonly NullabilityInfoContext Nullability = new();

    public static string Of(Assembly assembly)
    {
        var text = new StringBuilder();
        foreach (var type in assembly.GetExportedTypes().Where(static type => !IsGenerated(type)).OrderBy(static type => Full(type),
            StringComparer.Ordinal))
        {
            text.Append(Declaration(type)).Append('\n');
            foreach (var (_, line) in Members(type).OrderBy(static member => member.Name, StringComparer.Ordinal)
                .ThenBy(static member => member.Line, StringComparer.Ordinal))
                text.Append("    ").Append(line).Append('\n');
        }
        return text.ToString();
    }

    private static string Declaration(Type type)
    {
        if (typeof(Delegate).IsAssignableFrom(type) && type != typeof(Delegate))
        {
            var invoke = type.GetMethod("Invoke")!;
            return $"delegate {Returned(invoke)} {Full(type)}({Parameters(invoke)})";
        }
        if (type.IsEnum)
            return $"enum {Full(type)} : {Name(Enum.GetUnderlyingType(type))}{(type.IsDefined(typeof(FlagsAttribute)) ? " [Flags]" : "")}";

        var kind = type.IsInterface ? "interface"
            : type.IsValueType ? "struct"
            : type is { IsAbstract: true, IsSealed: true } ? "static class"
            : type.IsAbstract ? "abstract class"
            : type.IsSealed ? "sealed class" : "class";
        var inherited = type.BaseType?.GetInterfaces() ?? [];
        var bases = new List<string>();
        if (type is { IsValueType: false, BaseType: { } parent } && parent != typeof(object))
            bases.Add(Name(parent));
        bases.AddRange(
            type.GetInterfaces().Where(face => face.IsVisible && !inherited.Contains(face)).Select(Name).Order(StringComparer.Ordinal));
        return $"{kind} {Full(type)}{(bases.Count == 0 ? "" : " : ")}{string.Join(", ", bases)}";
    }

    private static IEnumerable<(string Name, string Line)> Members(Type type)
    {
        if (typeof(Delegate).IsAssignableFrom(type))
            yield break;

        foreach (var field in type.GetFields(Declared).Where(field => IsOpen(field.Attributes) && !field.IsSpecialName))
        {
            yield return (field.Name, field.IsLiteral
                ? $"{(type.IsEnum ? "" : $"const {Name(field.FieldType)} ")}{field.Name} = {Literal(field.GetRawConstantValue())}"
                : $"{(field.IsStatic ? "static " : "")}{(field.IsInitOnly ? "readonly " : "")}{Name(Nullability.Create(field))} {field.Name}");
        }
        foreach (var constructor in type.GetConstructors(Declared).Where(IsOpen))
            yield return (constructor.Name, $"{Access(constructor)}{Short(type)}({Parameters(constructor)})");
        foreach (var happening in type.GetEvents(Declared).Where(static happening => IsOpen(happening.AddMethod!)))
            yield return (happening.Name, $"event {Name(happening.EventHandlerType!)} {happening.Name}");
        foreach (var property in type.GetProperties(Declared)
            .Where(static property => property.GetAccessors(nonPublic: true).Any(IsOpen) && !IsGenerated(property)))
        {
            var accessor = property.GetAccessors(nonPublic: true).First(IsOpen);
            var index = property.GetIndexParameters();
            yield return (property.Name,
                $"{Access(accessor)}{Modifiers(accessor)}{(property.IsDefined(typeof(RequiredMemberAttribute)) ? "required " : "")}"
                + $"{Name(Nullability.Create(property))} {(index.Length == 0 ? property.Name : $"this[{string.Join(", ", index.Select(Parameter))}]")} {{"
                + (property.GetMethod is { } get && IsOpen(get) ? " get;" : "")
                + (property.SetMethod is { } set && IsOpen(set) ? IsInit(set) ? " init;" : " set;" : "") + " }");
        }
        foreach (var method in type.GetMethods(Declared).Where(static method => IsOpen(method) && !IsGenerated(method)))
        {
            if (method.IsSpecialName && !method.Name.StartsWith("op_", StringComparison.Ordinal))
                continue;
            yield return (method.Name,
                $"{Access(method)}{Modifiers(method)}{Returned(method)} {method.Name}{Generics(method.GetGenericArguments())}({Parameters(method)}){Constraints(method)}");
        }
    }

    private static bool IsOpen(MethodBase method) =>
        method.IsPublic || ((method.IsFamily || method.IsFamilyOrAssembly) && !method.DeclaringType!.IsSealed);

    private static bool IsOpen(FieldAttributes field) => (field & FieldAttributes.FieldAccessMask) is FieldAttributes.Public;

    // What a record has by itself.
    private static bool IsGenerated(MemberInfo member) =>
        member.IsDefined(typeof(CompilerGeneratedAttribute), inherit: false) || member.Name.Contains('<', StringComparison.Ordinal);

    private static bool IsInit(MethodInfo set) => set.ReturnParameter.GetRequiredCustomModifiers().Contains(typeof(IsExternalInit));

    private static string Access(MethodBase method) => method.IsPublic ? "" : "protected ";

    private static string Modifiers(MethodInfo method) =>
        method.DeclaringType!.IsInterface ? ""
        : method.IsStatic ? "static "
        : method.IsAbstract ? "abstract "
        : method.GetBaseDefinition().DeclaringType != method.DeclaringType ? "override "
        : method is { IsVirtual: true, IsFinal: false } ? "virtual " : "";

    private static string Constraints(MethodInfo method) => string.Concat(
        method.GetGenericArguments().Where(static argument => argument.GetGenericParameterConstraints().Length > 0)
            .Select(static argument =>
                $" where {argument.Name} : {string.Join(", ", argument.GetGenericParameterConstraints().Select(Name))}"));

    private static string Returned(MethodInfo method) =>
        method.ReturnType == typeof(void) ? "void" : Name(Nullability.Create(method.ReturnParameter));

    private static string Parameters(MethodBase method) =>
        (method.IsDefined(typeof(ExtensionAttribute)) ? "this " : "") + string.Join(", ", method.GetParameters().Select(Parameter));

    private static string Parameter(ParameterInfo parameter)
    {
        var kind = parameter.IsOut
            ? "out " : parameter.ParameterType.IsByRef ? "ref " : parameter.IsDefined(typeof(ParamArrayAttribute)) ? "params " : "";
        return $"{kind}{Name(Nullability.Create(parameter))} {parameter.Name}{(parameter.HasDefaultValue ? $" = {Literal(parameter.RawDefaultValue)}" : "")}";
    }

    private static string Literal([AllowNull] object value) => value switch
    {
        null => "default",
        string text => $"\"{text}\"",
        bool flag => flag ? "true" : "false",
        _ => Convert.ToString(value, CultureInfo.InvariantCulture)!,
    };

    private static string Name(NullabilityInfo info)
    {
        var type = info.Type.IsByRef ? info.Type.GetElementType()! : info.Type;
        var mark = !type.IsValueType && info.ReadState == NullabilityState.Nullable && !type.IsGenericParameter ? "?" : "";
        if (type.IsArray)
            return $"{Name(info.ElementType!)}[]{mark}";
        return (Nullable.GetUnderlyingType(type) is null && info.GenericTypeArguments.Length > 0
            ? $"{Plain(type)}<{string.Join(", ", info.GenericTypeArguments.Select(Name))}>"
            : Name(type)) + mark;
    }

    private static string Name(Type type)
    {
        if (Nullable.GetUnderlyingType(type) is { } value)
            return Name(value) + "?";
        if (type.IsArray)
            return Name(type.GetElementType()!) + "[]";
        return type.IsGenericParameter ? type.Name : Plain(type) + Generics(type.GetGenericArguments());
    }

    private static string Generics(Type[] arguments) => arguments.Length == 0 ? "" : $"<{string.Join(", ", arguments.Select(Name))}>";

    /// <summary>
    /// A type's name without namespace and type arguments: a list is read by people, and where it is declared the name is there in full.
    /// </summary>
    private static string Plain(Type type) => Type.GetTypeCode(type) switch
    {
        _ when type.IsEnum => Short(type),
        TypeCode.String => "string",
        TypeCode.Boolean => "bool",
        TypeCode.Int32 => "int",
        TypeCode.Int64 => "long",
        TypeCode.Double => "double",
        TypeCode.Decimal => "decimal",
        _ => type == typeof(object) ? "object" : Short(type),
    };

    private static string Full(Type type) => $"{type.Namespace}.{(type.DeclaringType is { } outer ? Short(outer) + "." : "")}{Name(type)}";

    private static string Short(Type type) => type.Name.Split('`')[0];
}
