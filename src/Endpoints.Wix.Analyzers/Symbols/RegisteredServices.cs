using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Endpoints.Wix.Analyzers.Symbols;

/// <summary>
/// Finds the types that the code registers as services: <c>services.AddScoped&lt;OrderStore&gt;()</c>,
/// <c>TryAddSingleton(typeof(OrderStore))</c>.
/// </summary>
/// <remarks>Searching the compilation is expensive, so it is done once, and only on demand.</remarks>
internal sealed class RegisteredServices(Compilation compilation)
{
    private readonly object _gate = new();
    private HashSet<ITypeSymbol>? _types;
    private HashSet<string>? _calls;

    /// <summary>Determines whether a type is registered as a service anywhere.</summary>
    public bool Contains(ITypeSymbol type, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            Find(cancellationToken);
            return _types!.Contains(type);
        }
    }

    /// <summary>Determines whether the given method, whose name begins with <c>Add</c>, is called anywhere.</summary>
    public bool Calls(string name, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            Find(cancellationToken);
            return _calls!.Contains(name);
        }
    }

    private void Find(CancellationToken cancellationToken)
    {
        if (_types is not null)
            return;
        var types = new HashSet<ITypeSymbol>(SymbolEqualityComparer.Default);
        var calls = new HashSet<string>(StringComparer.Ordinal);
        foreach (var tree in compilation.SyntaxTrees)
        {
            SemanticModel? model = null;
            foreach (var call in tree.GetRoot(cancellationToken).DescendantNodes().OfType<InvocationExpressionSyntax>())
            {
                var called = call.Expression switch
                {
                    MemberAccessExpressionSyntax member => member.Name,
                    MemberBindingExpressionSyntax member => member.Name,
                    _ => null,
                };
                if (called is null || !IsAdd(called.Identifier.ValueText))
                    continue;
                calls.Add(called.Identifier.ValueText);
                var written = ((called as GenericNameSyntax)?.TypeArgumentList.Arguments ?? default)
                    .Concat(call.ArgumentList.Arguments.Select(static argument => argument.Expression).OfType<TypeOfExpressionSyntax>()
                        .Select(static type => type.Type)).ToList();
                if (written.Count == 0)
                    continue;
                model ??= compilation.GetSemanticModel(tree);
                types.UnionWith(written.Select(type => model.GetTypeInfo(type, cancellationToken).Type).OfType<ITypeSymbol>());
            }
        }
        (_types, _calls) = (types, calls);
    }

    private static bool IsAdd(string name) =>
        name.StartsWith("Add", StringComparison.Ordinal) || name.StartsWith("TryAdd", StringComparison.Ordinal);
}
