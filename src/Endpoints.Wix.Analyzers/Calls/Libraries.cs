using Microsoft.CodeAnalysis;

namespace Endpoints.Wix.Analyzers.Calls;

/// <summary>Determines what can be expected of the assemblies that a compilation refers to.</summary>
internal sealed class Libraries(Compilation compilation)
{
    private readonly Dictionary<IAssemblySymbol, bool> _usesWix = new(SymbolEqualityComparer.Default);

    /// <summary>Determines whether an assembly is of this library, whose methods say what they call.</summary>
    public static bool IsOwn(IAssemblySymbol? assembly) =>
        assembly?.Name is "Endpoints" or "Endpoints.Wix" or "Endpoints.Redis"
        || assembly?.Name.StartsWith("Endpoints.Wix.", StringComparison.Ordinal) == true;

    /// <summary>Determines whether an assembly is of the framework, which knows nothing of Wix.</summary>
    public static bool IsFramework(IAssemblySymbol? assembly) =>
        assembly is null || assembly.Name is "mscorlib" or "netstandard" or "System" or "Microsoft.CSharp"
        || assembly.Name.StartsWith("System.", StringComparison.Ordinal)
        || assembly.Name.StartsWith("Microsoft.", StringComparison.Ordinal);

    /// <summary>Determines whether the code of an assembly is that of the compilation.</summary>
    public bool IsSource(IAssemblySymbol? assembly) => SymbolEqualityComparer.Default.Equals(assembly, compilation.Assembly);

    /// <summary>Determines whether an assembly that is not of this library can call Wix by itself.</summary>
    public bool UsesWix(IAssemblySymbol assembly)
    {
        if (!_usesWix.TryGetValue(assembly, out var uses))
        {
            _usesWix[assembly] = uses = assembly.Modules.Any(static module => module.ReferencedAssemblies.Any(
                static other => other.Name == "Endpoints.Wix" || other.Name.StartsWith("Endpoints.Wix.", StringComparison.Ordinal)));
        }
        return uses;
    }
}
