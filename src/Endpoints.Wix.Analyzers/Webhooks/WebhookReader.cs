using Endpoints.Shared.Collections;
using Endpoints.Shared.Naming;
using Endpoints.Shared.Pages;
using Endpoints.Shared.Tools;
using Endpoints.Wix.Analyzers.Symbols;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace Endpoints.Wix.Analyzers.Webhooks;

/// <summary>Reads one source file: the handlers or plugins from the meaning of its code.</summary>
/// <remarks>
/// Which event a method takes is for the compiler to say. A file is therefore read again after each edit of the project, but what comes of
/// it is the same as before, and no later step runs.
/// </remarks>
internal sealed class WebhookReader
{
    private const int LongestName = 200; // an inbox keeps 256 characters, the name of a raw event among them

    private readonly WebhookSource _source;
    private readonly Compilation _compilation;
    private readonly WebhookSymbols _symbols;
    private readonly WebhookFindings _findings;
    private readonly List<EventHandler> _handlers = [];
    private readonly List<PluginFile> _plugins = [];
    private readonly List<ClassAnchor> _anchors = [];

    private WebhookReader(WebhookSource source, Compilation compilation, WebhookSymbols symbols)
    {
        (_source, _compilation, _symbols) = (source, compilation, symbols);
        _findings = new(source.Page.Tree);
    }

    private string File => _source.Page.File;

    /// <summary>Determines whether a file is left out, because its name or that of a folder above it begins with <c>_</c>.</summary>
    public static bool IsExcluded(WebhookSource source) =>
        source.Page.Kind != PageKind.Stray && RouteName.Parse(source.Page.Path).IsExcluded;

    /// <summary>Reads a file.</summary>
    public static WebhookReading Read(WebhookSource source, Compilation compilation, CancellationToken ct) =>
        WebhookSymbols.Find(compilation) is { } symbols
            ? new WebhookReader(source, compilation, symbols).Read(ct) : new(source, default, default, default, default);

    private WebhookReading Read(CancellationToken ct)
    {
        var tree = _source.Page.Tree;
        var model = _compilation.GetSemanticModel(tree);
        var types = DeclaredType.In((CompilationUnitSyntax)tree.GetRoot(ct))
            .Select(type => (Symbol: (INamedTypeSymbol)model.GetDeclaredSymbol(type.Parts[0], ct)!, Anchor: type.Identifier.Span))
            .Where(static type => type.Symbol.TypeKind is TypeKind.Class or TypeKind.Struct).ToList();
        if (_source.Page.Kind == PageKind.Stray)
            ReadStray(types);
        else if (_source.Kind == WebhookKind.Event)
            ReadEvents(types);
        else
            ReadPlugins(types);
        return new(_source, _handlers.ToEquatableArray(), _plugins.ToEquatableArray(), _findings.Flaws, _anchors.ToEquatableArray());
    }

    private void ReadEvents(List<(INamedTypeSymbol Symbol, TextSpan Anchor)> types)
    {
        var found = false;
        foreach (var (type, anchor) in types)
        {
            var before = _findings.Fatal;
            var methods = HandleMethod.Of(type);
            var attributes = EventAttribute.Of(type, _symbols, anchor, _findings);
            var isMeant = attributes.Count > 0
                || methods.Any(method => method.Parameters.Any(parameter => _symbols.IsEvent(parameter.Type)));
            // What helps a handler may have a method of the same name.
            if (methods.Count == 0 && attributes.Count == 0)
                continue;
            if (type.IsAbstract && types.Exists(other => IsDerived(other.Symbol, type)))
                continue; // what the handler of the file derives from
            if (!isMeant && (type.DeclaredAccessibility != Accessibility.Public || (type.IsAbstract && !type.IsStatic)))
                continue;
            found = true;
            if (IsHome(type, methods))
                ReadHandler(type, anchor, methods, attributes, before);
        }
        if (!found)
            _findings.Add(WebhookRules.NoHandler, Anchor(types), File);
    }

    private void ReadHandler(INamedTypeSymbol type, TextSpan anchor, IReadOnlyList<IMethodSymbol> methods,
        IReadOnlyList<EventAttribute> attributes, int before)
    {
        if (methods.Count == 0)
        {
            _findings.Add(WebhookRules.NoHandler, anchor, type.Name);
            return;
        }
        // A method that takes no event is no handler, if another does.
        var open = methods.Where(method => method.Parameters.Any(parameter => _symbols.IsEvent(parameter.Type))).ToList();
        var candidates = open.Count > 0 ? open : [.. methods];
        var method = candidates[0];
        foreach (var second in candidates.Skip(1))
        {
            _findings.AddPair(WebhookRules.HandleTwice, _findings.Place(second, anchor), _findings.Place(method, anchor),
                type.Name, method.Name, second.Name);
        }

        ClassForm.Check(type, method.IsStatic, _findings, anchor);
        var form = new HandleMethod(method, _symbols, _findings, _findings.Place(method, anchor));
        form.CheckForm();
        var isAwaited = form.IsAwaited();
        var arguments = form.Arguments();
        if (form.Event is not { } parameter)
        {
            _findings.Add(WebhookRules.NoEvent, _findings.Place(method, anchor), $"{type.Name}.{method.Name}", "takes no event",
                "add a parameter of the event's type, such as OrderCreated, or of WixEvent for one that no package knows");
            return;
        }
        var isRaw = _symbols.IsRaw(parameter.Type);
        Check(type, attributes, isRaw, parameter, anchor);
        if (_findings.Fatal > before)
            return;

        var home = Home(type, anchor);
        foreach (var attribute in attributes.DefaultIfEmpty(new(null, null, false, false, null, anchor, anchor)))
        {
            var name = attribute.Name ?? $"{File}:{type.Name}";
            _handlers.Add(new(
                home,
                isRaw ? $"{name}:{attribute.Type}" : name,
                isRaw ? null : parameter.Type.WithNullableAnnotation(NullableAnnotation.NotAnnotated)
                    .ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat),
                isRaw ? attribute.Type : WebhookSymbols.NameOf(parameter.Type),
                method.Name,
                arguments)
            {
                IsStatic = method.IsStatic,
                IsAwaited = isAwaited,
                Inbox = attribute.Inbox,
                OrderedByEntity = attribute.OrderedByEntity,
                Only = attribute.Only,
            });
        }
    }

    private void Check(INamedTypeSymbol type, IReadOnlyList<EventAttribute> attributes, bool isRaw, IParameterSymbol parameter,
        TextSpan anchor)
    {
        if (isRaw && attributes.Count == 0)
        {
            _findings.Add(WebhookRules.NoEvent, _findings.Place(parameter, anchor), type.Name, "takes a raw event and names none",
                "add the event's name, as in [WixEvent(\"wix.ecom.v1.order_created\")], or take the event's type");
            return;
        }
        var known = isRaw ? null : WebhookSymbols.NameOf(parameter.Type);
        for (var i = 0; i < attributes.Count; i++)
        {
            var attribute = attributes[i];
            if (isRaw && string.IsNullOrWhiteSpace(attribute.Type))
            {
                _findings.Add(WebhookRules.NoEvent, attribute.TypeSpan, type.Name, "takes a raw event and names none",
                    "add the event's name, as in [WixEvent(\"wix.ecom.v1.order_created\")], or take the event's type");
            }
            else if (isRaw && KnownEvents.Near(attribute.Type!, _compilation, _symbols) is { } near)
                _findings.AddSuggestion(WebhookRules.UnknownEvent, attribute.TypeSpan, near, attribute.Type!, near);
            else if (!isRaw && attribute.Type is { } named && named != known)
            {
                _findings.Add(WebhookRules.Contradiction, attribute.TypeSpan,
                    $"'{type.Name}' takes '{parameter.Type.Name}' and [WixEvent] names '{named}'",
                    "remove the name, or take a WixEvent");
            }
            if (attribute.Name is { } name && (string.IsNullOrWhiteSpace(name) || name.Length > LongestName))
            {
                _findings.Add(WebhookRules.Contradiction, attribute.Span,
                    $"'{type.Name}' has a name that is {(name.Length > LongestName ? "too long" : "empty")}",
                    $"leave the name out, or write one of at most {LongestName} characters that stays the same");
            }
            if (attribute is { OrderedByEntity: true, Inbox: false })
            {
                _findings.Add(WebhookRules.Contradiction, attribute.Span,
                    $"'{type.Name}' handles the events of an entity in their order without an inbox",
                    "add Inbox = true, because Wix delivers in any order and only what is stored can wait");
            }
            foreach (var other in attributes.Take(i))
                Compare(type, other, attribute);
        }
    }

    private void Compare(INamedTypeSymbol type, EventAttribute one, EventAttribute other)
    {
        if (one.Type == other.Type)
            _findings.AddPair(WebhookRules.Contradiction, other.Span, one.Span, $"'{type.Name}' names one event twice", "remove one");
        else if (one.Inbox != other.Inbox || one.OrderedByEntity != other.OrderedByEntity || !Same(one.Only, other.Only))
        {
            _findings.AddPair(WebhookRules.Contradiction, other.Span, one.Span,
                $"'{type.Name}' treats '{one.Type}' and '{other.Type}' differently", "write a class for each");
        }
    }

    private static bool Same(EquatableArray<string>? one, EquatableArray<string>? other) =>
        one is null ? other is null : other is { } calls && one.Value.SequenceEqual(calls);

    private void ReadPlugins(List<(INamedTypeSymbol Symbol, TextSpan Anchor)> types)
    {
        var found = false;
        foreach (var (type, anchor) in types)
        {
            if (_symbols.TypedPluginOf(type) is not { } plugin)
                continue;
            if (type.IsAbstract && types.Exists(other => IsDerived(other.Symbol, type)))
                continue; // what the plugin of the file derives from
            found = true;
            if (!IsHome(type, []))
                continue;
            var before = _findings.Fatal;
            ClassForm.Check(type, isStatic: false, _findings, anchor);
            var attribute = type.GetAttributes().Where(_symbols.IsPluginAttribute)
                .Select(one => new AttributeReader(one, anchor, _findings)).FirstOrDefault();
            var only = attribute?.Only();
            var tool = WebhookSymbols.IsTool(plugin) ? ReadTool(type, anchor) : null;
            if (_findings.Fatal > before)
                continue;
            _plugins.Add(new(Home(type, anchor), $"{File}:{type.Name}", plugin.ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat),
                WebhookSymbols.NameOf(plugin))
            {
                Tool = tool,
                Address = attribute?.Value(nameof(PluginFile.Address)) as string,
                Only = only,
            });
        }
        if (!found)
            _findings.Add(WebhookRules.NoPlugin, Anchor(types), File);
    }

    private string? ReadTool(INamedTypeSymbol type, TextSpan anchor)
    {
        if (WebhookSymbols.ToolOf(type) is not { } attribute)
        {
            _findings.Add(WebhookRules.ToolNotDeclared, anchor, type.Name, "it says neither name nor description",
                "add [WixTool(\"track-package\", \"Returns where a package is. ...\")]");
            return null;
        }

        var texts = attribute.ConstructorArguments.Select(static one => one.Value as string).ToList();
        var (name, description) = texts.Count == 2 ? (texts[0], texts[1]) : (null, null);
        if (ToolText.Flaw(name, description) is var (reason, remedy))
            _findings.Add(WebhookRules.ToolNotDeclared, new AttributeReader(attribute, anchor, _findings).Span, type.Name, reason, remedy);
        return name;
    }

    private void ReadStray(List<(INamedTypeSymbol Symbol, TextSpan Anchor)> types)
    {
        var root = _source.Page.Path;
        foreach (var (type, anchor) in types)
        {
            var isMeant = type.DeclaredAccessibility == Accessibility.Public && !SignedCalls.IsRegisteredInCode(type)
                && (_source.Kind == WebhookKind.Plugin
                    ? !type.IsAbstract && _symbols.IsPlugin(type)
                    : HandleMethod.Of(type).Any(method => method.Parameters.Any(parameter => _symbols.IsEvent(parameter.Type))));
            if (!isMeant)
                continue;
            var folder = _source.Kind == WebhookKind.Event ? "events" : "plugins";
            _findings.Add(WebhookRules.OutsideFolder, anchor, type.Name,
                File.StartsWith(root + "/", StringComparison.OrdinalIgnoreCase)
                    ? $"the {folder} folder is '{root}', and letter case counts"
                    : $"it is linked from outside the project, so add its folder to the project's "
                        + $"Endpoints{(_source.Kind == WebhookKind.Event ? "Events" : "Plugins")}Root, or move it below '{root}'");
            return;
        }
    }

    private static bool IsDerived(INamedTypeSymbol type, INamedTypeSymbol from) =>
        type.BaseType.SelfAndBases().Contains(from, SymbolEqualityComparer.Default);

    private WebhookClass Home(INamedTypeSymbol type, TextSpan anchor)
    {
        var name = type.ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat);
        _anchors.Add(new(name, anchor));
        return new(File, name);
    }

    // Of a class in several files, the one with the method counts.
    private bool IsHome(INamedTypeSymbol type, IReadOnlyList<IMethodSymbol> methods) =>
        type.DeclaringSyntaxReferences.Length == 1
        || (methods.SelectMany(static method => method.DeclaringSyntaxReferences)
            .FirstOrDefault(at => type.DeclaringSyntaxReferences.Any(part => part.SyntaxTree == at.SyntaxTree))
                ?? type.DeclaringSyntaxReferences[0]).SyntaxTree == _source.Page.Tree;

    private static TextSpan Anchor(List<(INamedTypeSymbol Symbol, TextSpan Anchor)> types) =>
        types.Count == 0 ? default
            : types.Where(static type => type.Symbol.DeclaredAccessibility == Accessibility.Public).DefaultIfEmpty(types[0]).First().Anchor;
}
