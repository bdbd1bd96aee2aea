using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace Endpoints.Wix.Analyzers.Symbols;

/// <summary>Holds the names of the apps that an application adds, where its code shows all of them.</summary>
internal sealed class AddedApps(Compilation compilation)
{
    private const string AddWix = "AddWix";

    private readonly object _gate = new();
    private HashSet<string>? _names;
    private bool _isKnown;

    /// <summary>
    /// Returns the names, or <see langword="null"/> if the code adds no app, or if more than it shows may be added: in a library, by a
    /// name that is not a constant, or by another assembly.
    /// </summary>
    public IReadOnlyCollection<string>? Names(CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            if (!_isKnown)
                (_names, _isKnown) = (Find(cancellationToken), true);
            return _names;
        }
    }

    private HashSet<string>? Find(CancellationToken cancellationToken)
    {
        if (compilation.Options.OutputKind is not (OutputKind.ConsoleApplication or OutputKind.WindowsApplication)
            || compilation.SourceModule.ReferencedAssemblySymbols.Any(MayAdd))
            return null;
        var names = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        var found = false;
        foreach (var tree in compilation.SyntaxTrees)
        {
            SemanticModel? model = null;
            foreach (var token in tree.GetRoot(cancellationToken).DescendantTokens())
            {
                if (!token.IsKind(SyntaxKind.IdentifierToken) || token.ValueText != AddWix
                    || token.Parent is not SimpleNameSyntax name)
                    continue;
                model ??= compilation.GetSemanticModel(tree);
                if (model.GetSymbolInfo(name, cancellationToken).Symbol is not IMethodSymbol method)
                    return null;
                if (method.ContainingType.Name != "WixServiceCollectionExtensions")
                    continue; // a health check, or a method of the application's, which is looked into
                var call = name.FirstAncestorOrSelf<InvocationExpressionSyntax>();
                if (call is null
                    || model.GetOperation(call, cancellationToken) is not IInvocationOperation { TargetMethod.Name: AddWix } made)
                    return null;
                found = true;
                if (made.Arguments.FirstOrDefault(static one => one.Parameter?.Name == "name") is not { } argument)
                    continue;
                if (argument.Value.ConstantValue is not { HasValue: true, Value: string text })
                    return null;
                names.Add(text);
            }
        }
        return found ? names : null;
    }

    // One of the application's own, or of somebody else, that knows the library.
    private static bool MayAdd(IAssemblySymbol assembly) =>
        !assembly.Name.StartsWith("Endpoints.", StringComparison.Ordinal)
        && assembly.Modules.Any(static module => module.ReferencedAssemblies.Any(static one => one.Name == "Endpoints.Wix"));
}
