using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace Endpoints.Wix.Analyzers.Lock;

/// <summary>
/// Finds calls that the language makes without a name in the code: for loops, <c>await</c>, <c>using</c>, deconstruction, patterns, and
/// base constructors.
/// </summary>
internal static class UnnamedCalls
{
    /// <summary>Returns the members that an operation calls in addition to those that other operations name.</summary>
    public static IEnumerable<ISymbol> Of(IOperation operation) => Find(operation).OfType<ISymbol>();

    private static IEnumerable<ISymbol?> Find(IOperation operation) => operation switch
    {
        IForEachLoopOperation { Syntax: CommonForEachStatementSyntax loop, SemanticModel: { } model } =>
            OfLoop(model.GetForEachStatementInfo(loop))
            .Concat(loop is ForEachVariableStatementSyntax variables ? Of(model.GetDeconstructionInfo(variables)) : []),
        IAwaitOperation { Syntax: AwaitExpressionSyntax wait, SemanticModel: { } model } => OfWait(model.GetAwaitExpressionInfo(wait)),
        IDeconstructionAssignmentOperation { Syntax: AssignmentExpressionSyntax assignment, SemanticModel: { } model } =>
            Of(model.GetDeconstructionInfo(assignment)),
        IUsingOperation use => Named(TypeOf(use.Resources), "Dispose", "DisposeAsync"),
        IUsingDeclarationOperation use => Named(TypeOf(use.DeclarationGroup), "Dispose", "DisposeAsync"),
        IRecursivePatternOperation pattern => [pattern.DeconstructSymbol],
        IListPatternOperation pattern => [pattern.LengthSymbol, pattern.IndexerSymbol],
        ISlicePatternOperation pattern => [pattern.SliceSymbol],
        IImplicitIndexerReferenceOperation element => [element.LengthSymbol, element.IndexerSymbol],
        ICollectionExpressionOperation collection => [collection.ConstructMethod],
        IWithOperation copy =>
            Constructors(copy.Type)
                .Where(constructor => constructor.Parameters.Length == 1
                    && SymbolEqualityComparer.Default.Equals(constructor.Parameters[0].Type, copy.Type)),
        IBinaryOperation { OperatorKind: BinaryOperatorKind.ConditionalAnd or BinaryOperatorKind.ConditionalOr } binary =>
            Named(binary.LeftOperand.Type, WellKnownMemberNames.TrueOperatorName, WellKnownMemberNames.FalseOperatorName),
        // A base class's constructor without parameters is called without a word, and so may be one of any class between. So is a
        // finalizer, once nobody has the object any more.
        IObjectCreationOperation creation =>
            Bases(creation.Type?.BaseType).SelectMany(Constructors)
                .Where(static constructor => constructor.Parameters.All(static parameter => parameter.IsOptional || parameter.IsParams))
                .Concat(Named(creation.Type, WellKnownMemberNames.DestructorName)),
        _ => [],
    };

    private static IEnumerable<ISymbol?> OfLoop(ForEachStatementInfo loop) =>
        [loop.GetEnumeratorMethod, loop.MoveNextMethod, loop.CurrentProperty, loop.DisposeMethod, loop.ElementConversion.MethodSymbol];

    private static IEnumerable<ISymbol?> OfWait(AwaitExpressionInfo wait) =>
        [wait.GetAwaiterMethod, wait.IsCompletedProperty, wait.GetResultMethod];

    private static IEnumerable<ISymbol?> Of(DeconstructionInfo deconstruction) =>
        deconstruction.Nested.SelectMany(Of).Prepend(deconstruction.Method).Append(deconstruction.Conversion?.MethodSymbol);

    private static IEnumerable<ISymbol?> Named(ITypeSymbol? type, params string[] names) =>
        Bases(type).SelectMany(at => names.SelectMany(name => at.GetMembers(name)));

    private static IEnumerable<ITypeSymbol> Bases(ITypeSymbol? type)
    {
        for (var at = type; at is { SpecialType: not SpecialType.System_Object }; at = at.BaseType)
            yield return at;
    }

    private static IEnumerable<IMethodSymbol> Constructors(ITypeSymbol? type) => (type as INamedTypeSymbol)?.InstanceConstructors ?? [];

    private static ITypeSymbol? TypeOf(IOperation resources) => resources switch
    {
        IVariableDeclarationGroupOperation group =>
            group.Declarations.SelectMany(static declaration => declaration.Declarators).FirstOrDefault()?.Symbol.Type,
        _ => resources.Type,
    };
}
