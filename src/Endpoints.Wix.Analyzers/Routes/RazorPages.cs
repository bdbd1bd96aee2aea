using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace Endpoints.Wix.Analyzers.Routes;

/// <summary>Recognizes the models of Razor Pages and their handlers, by the framework's own rules.</summary>
internal sealed class RazorPages(Compilation compilation)
{
    private const string Mvc = "Microsoft.AspNetCore.Mvc.RazorPages.";

    private readonly INamedTypeSymbol? _base = compilation.GetTypeByMetadataName(Mvc + "PageModel");
    private readonly INamedTypeSymbol? _marked = compilation.GetTypeByMetadataName(Mvc + "Infrastructure.PageModelAttribute");
    private readonly INamedTypeSymbol? _notHandler = compilation.GetTypeByMetadataName(Mvc + "NonHandlerAttribute");

    /// <summary>Determines whether the class is a page's model.</summary>
    public bool Contains(INamedTypeSymbol type)
    {
        if (_base is null || type is not { TypeKind: TypeKind.Class, IsStatic: false, IsAbstract: false, IsGenericType: false })
            return false;
        for (var at = type; at is not null; at = at.BaseType)
        {
            if (SymbolEqualityComparer.Default.Equals(at, _base)
                || at.GetAttributes().Any(attribute => SymbolEqualityComparer.Default.Equals(attribute.AttributeClass, _marked)))
                return true;
        }
        return false;
    }

    /// <summary>
    /// Returns the HTTP method that a model's method handles, in upper case, or <see langword="null"/> if it handles none.
    /// </summary>
    public string? VerbOf(IMethodSymbol method)
    {
        var name = method.Name;
        if (method.IsStatic || method.IsGenericMethod || method.IsOverride
            || SymbolEqualityComparer.Default.Equals(method.ContainingType, _base)
            || !name.StartsWith("On", StringComparison.Ordinal) || name.Length < 3 || !char.IsUpper(name[2])
            || method.GetAttributes().Any(attribute => SymbolEqualityComparer.Default.Equals(attribute.AttributeClass, _notHandler)))
        {
            return null;
        }
        // OnPostDeleteAsync: the first word is the HTTP method, what follows is the handler's name.
        var verb = new string([.. name.Skip(3).TakeWhile(static c => !char.IsUpper(c)).Prepend(name[2])]);
        return verb.ToUpperInvariant();
    }

    /// <summary>Returns the handlers among the given methods.</summary>
    public ImmutableArray<(IMethodSymbol Method, string Verb)> HandlersAmong(IEnumerable<IMethodSymbol> methods) =>
        [.. methods.Select(method => (Method: method, Verb: VerbOf(method)!)).Where(static handler => handler.Verb is not null)];
}
