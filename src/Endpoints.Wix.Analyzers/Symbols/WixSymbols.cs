using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace Endpoints.Wix.Analyzers.Symbols;

/// <summary>Holds the types of Endpoints.Wix in one compilation.</summary>
internal sealed class WixSymbols
{
    private const string Namespace = "Endpoints.Wix.";

    // Whatever derives from one is one as well.
    private static readonly HashSet<string> Identities = new(StringComparer.Ordinal)
    {
        "Caller", "WixAuth", "WixInstallation", "ElevationCheckContext", "WixClient", "ElevatedWixClient", "AdminWixClient", "AppWixClient",
        "WixApiClient", "WixSiteClient",
        "WixModule", "WixChannel",
    };

    // Lazy<Func<Task<ElevatedWixClient>>> is as deep as anyone goes; a type that contains itself must end.
    private const int Depth = 4;

    private readonly INamedTypeSymbol? _auth;
    private readonly INamedTypeSymbol? _client;
    private readonly INamedTypeSymbol? _admin;
    private readonly INamedTypeSymbol? _app;
    private readonly INamedTypeSymbol? _module;

    private WixSymbols(
        INamedTypeSymbol? elevate, INamedTypeSymbol? callers, INamedTypeSymbol? auth, INamedTypeSymbol? client, INamedTypeSymbol? admin,
        INamedTypeSymbol? app, INamedTypeSymbol? module)
    {
        (Elevate, _auth, _client, _admin, _app, _module) = (elevate, auth, client, admin, app, module);
        CallerKinds = (callers?.GetMembers().OfType<IFieldSymbol>() ?? [])
            .Where(static kind => kind.HasConstantValue)
            .Select(static kind => (kind.Name, Value: Convert.ToInt64(kind.ConstantValue, CultureInfo.InvariantCulture)))
            .Where(static kind => kind.Value > 0 && (kind.Value & (kind.Value - 1)) == 0)
            .ToDictionary(static kind => kind.Name, static kind => kind.Value, StringComparer.Ordinal);
    }

    /// <summary>Gets the symbols of a compilation that does not use elevation, which has none of the types.</summary>
    public static WixSymbols None { get; } = new(null, null, null, null, null, null, null);

    /// <summary>Gets <c>ElevateAttribute</c>, which is <see langword="null"/> only in <see cref="None"/>.</summary>
    public INamedTypeSymbol? Elevate { get; }

    /// <summary>Finds the types. Returns <see langword="null"/> in a compilation that does not use elevation.</summary>
    public static WixSymbols? Find(Compilation compilation) =>
        compilation.GetTypeByMetadataName(Namespace + "ElevateAttribute") is { } elevate
            ? new WixSymbols(
                elevate,
                compilation.GetTypeByMetadataName(Namespace + "Callers"),
                compilation.GetTypeByMetadataName(Namespace + "WixAuth"),
                compilation.GetTypeByMetadataName(Namespace + "ElevatedWixClient"),
                compilation.GetTypeByMetadataName(Namespace + "AdminWixClient"),
                compilation.GetTypeByMetadataName(Namespace + "AppWixClient"),
                compilation.GetTypeByMetadataName(Namespace + "WixModule"))
            : null;

    /// <summary>Gets the kinds of callers by name. Each is a single bit.</summary>
    public IReadOnlyDictionary<string, long> CallerKinds { get; }

    /// <summary>
    /// Determines whether a value of the type can make elevated calls: the type itself, or a type that returns it, such as
    /// <c>Lazy&lt;WixAuth&gt;</c>.
    /// </summary>
    public bool IsElevated(ITypeSymbol? type) => Holds(type, IsElevation, Depth);

    /// <summary>
    /// Determines whether an endpoint that takes a value of the type must declare who may call it: one that is elevated, or
    /// <c>AdminWixClient</c> or <c>AppWixClient</c>, which jobs may keep and endpoints must guard.
    /// </summary>
    public bool NeedsGuard(ITypeSymbol? type) => Holds(type, type => IsElevation(type) || IsAdminClient(type) || IsAppClient(type), Depth);

    /// <summary>Determines whether a value of the type calls with the account's API key, regardless of the caller.</summary>
    public bool IsAccountKey(ITypeSymbol? type) => Holds(type, IsAdminClient, Depth);

    /// <summary>
    /// Determines whether the type is a client with more permissions than the caller: <c>ElevatedWixClient</c>, <c>AdminWixClient</c> or
    /// <c>AppWixClient</c>.
    /// </summary>
    public bool IsPrivilegedClient(ITypeSymbol? type) => IsElevatedClient(type) || IsAdminClient(type) || IsAppClient(type);

    /// <summary>Determines whether the type represents an identity or its grants, which only the library may create.</summary>
    public static bool IsIdentity(ITypeSymbol? type)
    {
        for (; type is not null; type = type.BaseType)
        {
            if (Identities.Contains(type.Name) && type.ContainingNamespace?.ToDisplayString() == "Endpoints.Wix")
                return true;
        }
        return false;
    }

    /// <summary>Determines whether the type is a typed module of Wix's API.</summary>
    public bool IsModule(ITypeSymbol? type) => _module is not null && Is(type, _module);

    /// <summary>Determines whether an attribute or creation is <c>ElevateAttribute</c>, or derived from it.</summary>
    public bool IsElevate(ITypeSymbol? type) => Elevate is not null && Is(type, Elevate);

    /// <summary>Determines whether the type is <c>ElevateOptions</c>, which the lambda of <c>.Elevate(...)</c> sets.</summary>
    public bool IsElevateOptions(ITypeSymbol? type) =>
        type is { Name: "ElevateOptions" } && SymbolEqualityComparer.Default.Equals(type.ContainingAssembly, Elevate?.ContainingAssembly);

    /// <summary>Determines whether the method is <c>.Elevate(...)</c> on a route or group.</summary>
    public bool IsElevateCall(IMethodSymbol method)
    {
        method = method.ReducedFrom ?? method;
        return method is { Name: "Elevate", IsExtensionMethod: true }
            && (SymbolEqualityComparer.Default.Equals(method.ContainingAssembly, Elevate?.ContainingAssembly)
                || method.ContainingNamespace?.ToDisplayString() is "Microsoft.AspNetCore.Builder" or "Endpoints.Wix");
    }

    /// <summary>Determines whether an operation is <c>auth.Elevate(...)</c>.</summary>
    public bool IsAuthElevate(IOperation operation) =>
        operation is IInvocationOperation { TargetMethod: { Name: "Elevate", IsStatic: false } method } && _auth is not null
            && Is(method.ContainingType, _auth);

    private static bool Holds(ITypeSymbol? type, Func<ITypeSymbol, bool> wanted, int depth) => type switch
    {
        _ when depth == 0 => false,
        IArrayTypeSymbol array => Holds(array.ElementType, wanted, depth - 1),
        INamedTypeSymbol named when wanted(named) => true,
        INamedTypeSymbol { TypeArguments.Length: > 0 } named => Enumerable.Range(0, named.TypeArguments.Length)
            .Any(i => Holds(named.TypeArguments[i], wanted, depth - 1) && Holders.Gives(named.OriginalDefinition, i)),
        _ => false,
    };

    private bool IsElevation(ITypeSymbol type) => IsElevatedClient(type) || (_auth is not null && Is(type, _auth));

    private bool IsElevatedClient(ITypeSymbol? type) => _client is not null && Is(type, _client);

    private bool IsAdminClient(ITypeSymbol? type) => _admin is not null && Is(type, _admin);

    private bool IsAppClient(ITypeSymbol? type) => _app is not null && Is(type, _app);

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
