using System.Collections.Concurrent;
using Microsoft.CodeAnalysis;

namespace Endpoints.Wix.Analyzers.Symbols;

/// <summary>
/// Recognizes the objects of one request: its caller, and the clients and modules that act for the caller or are granted to it.
/// </summary>
/// <remarks>The client with the account's API key belongs to no request.</remarks>
internal sealed class RequestBound
{
    // Lazy<Func<Task<WixClient>>>, and a service that takes a service that takes a client.
    private const int Depth = 4;

    private readonly ConcurrentDictionary<INamedTypeSymbol, string?> _taken = new(SymbolEqualityComparer.Default);

    /// <summary>
    /// Determines whether a value of the type belongs to one request, or returns a value that does: <c>Lazy&lt;WixClient&gt;</c>,
    /// <c>List&lt;Caller&gt;</c>.
    /// </summary>
    public static bool IsOne(ITypeSymbol? type) => Within(type, Depth) is not null;

    /// <summary>
    /// Returns the name in messages of the object of one request that a class takes, when it is created or later, or <see langword="null"/>
    /// if it takes none.
    /// </summary>
    public string? TakenBy(INamedTypeSymbol type) => _taken.GetOrAdd(type, static type => TakenBy(type, Depth));

    /// <summary>
    /// Returns the name in messages of the object of one request that a parameter takes, directly or through a class of the project.
    /// </summary>
    public string? TakenBy(IParameterSymbol parameter) =>
        Name(parameter.Type)
            ?? (OwnClass(parameter.Type) is { } service && TakenBy(service) is { } inner ? Indirect(inner, service) : null);

    /// <summary>Returns the name in messages of a type that belongs to one request, or <see langword="null"/> for any other type.</summary>
    public static string? Name(ITypeSymbol type) => Within(type, Depth)?.Name;

    private static string? TakenBy(INamedTypeSymbol type, int depth)
    {
        if (depth == 0)
            return null;
        foreach (var parameter in type.InstanceConstructors.SelectMany(static constructor => constructor.Parameters))
        {
            if (Name(parameter.Type) is { } name)
                return name;
            if (OwnClass(parameter.Type) is { } service && !SymbolEqualityComparer.Default.Equals(service, type)
                && TakenBy(service, depth - 1) is { } inner)
                return Indirect(inner, service);
        }
        return type.DeclaringSyntaxReferences.Length == 0 ? null
            : type.GetMembers().Select(static member => member switch
            {
                IFieldSymbol { IsStatic: false, Type: var kept } => Name(kept),
                _ => null,
            }).FirstOrDefault(static name => name is not null);
    }

    private static string Indirect(string inner, INamedTypeSymbol service) =>
        inner.Contains(" (") ? inner : $"{inner} (by way of {service.Name})";

    private static INamedTypeSymbol? OwnClass(ITypeSymbol type) =>
        type is INamedTypeSymbol { TypeKind: TypeKind.Class, IsAbstract: false, DeclaringSyntaxReferences.Length: > 0 } own ? own : null;

    private static ITypeSymbol? Within(ITypeSymbol? type, int depth) => type switch
    {
        _ when depth == 0 => null,
        IArrayTypeSymbol array => Within(array.ElementType, depth - 1),
        INamedTypeSymbol named when WixSymbols.IsIdentity(named) =>
            named.Name is "AdminWixClient" or "AppWixClient" or "AccountWixClient" ? null : named,
        // What a delegate gives; what it takes is the affair of who calls it.
        INamedTypeSymbol { TypeKind: TypeKind.Delegate, DelegateInvokeMethod: { } invoke } => Within(invoke.ReturnType, depth - 1),
        INamedTypeSymbol { TypeArguments.Length: > 0 } named when Hands(named) =>
            named.TypeArguments.Select(argument => Within(argument, depth - 1)).FirstOrDefault(static found => found is not null),
        _ => null,
    };

    // Collections and holders of the framework; not ILogger<WixClient>, nor a comparer of callers.
    private static bool Hands(INamedTypeSymbol type) =>
        type.TypeKind == TypeKind.Interface
            ? type.OriginalDefinition.SpecialType == SpecialType.System_Collections_Generic_IEnumerable_T || type.Name == "IAsyncEnumerable"
                || type.AllInterfaces.Any(
                    static face => face.OriginalDefinition.SpecialType == SpecialType.System_Collections_Generic_IEnumerable_T)
            : type.ContainingNamespace?.ToDisplayString().Split('.')[0] is "System" && !type.Name.Contains("Comparer");
}
