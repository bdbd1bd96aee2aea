using Endpoints.Shared.Lock;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace Endpoints.Wix.Analyzers.Symbols;

/// <summary>Represents one value in an <c>[Elevate]</c>: a number, a string, a boolean, or a type by its full name.</summary>
/// <param name="Value">The value, or <see langword="null"/> if it is null or the compiler can't determine it.</param>
/// <param name="IsKnown"><see langword="true"/> if the compiler can determine the value; otherwise, <see langword="false"/>.</param>
/// <param name="Location">The location in the code, or <see langword="null"/> if the value comes from another assembly.</param>
internal sealed record ElevateValue(object? Value, bool IsKnown, Location? Location)
{
    /// <summary>The result of <see cref="ToString"/> for a value that only the running application knows.</summary>
    public const string Unknown = LockedEndpoint.Unknown;

    /// <summary>Returns the values of an argument: the elements of a list, or a single value.</summary>
    public static IReadOnlyList<ElevateValue> Of(IOperation operation)
    {
        var location = operation.Syntax.GetLocation();
        operation = Conversions.Unwrapped(operation);
        return operation switch
        {
            { ConstantValue: { HasValue: true, Value: var value } } => [new(Plain(value), true, location)],
            // Their values are no constants, and their names in upper case.
            IFieldReferenceOperation { Field: { IsStatic: true, Name: var name, ContainingType: { Name: "HttpMethods" } holder } }
                when holder.ContainingNamespace?.ToDisplayString() == "Microsoft.AspNetCore.Http" =>
                [new(name.ToUpperInvariant(), true, location)],
            ITypeOfOperation type => [new(Name(type.TypeOperand), true, location)],
            IArrayCreationOperation { Initializer.ElementValues: var elements } => [.. elements.SelectMany(Of)],
            ICollectionExpressionOperation { Elements: var elements } => [.. elements.SelectMany(Of)],
            _ => [new(null, false, location)],
        };
    }

    /// <summary>Returns the values of an argument that is known only from its metadata.</summary>
    public static IReadOnlyList<ElevateValue> Of(TypedConstant constant, Location? location) => constant switch
    {
        { Kind: TypedConstantKind.Error } => [new(null, false, location)],
        { IsNull: true } => [new(null, true, location)],
        { Kind: TypedConstantKind.Array } => [.. constant.Values.SelectMany(value => Of(value, location))],
        { Kind: TypedConstantKind.Type, Value: ITypeSymbol type } => [new(Name(type), true, location)],
        _ => [new(Plain(constant.Value), true, location)],
    };

    /// <summary>Returns the value as the guard lock writes it.</summary>
    public override string ToString() => IsKnown ? Value?.ToString() ?? "null" : Unknown;

    /// <summary>Returns the name of a type as the guard lock writes it: <c>Shop.OwnsOrder</c>.</summary>
    public static string Name(ITypeSymbol type) => type.ToDisplayString(SymbolDisplayFormat.CSharpErrorMessageFormat);

    private static object? Plain(object? value) => value switch
    {
        sbyte or byte or short or ushort or int or uint or long =>
            Convert.ToInt64(value, System.Globalization.CultureInfo.InvariantCulture),
        ulong number => unchecked((long)number),
        bool truth => truth ? "true" : "false",
        IFormattable other => other.ToString(null, System.Globalization.CultureInfo.InvariantCulture),
        _ => value,
    };
}
