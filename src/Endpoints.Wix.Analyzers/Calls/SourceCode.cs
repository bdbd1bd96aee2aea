using Endpoints.Wix.Analyzers.Symbols;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace Endpoints.Wix.Analyzers.Calls;

/// <summary>Returns the code of members.</summary>
internal sealed class SourceCode
{
    private readonly Compilation _compilation;
    private readonly CancellationToken _cancellationToken;
    private readonly Dictionary<SyntaxTree, SemanticModel> _models = [];
    private readonly Lazy<ILookup<ISymbol, IOperation>> _assigned;

    public SourceCode(Compilation compilation, IReadOnlyList<IOperation> operations, CancellationToken cancellationToken)
    {
        (_compilation, _cancellationToken) = (compilation, cancellationToken);
        _assigned = new(() => operations.OfType<ISimpleAssignmentOperation>()
            .Select(static one => (Target: TargetOf(one.Target), one.Value))
            .Where(static one => one.Target is not null)
            .ToLookup<(ISymbol? Target, IOperation Value), ISymbol, IOperation>(
                static one => one.Target!, static one => one.Value, SymbolEqualityComparer.Default));
    }

    /// <summary>
    /// Returns the outermost operations of a method, a property with its accessors, a field's or variable's initial value, or what a class
    /// does when an instance is created, beside its constructors.
    /// </summary>
    public IEnumerable<IOperation> Of(ISymbol symbol) => symbol switch
    {
        INamedTypeSymbol type => type.GetMembers().Where(static member => !member.IsStatic && member is IFieldSymbol or IPropertySymbol)
            .SelectMany(Syntax).SelectMany(InitializerOf),
        _ => Syntax(symbol).SelectMany(syntax => syntax is TypeDeclarationSyntax primary
            ? In(primary.BaseList) : syntax is CompilationUnitSyntax ? [] : In(syntax)),
    };

    /// <summary>Returns what code assigns to a field, property or variable anywhere, beside its initial value.</summary>
    public IEnumerable<IOperation> AssignedTo(ISymbol symbol) => _assigned.Value[symbol.OriginalDefinition];

    private IEnumerable<SyntaxNode> Syntax(ISymbol symbol) =>
        ((symbol as IMethodSymbol)?.PartialImplementationPart ?? symbol).DeclaringSyntaxReferences
            .Select(reference => reference.GetSyntax(_cancellationToken));

    private IEnumerable<IOperation> InitializerOf(SyntaxNode syntax) => syntax switch
    {
        VariableDeclaratorSyntax field => In(field),
        PropertyDeclarationSyntax { Initializer: { } initializer } => In(initializer),
        _ => [],
    };

    private IEnumerable<IOperation> In(SyntaxNode? node)
    {
        if (node is null)
            return [];
        if (!_models.TryGetValue(node.SyntaxTree, out var model))
            _models[node.SyntaxTree] = model = _compilation.GetSemanticModel(node.SyntaxTree);
        return model.GetOperation(node, _cancellationToken) is { } whole ? [whole] : SourceOperations.In(node, model, _cancellationToken);
    }

    private static ISymbol? TargetOf(IOperation target) => target switch
    {
        ILocalReferenceOperation local => local.Local,
        IMemberReferenceOperation member => member.Member.OriginalDefinition,
        _ => null,
    };
}
