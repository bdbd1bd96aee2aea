using Endpoints.Wix.Analyzers.Routes;
using Endpoints.Wix.Analyzers.Symbols;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace Endpoints.Wix.Analyzers.Guards;

/// <summary>Finds elevation in expressions.</summary>
internal static class ElevatedReferences
{
    /// <summary>
    /// Returns the name of the elevated value that an operation refers to, if the value comes from outside the given work; otherwise,
    /// <see langword="null"/>.
    /// </summary>
    /// <param name="operation">The operation.</param>
    /// <param name="work">The work that the operation is part of. Values that the work declares itself are not reported.</param>
    /// <param name="wix">The types of Endpoints.Wix.</param>
    public static string? Captured(IOperation operation, IOperation work, WixSymbols wix) => operation switch
    {
        ILocalReferenceOperation { Local: var local }
            when !IsDeclaredIn(local, work) && (wix.IsElevated(local.Type) || HoldsElevated(operation, local, wix)) => local.Name,
        IParameterReferenceOperation { Parameter: var parameter } when !IsDeclaredIn(parameter, work) =>
            OfParameterOrMember(operation, wix),
        IParameterReferenceOperation => null,
        _ => OfParameterOrMember(operation, wix),
    };

    /// <summary>
    /// Returns the name of the elevated parameter, field or property that an operation refers to; otherwise, <see langword="null"/>.
    /// </summary>
    public static string? OfParameterOrMember(IOperation operation, WixSymbols wix) => operation switch
    {
        IParameterReferenceOperation { Parameter: var parameter } when wix.IsElevated(parameter.Type) => parameter.Name,
        IFieldReferenceOperation { Field: var field } when wix.IsElevated(field.Type) => field.Name,
        IPropertyReferenceOperation { Property: var property } when wix.IsElevated(property.Type) => property.Name,
        _ => null,
    };

    /// <summary>Returns the description of an expression's value, if the value is elevated; otherwise, <see langword="null"/>.</summary>
    public static string? Given(IOperation value, WixSymbols wix)
    {
        value = Conversions.Unwrapped(value);
        return wix.IsElevated(value.Type) ? value.Type!.Name
            : wix.IsAuthElevate(value) ? "an elevated method"
            : wix.IsModule(value.Type) && wix.IsElevated(OwnerOf(value)) ? $"an elevated {value.Type!.Name}"
            : null;
    }

    // wix.SiteProperties, wix.GetModule<Members>(), and what a module's package adds to clients as an extension.
    private static ITypeSymbol? OwnerOf(IOperation value)
    {
        var owner = value switch
        {
            IPropertyReferenceOperation property => property.Instance ?? property.Arguments.FirstOrDefault()?.Value,
            IInvocationOperation call => call.Instance ?? call.Arguments.FirstOrDefault()?.Value,
            _ => null,
        };
        return owner is null ? null : Conversions.Unwrapped(owner).Type;
    }

    private static bool IsDeclaredIn(ISymbol symbol, IOperation operation) =>
        symbol.DeclaringSyntaxReferences.Any(
            reference => reference.SyntaxTree == operation.Syntax.SyntaxTree && operation.Syntax.Span.Contains(reference.Span));

    // var elevated = auth.Elevate(module.Method); var site = wix.SiteProperties;
    private static bool HoldsElevated(IOperation reference, ILocalSymbol local, WixSymbols wix) =>
        (local.Type.TypeKind == TypeKind.Delegate || wix.IsModule(local.Type))
        && RouteCalls.Root(reference).Descendants().Any(operation => operation switch
        {
            IVariableDeclaratorOperation declarator =>
                SymbolEqualityComparer.Default.Equals(declarator.Symbol, local) && declarator.Initializer is { } initializer
                    && Given(initializer.Value, wix) is not null,
            ISimpleAssignmentOperation { Target: ILocalReferenceOperation target } assignment =>
                SymbolEqualityComparer.Default.Equals(target.Local, local) && Given(assignment.Value, wix) is not null,
            _ => false,
        });
}
