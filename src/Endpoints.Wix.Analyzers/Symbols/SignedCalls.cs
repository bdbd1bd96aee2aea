using Microsoft.CodeAnalysis;

namespace Endpoints.Wix.Analyzers.Symbols;

/// <summary>Recognizes classes and methods that handle what Wix sends: events, and calls of service plugins.</summary>
internal static class SignedCalls
{
    private const string Namespace = "Endpoints.Wix";

    /// <summary>Determines whether an instance of a class is created for each event or call.</summary>
    public static bool AreHandledBy(INamedTypeSymbol type) =>
        IsPlugin(type) || IsRegisteredInCode(type) || HandlersOf(type).Any(static method => method.Parameters.Any(
            static parameter => IsEvent(parameter.Type)));

    /// <summary>Determines whether a type is an event: the raw one, or one that is typed.</summary>
    public static bool IsEvent(ITypeSymbol type) => IsRawEvent(type) || type.AllInterfaces.Any(IsTypedEvent);

    /// <summary>Determines whether a type is the raw event.</summary>
    public static bool IsRawEvent(ITypeSymbol type) => type.Name == "WixEvent" && IsOurs(type);

    /// <summary>Determines whether an interface is the one of typed events.</summary>
    public static bool IsTypedEvent(INamedTypeSymbol type) => type is { Name: "IWixEvent", Arity: 1 } && IsOurs(type);

    /// <summary>Determines whether a class derives from the base of all plugins.</summary>
    public static bool IsPlugin(INamedTypeSymbol type)
    {
        for (var at = type.BaseType; at is not null; at = at.BaseType)
        {
            if (at.Name == "WixPlugin" && IsOurs(at))
                return true;
        }
        return false;
    }

    /// <summary>Determines whether a class implements the interface of handlers that are registered in code.</summary>
    public static bool IsRegisteredInCode(INamedTypeSymbol type) =>
        type.AllInterfaces.Any(static one => one is { Name: "IWixEventHandler", Arity: 1 } && IsOurs(one));

    /// <summary>Returns the methods of a class, without its base classes, that have the name of a handler.</summary>
    public static IEnumerable<IMethodSymbol> HandlersOf(INamedTypeSymbol type) =>
        type.GetMembers("Handle").Concat(type.GetMembers("HandleAsync")).OfType<IMethodSymbol>()
            .Where(static method => method.MethodKind == MethodKind.Ordinary && method.PartialDefinitionPart is null);

    /// <summary>Determines whether a type is in the library's namespace.</summary>
    public static bool IsOurs(ITypeSymbol type) => type.ContainingNamespace?.ToDisplayString() == Namespace;
}
