using Endpoints.Shared.Lock;
using Endpoints.Shared.Pages;
using Endpoints.Wix.Analyzers.Routes;
using Endpoints.Wix.Analyzers.Symbols;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace Endpoints.Wix.Analyzers.Lock;

/// <summary>
/// Finds the code that elevates, lifts a guard or demands something of callers, and is not covered by an endpoint's entry. It becomes an
/// entry of its own.
/// </summary>
/// <remarks>
/// Code is found by its meaning: every operation that refers to a symbol with such an effect, and every operation that refers to code which
/// does.
/// </remarks>
internal sealed class UnmappedCode
{
    private readonly Compilation _compilation;
    private readonly WixSymbols _wix;
    private readonly RouteChain _routes;
    private readonly CodeEntries _entries;
    private readonly ISet<SyntaxNode> _told;
    private readonly GuardSymbols _symbols;
    private readonly GuardUses _uses;
    private readonly GuardCarriers _carriers;

    // Apart from the others: what does both is told as both, as one is wider when it comes and the other when it goes.
    private readonly DemandUses _demands;
    private readonly GuardCarriers _demanding;

    private readonly List<GuardUse> _found = [];
    private readonly HashSet<(SyntaxNode, string)> _seen = [];

    public UnmappedCode(Compilation compilation, PagesOptions pages, WixSymbols wix, RouteChain routes, DemandUses demands,
        ISet<SyntaxNode> told)
    {
        (_compilation, _wix, _routes, _told) = (compilation, wix, routes, told);
        _symbols = new(wix);
        _uses = new(_symbols);
        var entryPoint = compilation.GetEntryPoint(CancellationToken.None);
        _carriers = new(compilation, entryPoint);
        (_demands, _demanding) = (demands, new(compilation, entryPoint));
        _entries = new(compilation, pages, wix, routes, entryPoint);
    }

    /// <summary>Returns the entries, and the locations of the code.</summary>
    /// <param name="operations">Every operation of the compilation.</param>
    /// <param name="open">The operations that elevate a route that is unknown at that place.</param>
    /// <param name="cancellationToken">The token to monitor for cancellation requests.</param>
    public IEnumerable<(LockedEndpoint Entry, Location Location)> Find(IReadOnlyList<IOperation> operations, IEnumerable<IOperation> open,
        CancellationToken cancellationToken)
    {
        AddTypes(_compilation.Assembly.GlobalNamespace, cancellationToken);
        foreach (var operation in open)
            _carriers.AddAround(operation, LockedEndpoint.Elevates);
        foreach (var operation in operations)
        {
            if (_uses.Of(operation) is { } kind && !IsTold(operation))
                Add(kind, operation);
            if (_demands.Of(operation) is { } demand)
                Add(demand, operation);
        }

        for (var before = -1; before != _carriers.Count + _demanding.Count;)
        {
            before = _carriers.Count + _demanding.Count;
            foreach (var operation in operations)
            {
                _carriers.Follow(operation);
                if (_carriers.Of(operation) is { } kind && !IsTold(operation))
                    Add(kind, operation);
                if (_demanding.Of(operation) is { } demand && operation is not { Parent: INameOfOperation })
                    Add(demand, operation);
            }
        }

        foreach (var (syntax, type, model) in SourceOperations.Attributes(_compilation, cancellationToken))
            AddAttribute(syntax, type, model, cancellationToken);
        return _found.Select(use => (_entries.Of(use), use.Syntax.GetLocation()));
    }

    private void Add(string kind, IOperation operation)
    {
        if (!_seen.Add((operation.Syntax, kind == LockedEndpoint.Requires ? kind : "")))
            return;
        _found.Add(new(kind, operation.Syntax, operation));
        // The settings of a call that an endpoint's entry tells are that endpoint's.
        if (ConfiguredBy(operation) is { } configured && _told.Contains(configured.Syntax))
            return;
        // On a route or group that is known there, it does nothing elsewhere.
        if (operation is IInvocationOperation call && _routes.TargetOf(call) is not null)
            return;
        if (kind != LockedEndpoint.Requires)
            _carriers.AddAround(operation, kind);
        else if (!DemandUses.IsOfClass(operation) || _demands.Of(operation) is null)
            _demanding.AddAround(operation, kind);
    }

    // Part of a call that an endpoint's entry tells, such as the lambda that sets the guards.
    private bool IsTold(IOperation operation)
    {
        for (var at = operation; at is not null; at = at.Parent)
        {
            if (at is IInvocationOperation && _told.Contains(at.Syntax)
                && (at == operation || _uses.Of(operation) == LockedEndpoint.Elevates && IsSetting(operation, at)))
                return true;
            if (at is INameOfOperation)
                return true;
        }
        // A lambda that only assigns settings is read whole; what another one assigns must be seen by itself.
        return ConfiguredBy(operation) is { } configured && ElevateUse.Of(configured).IsPlain;
    }

    /// <summary>
    /// Returns the <c>.Elevate(...)</c> whose lambda sets one of its options here, or <see langword="null"/> if there is none.
    /// </summary>
    private IInvocationOperation? ConfiguredBy(IOperation operation)
    {
        if (operation is not IPropertyReferenceOperation
            {
                Instance: IParameterReferenceOperation { Parameter.ContainingSymbol: var lambda },
                Property.ContainingType: var type,
            }
            || !_wix.IsElevateOptions(type))
        {
            return null;
        }
        var at = operation.Parent;
        while (at is not null
            && !(at is IAnonymousFunctionOperation function && SymbolEqualityComparer.Default.Equals(function.Symbol, lambda)))
            at = at.Parent;
        do
            at = at?.Parent;
        while (at is IConversionOperation { OperatorMethod: null } or IDelegateCreationOperation);
        return at is IArgumentOperation { Parent: IInvocationOperation call } && _wix.IsElevateCall(call.TargetMethod) ? call : null;
    }

    private bool IsSetting(IOperation operation, IOperation call) =>
        (operation is IPropertyReferenceOperation property && _wix.IsElevate(property.Property.ContainingType))
        || (operation is IObjectCreationOperation { Parent: var parent }
            && (parent is IArgumentOperation { Parent: var of } ? of : (parent?.Parent as IArgumentOperation)?.Parent) == call);

    private void AddAttribute(AttributeSyntax syntax, INamedTypeSymbol type, SemanticModel model, CancellationToken cancellationToken)
    {
        var creation = (model.GetOperation(syntax, cancellationToken) as IAttributeOperation)?.Operation as IObjectCreationOperation;
        var kind = (creation is null ? _uses.Of(type) : _uses.Of(creation)) ?? _carriers.Of(type)
            ?? syntax.DescendantNodes().OfType<TypeOfExpressionSyntax>()
                .Select(inner => model.GetTypeInfo(inner.Type, cancellationToken).Type)
                .Select(inner => inner is INamedTypeSymbol named ? _uses.Of(named) ?? _carriers.Of(named) : null)
                .FirstOrDefault(static found => found is not null);
        if (kind is not null && !_told.Contains(syntax) && _seen.Add((syntax, "")))
            _found.Add(new(kind, syntax, creation));
    }

    // Types that lift a guard by being what they are, or by what they inherit.
    private void AddTypes(INamespaceOrTypeSymbol container, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        foreach (var member in container.GetMembers())
        {
            if (member is INamespaceOrTypeSymbol inner)
                AddTypes(inner, cancellationToken);
            if (member is not INamedTypeSymbol { TypeKind: TypeKind.Class or TypeKind.Struct } type
                || type.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax(cancellationToken) is not { } syntax)
                continue;
            if ((_uses.Of(type)
                ?? new[] { type.BaseType }.Concat(type.Interfaces).Select(inherited => inherited is null ? null : _uses.Of(inherited))
                    .FirstOrDefault(static found => found is not null)) is { } kind)
            {
                _carriers.Add(type, kind);
                _found.Add(new(kind, syntax, null));
            }
            else if (Inherits(type.BaseType, static at => at.BaseType))
                _found.Add(new(LockedEndpoint.Unguards, syntax, null));
            foreach (var method in type.GetMembers().OfType<IMethodSymbol>())
            {
                if (_symbols.OfAccessor(method) is { } reach
                    && method.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax(cancellationToken) is { } accessor)
                {
                    _carriers.Add(method, reach);
                    _found.Add(new(reach, accessor, null));
                }

                if (Inherits(method.OverriddenMethod, static at => at.OverriddenMethod)
                    && method.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax(cancellationToken) is { } over)
                    _found.Add(new(LockedEndpoint.Unguards, over, null));
            }
        }
    }

    private bool Inherits<T>(T? from, Func<T, T?> next)
        where T : class, ISymbol
    {
        for (var at = from; at is not null; at = next(at))
        {
            if (at.GetAttributes().Any(attribute => attribute.AttributeClass is { } type && _uses.Of(type) == LockedEndpoint.Unguards))
                return true;
        }
        return false;
    }
}
