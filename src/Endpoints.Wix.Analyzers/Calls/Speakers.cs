using Endpoints.Wix.Analyzers.Routes;
using Endpoints.Wix.Analyzers.Symbols;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace Endpoints.Wix.Analyzers.Calls;

/// <summary>Determines as whom a call to Wix is made. It is the app unless the code shows that it is the caller.</summary>
/// <remarks>
/// A client says it by its type, and what is made of a client speaks as the client does. A module that was handed over could be anybody's:
/// it is the caller's, as those of dependency injection are, unless a module of its type is taken from another client and handed over
/// somewhere in the compilation.
/// </remarks>
internal sealed class Speakers
{
    // wix.Stores.ProductsV3 and chains of a query: longer ones don't end.
    private const int Depth = 64;

    private readonly WixSymbols _wix;
    private readonly Lazy<HandedOver> _handedOver;

    public Speakers(WixSymbols wix, IReadOnlyList<IOperation> operations) =>
        (_wix, _handedOver) = (wix, new(() => HandedOver.In(operations, wix, this)));

    /// <summary>Returns as whom a call on a value is made.</summary>
    /// <param name="value">The receiver of the call, or <see langword="null"/> for none.</param>
    public Speaker Of(IOperation? value) => Of(value, type => _handedOver.Value.Modules.Contains(type), Depth);

    /// <summary>Returns as whom a method speaks that is referred to and not called.</summary>
    public Speaker Of(IMethodReferenceOperation method)
    {
        IOperation at = method;
        while (at.Parent is IDelegateCreationOperation or IConversionOperation or IArgumentOperation)
            at = at.Parent;
        return (at.Parent is { } parent && _wix.IsAuthElevate(parent)) || _handedOver.Value.ElevatesDelegates
            ? Speaker.App : Of(method.Instance);
    }

    /// <summary>Returns as whom a value speaks where modules that were handed over are the caller's.</summary>
    public Speaker OfOwn(IOperation value) => Of(value, static _ => false, Depth);

    private Speaker Of(IOperation? value, Func<ITypeSymbol, bool> isHandedOver, int depth)
    {
        value = value is null || depth == 0 ? null : Unwrapped(value);
        if (value?.Type is not { } type)
            return Speaker.App;
        if (OfClient(type) is { } known)
            return known;
        var of = value switch
        {
            IPropertyReferenceOperation property when IsLibrary(property.Property) =>
                property.Instance ?? property.Arguments.FirstOrDefault()?.Value,
            IInvocationOperation call when IsLibrary(call.TargetMethod) => call.Instance ?? call.Arguments.FirstOrDefault()?.Value,
            IConditionalAccessInstanceOperation instance => CallChain.AccessOf(instance)?.Operation,
            _ => null,
        };
        if (of is not null)
            return Of(of, isHandedOver, depth - 1);
        if (value is ILocalReferenceOperation local && ValuesOf(local).ToList() is { Count: > 0 } values)
            return values.Select(one => Of(one, isHandedOver, depth - 1)).Max();
        return _wix.IsModule(type) && value is not IInstanceReferenceOperation && !isHandedOver(type) ? Speaker.Caller : Speaker.App;
    }

    private Speaker? OfClient(ITypeSymbol type) =>
        _wix.IsAccountKey(type) || type is { Name: "AccountWixClient" } ? Speaker.ApiKey
        : _wix.IsElevated(type) || _wix.IsPrivilegedClient(type) ? Speaker.App
        : IsCallers(type) ? Speaker.Caller
        : null;

    private static bool IsCallers(ITypeSymbol type) =>
        type.SelfAndBases().Any(static at => at.Name == "WixClient" && SignedCalls.IsOurs(at));

    private static bool IsLibrary(ISymbol symbol) => Libraries.IsOwn(symbol.ContainingAssembly);

    private static IOperation Unwrapped(IOperation value)
    {
        while (true)
        {
            switch (value)
            {
                case IConversionOperation { OperatorMethod: null } conversion:
                    value = conversion.Operand;
                    break;
                case IAwaitOperation await:
                    value = await.Operation;
                    break;
                case IParenthesizedOperation parenthesized:
                    value = parenthesized.Operand;
                    break;
                case IConditionalAccessOperation access:
                    value = access.WhenNotNull;
                    break;
                default:
                    return value;
            }
        }
    }

    private static IEnumerable<IOperation> ValuesOf(ILocalReferenceOperation reference)
    {
        IOperation root = reference;
        while (root.Parent is not null)
            root = root.Parent;
        foreach (var operation in root.Descendants())
        {
            if (operation is IVariableDeclaratorOperation { Initializer.Value: { } initial } declarator
                && SymbolEqualityComparer.Default.Equals(declarator.Symbol, reference.Local))
                yield return initial;
            else if (operation is ISimpleAssignmentOperation { Target: ILocalReferenceOperation target } assignment
                && SymbolEqualityComparer.Default.Equals(target.Local, reference.Local))
                yield return assignment.Value;
        }
    }
}
