using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace Endpoints.Generator.Guards;

/// <summary>The types of Endpoints.Wix as one compilation sees them.</summary>
internal sealed class WixSymbols
{
    private const string Namespace = "Endpoints.Wix.";

    // Lazy<Func<Task<ElevatedWixClient>>> is as deep as anyone goes; a type that contains itself must end.
    private const int Depth = 4;

    private readonly INamedTypeSymbol? _auth;
    private readonly INamedTypeSymbol? _client;
    private readonly INamedTypeSymbol? _module;

    private WixSymbols(INamedTypeSymbol elevate, INamedTypeSymbol? callers, INamedTypeSymbol? auth, INamedTypeSymbol? client, INamedTypeSymbol? module)
    {
        (Elevate, _auth, _client, _module) = (elevate, auth, client, module);
        CallerKinds = (callers?.GetMembers().OfType<IFieldSymbol>() ?? [])
            .Where(static kind => kind.HasConstantValue)
            .Select(static kind => (kind.Name, Value: Convert.ToInt64(kind.ConstantValue, CultureInfo.InvariantCulture)))
            .Where(static kind => kind.Value > 0 && (kind.Value & (kind.Value - 1)) == 0)
            .ToDictionary(static kind => kind.Name, static kind => kind.Value, StringComparer.Ordinal);
    }

    /// <summary><c>ElevateAttribute</c>.</summary>
    public INamedTypeSymbol Elevate { get; }

    /// <summary>Finds the types; null in a compilation that knows nothing of elevation.</summary>
    public static WixSymbols? Find(Compilation compilation) =>
        compilation.GetTypeByMetadataName(Namespace + "ElevateAttribute") is { } elevate
            ? new WixSymbols(
                elevate,
                compilation.GetTypeByMetadataName(Namespace + "Callers"),
                compilation.GetTypeByMetadataName(Namespace + "WixAuth"),
                compilation.GetTypeByMetadataName(Namespace + "ElevatedWixClient"),
                compilation.GetTypeByMetadataName(Namespace + "WixModule"))
            : null;

    /// <summary>The kinds of callers by name: each a single bit.</summary>
    public IReadOnlyDictionary<string, long> CallerKinds { get; }

    /// <summary>Whether a value of the type can make elevated calls: the type itself, or one that hands it out, such as <c>Lazy&lt;WixAuth&gt;</c>.</summary>
    public bool IsElevated(ITypeSymbol? type) => IsElevated(type, Depth);

    /// <summary>Whether the type is <c>ElevatedWixClient</c>.</summary>
    public bool IsElevatedClient(ITypeSymbol? type) => _client is not null && Is(type, _client);

    /// <summary>Whether the type is a typed module of Wix's API.</summary>
    public bool IsModule(ITypeSymbol? type) => _module is not null && Is(type, _module);

    /// <summary>Whether an attribute or creation is <c>ElevateAttribute</c>, or derived from it.</summary>
    public bool IsElevate(ITypeSymbol? type) => Is(type, Elevate);

    /// <summary>Whether the method is <c>.Elevate(...)</c> on a route or group.</summary>
    public bool IsElevateCall(IMethodSymbol method)
    {
        method = method.ReducedFrom ?? method;
        return method is { Name: "Elevate", IsExtensionMethod: true }
            && (SymbolEqualityComparer.Default.Equals(method.ContainingAssembly, Elevate.ContainingAssembly)
                || method.ContainingNamespace?.ToDisplayString() is "Microsoft.AspNetCore.Builder" or "Endpoints.Wix");
    }

    /// <summary>Whether an operation is <c>auth.Elevate(...)</c>.</summary>
    public bool IsAuthElevate(IOperation operation) =>
        operation is IInvocationOperation { TargetMethod: { Name: "Elevate", IsStatic: false } method } && _auth is not null && Is(method.ContainingType, _auth);

    private bool IsElevated(ITypeSymbol? type, int depth) => type switch
    {
        _ when depth == 0 => false,
        IArrayTypeSymbol array => IsElevated(array.ElementType, depth - 1),
        INamedTypeSymbol named => IsElevatedClient(named) || (_auth is not null && Is(named, _auth)) || named.TypeArguments.Any(argument => IsElevated(argument, depth - 1)),
        _ => false,
    };

    private static bool Is(ITypeSymbol? type, INamedTypeSymbol wanted)
    {
        for (; type is not null; type = type.BaseType)
        {
            if (SymbolEqualityComparer.Default.Equals(type, wanted))
                return true;
        }
        return false;
    }
}
