using System.Collections.Immutable;
using Endpoints.Shared.Handlers;
using Microsoft.CodeAnalysis;

namespace Endpoints.Wix.Analyzers.Routes;

/// <summary>Recognizes MVC's controllers and their actions, by MVC's own rules.</summary>
internal sealed class Controllers(Compilation compilation)
{
    private const string Mvc = "Microsoft.AspNetCore.Mvc.";

    private readonly INamedTypeSymbol? _base = compilation.GetTypeByMetadataName(Mvc + "ControllerBase");
    private readonly INamedTypeSymbol? _marked = compilation.GetTypeByMetadataName(Mvc + "ControllerAttribute");
    private readonly INamedTypeSymbol? _notController = compilation.GetTypeByMetadataName(Mvc + "NonControllerAttribute");
    private readonly INamedTypeSymbol? _notAction = compilation.GetTypeByMetadataName(Mvc + "NonActionAttribute");
    private readonly INamedTypeSymbol? _httpMethod = compilation.GetTypeByMetadataName(Mvc + "Routing.HttpMethodAttribute");
    private readonly INamedTypeSymbol? _acceptVerbs = compilation.GetTypeByMetadataName(Mvc + "AcceptVerbsAttribute");

    /// <summary>Determines whether the class is a controller.</summary>
    public bool Contains(INamedTypeSymbol type)
    {
        if (_base is null || type is not { TypeKind: TypeKind.Class, IsStatic: false, IsAbstract: false, IsGenericType: false }
            || type.DeclaredAccessibility != Accessibility.Public || HasInherited(type, _notController))
        {
            return false;
        }
        return type.Name.EndsWith("Controller", StringComparison.OrdinalIgnoreCase) || HasInherited(type, _marked);
    }

    /// <summary>Determines whether a public method of a controller is an action.</summary>
    public bool IsAction(IMethodSymbol method)
    {
        if (method.IsStatic || method.IsGenericMethod || SymbolEqualityComparer.Default.Equals(method.ContainingType, _base))
            return false;
        for (var at = method; at is not null; at = at.OverriddenMethod)
        {
            // Overrides of what MVC and Object declare answer nothing.
            if (at.ContainingType.SpecialType == SpecialType.System_Object
                || at.ContainingAssembly.Name.StartsWith("Microsoft.AspNetCore.Mvc", StringComparison.Ordinal))
                return false;
            if (at.GetAttributes().Any(attribute => SymbolEqualityComparer.Default.Equals(attribute.AttributeClass, _notAction)))
                return false;
        }
        return method is not { Name: "Dispose", Parameters.Length: 0 };
    }

    /// <summary>Returns the HTTP methods that an action names, in upper case, or <see cref="Verbs.All"/> if it names none.</summary>
    public ImmutableArray<string> VerbsOf(IMethodSymbol method)
    {
        var verbs = new List<string>();
        foreach (var attribute in method.GetAttributes())
        {
            if (SymbolEqualityComparer.Default.Equals(attribute.AttributeClass?.BaseType, _httpMethod)
                && attribute.AttributeClass!.Name is { } name && name.StartsWith("Http", StringComparison.Ordinal)
                && name.EndsWith("Attribute", StringComparison.Ordinal))
            {
                verbs.Add(name.Substring(4, name.Length - 4 - "Attribute".Length).ToUpperInvariant());
            }
            else if (SymbolEqualityComparer.Default.Equals(attribute.AttributeClass, _acceptVerbs))
            {
                verbs.AddRange(attribute.ConstructorArguments
                    .SelectMany(
                        static argument => argument.Kind == TypedConstantKind.Array && !argument.IsNull ? argument.Values : [argument])
                    .Select(static value => value.Value as string)
                    .Where(static text => !string.IsNullOrEmpty(text))
                    .Select(static text => text!.ToUpperInvariant()));
            }
        }
        return verbs.Count == 0 ? [Verbs.All] : [.. verbs.Distinct()];
    }

    private static bool HasInherited(INamedTypeSymbol type, INamedTypeSymbol? attribute)
    {
        for (var at = type; at is not null && attribute is not null; at = at.BaseType)
        {
            foreach (var data in at.GetAttributes())
            {
                for (var kind = data.AttributeClass; kind is not null; kind = kind.BaseType)
                {
                    if (SymbolEqualityComparer.Default.Equals(kind, attribute))
                        return true;
                }
            }
        }
        return false;
    }
}
