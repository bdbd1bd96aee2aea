using Endpoints.Shared.CallPatterns;
using Endpoints.Shared.Collections;
using Endpoints.Wix.Analyzers.Symbols;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace Endpoints.Wix.Analyzers.Calls;

/// <summary>Reads which operation a method of a module calls, or a call by its address.</summary>
internal static class CallNames
{
    private const string Attribute = "CallsWixAttribute";

    /// <summary>Returns the operations that a method says it calls. The list is empty if it says nothing.</summary>
    public static IReadOnlyList<ModuleCall> Of(IMethodSymbol method)
    {
        for (var at = method; at is not null; at = at.OverriddenMethod)
        {
            var calls = at.GetAttributes()
                .Where(static attribute => attribute.AttributeClass is { Name: Attribute } type && SignedCalls.IsOurs(type))
                .Select(static attribute => attribute.ConstructorArguments)
                .Where(static arguments => arguments.Length == 2 && arguments[0].Value is string)
                .Select(static arguments => new ModuleCall((string)arguments[0].Value!,
                    arguments[1].Values.Select(static id => id.Value).OfType<string>().ToEquatableArray()))
                .ToList();
            if (calls.Count > 0)
                return calls;
        }
        return [];
    }

    /// <summary>
    /// Determines whether the author of a module says of its methods what they call, so that one that says nothing calls nothing.
    /// </summary>
    public static bool AreSaidBy(ITypeSymbol module) =>
        module.GetMembers().OfType<IMethodSymbol>().Any(static method => Of(method).Count > 0);

    /// <summary>Returns the operation that is sent by its address; <see langword="null"/> if the compiler can't see it.</summary>
    public static ModuleCall? OfAddress(IInvocationOperation call)
    {
        var (method, address) = (ArgumentOf(call, "method"), ArgumentOf(call, "address"));
        var path = address is null ? null : Path(address);
        return VerbOf(method) is { } verb && path is not null ? Valid($"{verb} {path}", []) : null;
    }

    /// <summary>
    /// Returns the operation that a module's own code sends, of a field or property that creates it; <see langword="null"/> if the compiler
    /// can't see it.
    /// </summary>
    public static ModuleCall? OfOperation(IOperation operation, Func<ISymbol, IEnumerable<IOperation>> values)
    {
        operation = Conversions.Unwrapped(operation);
        if (operation is IMemberReferenceOperation { Member: var member })
        {
            var creations = values(member).SelectMany(static value => value.DescendantsAndSelf()).OfType<IObjectCreationOperation>()
                .Where(static creation => creation.Type is { Name: "WixOperation" }).ToList();
            operation = creations.Count == 1 ? creations[0] : operation;
        }
        if (operation is not IObjectCreationOperation { Arguments: var arguments } made)
            return null;
        IOperation? Given(string name) => arguments.FirstOrDefault(argument => argument.Parameter?.Name == name)?.Value;
        var permissions = made.Initializer?.Initializers.OfType<ISimpleAssignmentOperation>()
            .Where(static one => one.Target is IPropertyReferenceOperation { Property.Name: "PermissionIds" })
            .SelectMany(static one => ElevateValue.Of(one.Value)).Where(static id => id.IsKnown).Select(static id => id.ToString());
        return VerbOf(Given("method")) is { } verb && Given("path") is { ConstantValue: { HasValue: true, Value: string path } }
            ? Valid($"{verb} {path}", permissions ?? []) : null;
    }

    private static ModuleCall? Valid(string operation, IEnumerable<string> permissions) =>
        CallPattern.Parse(operation) is null ? null : new(operation, permissions.ToEquatableArray());

    private static IOperation? ArgumentOf(IInvocationOperation call, string name) =>
        call.Arguments.FirstOrDefault(argument => argument.Parameter?.Name == name)?.Value;

    private static string? VerbOf(IOperation? method) => method is null ? null : Conversions.Unwrapped(method) switch
    {
        IPropertyReferenceOperation { Property: { Name: var name, ContainingType.Name: "HttpMethod" } } => name.ToUpperInvariant(),
        IObjectCreationOperation { Arguments: { Length: 1 } only } => only[0].Value.ConstantValue.Value as string,
        _ => null,
    };

    // Without its query string. What is put into the text is a parameter if it is a whole segment.
    private static string? Path(IOperation address)
    {
        address = Conversions.Unwrapped(address);
        var text = address switch
        {
            { ConstantValue: { HasValue: true, Value: string constant } } => constant,
            IInterpolatedStringOperation { Parts: var parts } => string.Concat(parts.Select((part, i) => part switch
            {
                IInterpolatedStringTextOperation { Text.ConstantValue: { HasValue: true, Value: string piece } } => piece,
                IInterpolationOperation { Expression.ConstantValue: { HasValue: true, Value: string known } } => known,
                IInterpolationOperation { Expression: var value } => $"{{{NameOf(value) ?? $"value{i}"}}}",
                _ => "{",
            })),
            _ => null,
        };
        if (text is null)
            return null;
        text = text.Split('?', '#')[0];
        return text.StartsWith("/", StringComparison.Ordinal) || !Uri.TryCreate(text, UriKind.Absolute, out var absolute)
            ? text : Uri.UnescapeDataString(absolute.AbsolutePath);
    }

    private static string? NameOf(IOperation value) => Conversions.Unwrapped(value) switch
    {
        IParameterReferenceOperation parameter => parameter.Parameter.Name,
        ILocalReferenceOperation local => local.Local.Name,
        IMemberReferenceOperation member => member.Member.Name,
        IInvocationOperation { Arguments: { Length: 1 } only } => NameOf(only[0].Value), // Uri.EscapeDataString(id)
        _ => null,
    };
}
