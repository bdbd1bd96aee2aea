using Endpoints.Wix.Analyzers.Symbols;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Endpoints.Wix.Analyzers.Webhooks;

/// <summary>Holds the types of events and plugins in one compilation.</summary>
internal sealed class WebhookSymbols
{
    private const string Namespace = "Endpoints.Wix.";

    private const string EventType = "EventType";

    private readonly INamedTypeSymbol _raw;
    private readonly INamedTypeSymbol? _attribute;
    private readonly INamedTypeSymbol? _pluginAttribute;
    private readonly INamedTypeSymbol? _plugin;
    private readonly INamedTypeSymbol? _typedPlugin;

    private WebhookSymbols(Compilation compilation, INamedTypeSymbol raw)
    {
        _raw = raw;
        _attribute = compilation.GetTypeByMetadataName(Namespace + "WixEventAttribute");
        _pluginAttribute = compilation.GetTypeByMetadataName(Namespace + "WixPluginAttribute");
        _plugin = compilation.GetTypeByMetadataName(Namespace + "WixPlugin");
        _typedPlugin = compilation.GetTypeByMetadataName(Namespace + "IWixPlugin");
    }

    /// <summary>The name of the class that the generated class derives from. A project that lacks it can't have event files.</summary>
    public const string TableName = Namespace + "CompilerServices.WixFileTable";

    /// <summary>Finds the types. Returns <see langword="null"/> in a compilation that doesn't have them.</summary>
    public static WebhookSymbols? Find(Compilation compilation) =>
        compilation.GetTypeByMetadataName(Namespace + "WixEvent") is { } raw ? new(compilation, raw) : null;

    /// <summary>Determines whether a type is an event: the raw one, or one that is typed.</summary>
    public bool IsEvent(ITypeSymbol type) => IsRaw(type) || type.AllInterfaces.Any(SignedCalls.IsTypedEvent);

    /// <summary>Determines whether a type is the raw event.</summary>
    public bool IsRaw(ITypeSymbol? type) => SymbolEqualityComparer.Default.Equals(type, _raw);

    /// <summary>Determines whether an attribute is the one of event handlers.</summary>
    public bool IsAttribute(AttributeData attribute) =>
        _attribute is not null && SymbolEqualityComparer.Default.Equals(attribute.AttributeClass, _attribute);

    /// <summary>Determines whether an attribute is the one of plugins.</summary>
    public bool IsPluginAttribute(AttributeData attribute) =>
        _pluginAttribute is not null && SymbolEqualityComparer.Default.Equals(attribute.AttributeClass, _pluginAttribute);

    /// <summary>Determines whether a class derives from the base of all plugins.</summary>
    public bool IsPlugin(INamedTypeSymbol type) => TypedPluginOf(type) is not null;

    /// <summary>
    /// Returns the typed plugin that a class derives from, or the class itself if it implements its methods without one;
    /// <see langword="null"/> if the class is no plugin.
    /// </summary>
    public INamedTypeSymbol? TypedPluginOf(INamedTypeSymbol type)
    {
        var typed = type;
        for (INamedTypeSymbol? at = type; at is not null; at = at.BaseType)
        {
            if (SymbolEqualityComparer.Default.Equals(at, _plugin))
                return SymbolEqualityComparer.Default.Equals(typed, _plugin) ? null : typed;
            if (at.Interfaces.Any(one => SymbolEqualityComparer.Default.Equals(one, _typedPlugin))
                || SymbolEqualityComparer.Default.Equals(at.BaseType, _plugin))
                typed = at;
        }
        return null;
    }

    /// <summary>Determines whether a typed plugin is the base of tools.</summary>
    public static bool IsTool(INamedTypeSymbol typed) => typed is { Name: "WixTool", Arity: 2 } && SignedCalls.IsOurs(typed);

    /// <summary>Returns the attribute that declares a tool, or <see langword="null"/> for none.</summary>
    public static AttributeData? ToolOf(ITypeSymbol type) => type.GetAttributes().FirstOrDefault(
        static one => one.AttributeClass is { Name: "WixToolAttribute" } named && SignedCalls.IsOurs(named));

    /// <summary>Returns the name of a plugin in the guard lock: Wix's name of it, and that of a tool.</summary>
    public static string? RouteOf(string? extensionType, string? tool) =>
        extensionType is null || tool is null ? extensionType : $"{extensionType}/{tool}";

    /// <summary>
    /// Returns Wix's name of a typed event or plugin, or <see langword="null"/> if only the running application knows it.
    /// </summary>
    public static string? NameOf(ITypeSymbol type)
    {
        foreach (var attribute in type.GetAttributes())
        {
            if (attribute.AttributeClass is { Name: "WixNameAttribute" } named && SignedCalls.IsOurs(named))
                return attribute.ConstructorArguments.FirstOrDefault().Value as string;
        }
        // A type of the project's own, which needs no attribute.
        return type.GetMembers().OfType<IPropertySymbol>().Where(static one => one.IsStatic
                && (one.Name == EventType || one.ExplicitInterfaceImplementations.Any(static of => of.Name == EventType)))
            .SelectMany(static one => one.DeclaringSyntaxReferences).FirstOrDefault()?.GetSyntax()
            is PropertyDeclarationSyntax { ExpressionBody.Expression: LiteralExpressionSyntax literal }
            && literal.IsKind(SyntaxKind.StringLiteralExpression) ? literal.Token.ValueText : null;
    }
}
