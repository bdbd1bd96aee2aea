using Endpoints.Generator.Guards;
using Endpoints.Generator.Pages;
using Endpoints.Shared.Collections;
using Endpoints.Shared.Lock;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace Endpoints.Generator.Lock;

/// <summary>Finds the code that elevates or lifts a guard and is in no endpoint's entry: it becomes an entry of its own.</summary>
/// <remarks>By meaning: every operation that refers to what can do it, and every one that refers to code which does.</remarks>
internal sealed class UnmappedCode
{
    private static readonly SymbolDisplayFormat MemberName = new(
        typeQualificationStyle: SymbolDisplayTypeQualificationStyle.NameAndContainingTypesAndNamespaces,
        genericsOptions: SymbolDisplayGenericsOptions.IncludeTypeParameters,
        memberOptions: SymbolDisplayMemberOptions.IncludeContainingType | SymbolDisplayMemberOptions.IncludeExplicitInterface);

    private readonly Compilation _compilation;
    private readonly PagesOptions _pages;
    private readonly WixSymbols _wix;
    private readonly RouteChain _routes;
    private readonly ISet<SyntaxNode> _told;
    private readonly GuardUses _uses;
    private readonly IMethodSymbol? _entryPoint;
    private readonly GuardCarriers _carriers;
    private readonly List<GuardUse> _found = [];
    private readonly HashSet<SyntaxNode> _seen = [];

    public UnmappedCode(Compilation compilation, PagesOptions pages, WixSymbols wix, RouteChain routes, ISet<SyntaxNode> told)
    {
        (_compilation, _pages, _wix, _routes, _told) = (compilation, pages, wix, routes, told);
        _uses = new(new GuardSymbols(wix));
        _entryPoint = compilation.GetEntryPoint(CancellationToken.None);
        _carriers = new(compilation, _entryPoint);
    }

    /// <summary>The entries, and where the code is.</summary>
    /// <param name="operations">Every operation of the compilation.</param>
    /// <param name="open">Those of them that elevate a route which is not known there.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public IEnumerable<(LockedEndpoint Entry, Location Location)> Find(IReadOnlyList<IOperation> operations, IEnumerable<IOperation> open, CancellationToken cancellationToken)
    {
        AddTypes(_compilation.Assembly.GlobalNamespace, cancellationToken);
        foreach (var operation in open)
            _carriers.AddAround(operation, LockedEndpoint.Elevates);
        foreach (var operation in operations)
        {
            if (_uses.Of(operation) is { } kind && !IsTold(operation))
                Add(kind, operation);
        }

        for (var before = -1; before != _carriers.Count;)
        {
            before = _carriers.Count;
            foreach (var operation in operations)
            {
                if (_carriers.Of(operation) is { } kind && !IsTold(operation))
                    Add(kind, operation);
            }
        }

        foreach (var (syntax, type, model) in SourceOperations.Attributes(_compilation, cancellationToken))
            AddAttribute(syntax, type, model, cancellationToken);
        return _found.Select(use => (Entry(use), use.Syntax.GetLocation()));
    }

    private void Add(string kind, IOperation operation)
    {
        if (!_seen.Add(operation.Syntax))
            return;
        _found.Add(new(kind, operation.Syntax, operation));
        // On a route or group that is known there, it does nothing elsewhere.
        if (operation is not IInvocationOperation call || _routes.TargetOf(call) is null)
            _carriers.AddAround(operation, kind);
    }

    // Part of a call that an endpoint's entry tells, such as the lambda that sets the guards.
    private bool IsTold(IOperation operation)
    {
        for (var at = operation; at is not null; at = at.Parent)
        {
            if (at is IInvocationOperation && _told.Contains(at.Syntax) && (at == operation || _uses.Of(operation) == LockedEndpoint.Elevates && IsSetting(operation, at)))
                return true;
            if (at is INameOfOperation)
                return true;
        }
        return false;
    }

    private bool IsSetting(IOperation operation, IOperation call) =>
        (operation is IPropertyReferenceOperation property && _wix.IsElevate(property.Property.ContainingType))
        || (operation is IObjectCreationOperation { Parent: var parent } && (parent is IArgumentOperation { Parent: var of } ? of : (parent?.Parent as IArgumentOperation)?.Parent) == call);

    private void AddAttribute(AttributeSyntax syntax, INamedTypeSymbol type, SemanticModel model, CancellationToken cancellationToken)
    {
        var creation = (model.GetOperation(syntax, cancellationToken) as IAttributeOperation)?.Operation as IObjectCreationOperation;
        var kind = (creation is null ? _uses.Of(type) : _uses.Of(creation)) ?? _carriers.Of(type)
            ?? syntax.DescendantNodes().OfType<TypeOfExpressionSyntax>().Select(inner => model.GetTypeInfo(inner.Type, cancellationToken).Type)
                .Select(inner => inner is INamedTypeSymbol named ? _uses.Of(named) ?? _carriers.Of(named) : null).FirstOrDefault(static found => found is not null);
        if (kind is not null && !_told.Contains(syntax) && _seen.Add(syntax))
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
            if (member is not INamedTypeSymbol { TypeKind: TypeKind.Class or TypeKind.Struct } type || type.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax(cancellationToken) is not { } syntax)
                continue;
            if ((_uses.Of(type) ?? new[] { type.BaseType }.Concat(type.Interfaces).Select(inherited => inherited is null ? null : _uses.Of(inherited)).FirstOrDefault(static found => found is not null)) is { } kind)
            {
                _carriers.Add(type, kind);
                _found.Add(new(kind, syntax, null));
            }
            else if (Inherits(type.BaseType, static at => at.BaseType))
                _found.Add(new(LockedEndpoint.Unguards, syntax, null));
            foreach (var method in type.GetMembers().OfType<IMethodSymbol>())
            {
                if (Inherits(method.OverriddenMethod, static at => at.OverriddenMethod) && method.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax(cancellationToken) is { } over)
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

    private LockedEndpoint Entry(GuardUse use)
    {
        var entry = new LockedEndpoint(use.Kind, Where(use)) { Code = What(use) };
        if (use.Kind != LockedEndpoint.Elevates)
            return entry;
        var guards = use.Operation switch
        {
            IObjectCreationOperation creation when _wix.IsElevate(creation.Type) => ElevateUse.Of(creation),
            IInvocationOperation call when _wix.IsElevateCall(call.TargetMethod) => ElevateUse.Of(call),
            _ => null,
        };
        return guards is null ? entry with { Callers = new[] { LockedEndpoint.Unknown }.ToEquatableArray() } : LockedGuards.Of(entry, guards, _wix);
    }

    private string Where(GuardUse use)
    {
        var path = use.Syntax.SyntaxTree.FilePath.Replace('\\', '/');
        path = _pages.ProjectPrefix.Length > 0 && path.StartsWith(_pages.ProjectPrefix, StringComparison.Ordinal) ? path.Substring(_pages.ProjectPrefix.Length) : path.Substring(path.LastIndexOf('/') + 1);
        var model = _compilation.GetSemanticModel(use.Syntax.SyntaxTree);
        var member = use switch
        {
            { Syntax: AttributeSyntax { Parent.Parent: { } target } } => Declared(target, model),
            { Operation: null } => null,
            _ => GuardCarriers.Member(model.GetEnclosingSymbol(use.Syntax.SpanStart)),
        };
        return member is null or INamespaceSymbol || SymbolEqualityComparer.Default.Equals(member, _entryPoint) ? path : $"{path}, {member.ToDisplayString(MemberName)}";
    }

    private static ISymbol? Declared(SyntaxNode target, SemanticModel model)
    {
        var symbol = model.GetDeclaredSymbol(target is BaseFieldDeclarationSyntax field ? field.Declaration.Variables[0] : target)
            ?? (target is LambdaExpressionSyntax ? model.GetEnclosingSymbol(target.SpanStart) : null);
        return GuardCarriers.Member(symbol);
    }

    private string What(GuardUse use)
    {
        if (use.Syntax is AttributeSyntax attribute)
            return $"[{CodeText.Line(attribute)}]";
        if (use.Operation is null)
        {
            return use.Syntax is TypeDeclarationSyntax type ? $"{type.Keyword.Text} {type.Identifier.Text} {(type.BaseList is { } bases ? CodeText.Line(bases) : "")}".TrimEnd()
                : use.Syntax is MethodDeclarationSyntax method ? $"override {method.Identifier.Text}{CodeText.Line(method.ParameterList)}"
                : CodeText.Line(use.Syntax);
        }

        var text = CodeText.Of(use.Syntax);
        var around = CodeText.CallAround(use.Syntax) is { } outer ? use.Operation.SemanticModel?.GetOperation(outer) : null;
        if (around is IConditionalAccessOperation access)
            around = access.WhenNotNull;
        return new[] { use.Operation, around }.OfType<IInvocationOperation>().Select(Receiver).FirstOrDefault(static receiver => receiver is not null) is { } receiver
            ? $"{text}, {receiver}"
            : text;
    }

    // What a variable stands for on which the call is made: the call's own text would stay the same with another route.
    private string? Receiver(IInvocationOperation call)
    {
        var on = RouteChain.On(call);
        while (on is IConversionOperation or IInvocationOperation)
            on = on is IConversionOperation conversion ? conversion.Operand : RouteChain.On((IInvocationOperation)on);
        if (on is not ILocalReferenceOperation { Local: var local } || local.Type.Name == "WebApplication")
            return null;
        if (_routes.TargetOf(call) is { } target)
            return $"on {target}";
        var syntax = local.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax();
        return syntax switch
        {
            ForEachStatementSyntax loop => $"on each of {CodeText.Line(loop.Expression)}",
            VariableDeclaratorSyntax { Initializer.Value: { } value } => $"on {CodeText.Line(value)}",
            _ => null,
        };
    }
}
