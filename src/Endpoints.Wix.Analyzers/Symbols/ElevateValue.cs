using Endpoints.Shared.Lock;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace Endpoints.Wix.Analyzers.Symbols;

/// <summary>One value in an <c>[Elevate]</c>: a number, a text, a truth, or a type by its full name.</summary>
/// <param name="Value">The value; null when it is null, or when the compiler can't tell it.</param>
/// <param name="IsKnown">Whether the compiler can tell it.</param>
/// <param name="Location">Where it is written; null when it comes from another assembly.</param>
internal sealed record ElevateValue(object? Value, bool IsKnown, Location? Location)
{
    /// <summary>What stands in <see cref="ToString"/> for a value that only the running application knows.</summary>
    public const string Unknown = LockedEndpoint.Unknown;

    /// <summary>The values of an argument: the elements of a list, or one.</summary>
    public static IReadOnlyList<ElevateValue> Of(IOperation operation)
    {
        var location = operation.Syntax.GetLocation();
        while (operation is IConversionOperation { OperatorMethod: null } conversion)
            operation = conversion.Operand;
        return operation switch
        {
            { ConstantValue: { HasValue: true, Value: var value } } => [new(Plain(value), true, location)],
            // Their values are no constants, and their names in upper case.
            IFieldReferenceOperation { Field: { IsStatic: true, Name: var name, ContainingType: { Name: "HttpMethods" } holder } } when holder.ContainingNamespace?.ToDisplayString() == "Microsoft.AspNetCore.Http" =>
                [new(name.ToUpperInvariant(), true, location)],
            ITypeOfOperation type => [new(Name(type.TypeOperand), true, location)],
            IArrayCreationOperation { Initializer.ElementValues: var elements } => [.. elements.SelectMany(Of)],
            ICollectionExpressionOperation { Elements: var elements } => [.. elements.SelectMany(Of)],
            _ => [new(null, false, location)],
        };
    }

    /// <summary>The values of an argument that is known only by its metadata.</summary>
    public static IReadOnlyList<ElevateValue> Of(TypedConstant constant, Location? location) => constant switch
    {
        { Kind: TypedConstantKind.Error } => [new(null, false, location)],
        { IsNull: true } => [new(null, true, location)],
        { Kind: TypedConstantKind.Array } => [.. constant.Values.SelectMany(value => Of(value, location))],
        { Kind: TypedConstantKind.Type, Value: ITypeSymbol type } => [new(Name(type), true, location)],
        _ => [new(Plain(constant.Value), true, location)],
    };

    /// <summary>The value as the guard lock writes it.</summary>
    public override string ToString() => IsKnown ? Value?.ToString() ?? "null" : Unknown;

    /// <summary>A type as the guard lock writes it: <c>Shop.OwnsOrder</c>.</summary>
    public static string Name(ITypeSymbol type) => type.ToDisplayString(SymbolDisplayFormat.CSharpErrorMessageFormat);

    private static object? Plain(object? value) => value switch
    {
        sbyte or byte or short or ushort or int or uint or long => Convert.ToInt64(value, System.Globalization.CultureInfo.InvariantCulture),
        ulong number => unchecked((long)number),
        bool truth => truth ? "true" : "false",
        IFormattable other => other.ToString(null, System.Globalization.CultureInfo.InvariantCulture),
        _ => value,
    };
}
