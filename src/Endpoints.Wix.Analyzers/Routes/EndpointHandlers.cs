using System.Collections.Concurrent;
using System.Collections.Immutable;
using Endpoints.Shared.Handlers;
using Endpoints.Shared.Naming;
using Endpoints.Shared.Pages;
using Endpoints.Wix.Analyzers.Symbols;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Endpoints.Wix.Analyzers.Routes;

/// <summary>Finds the endpoints that are methods of classes in one compilation, and their guards.</summary>
/// <remarks>The class is thread-safe, because analyzers use it from many threads. Each class is inspected once.</remarks>
internal sealed class EndpointHandlers
{
    /// <summary>The requirement in the lock of a caller who is signed in, whoever it is.</summary>
    public const string SignedIn = "signed in";

    /// <summary>The full name of the attribute whose arguments are the requirement.</summary>
    public const string AuthorizeAttribute = "Microsoft.AspNetCore.Authorization.AuthorizeAttribute";

    private readonly Compilation _compilation;
    private readonly PagesOptions _pages;
    private readonly WixSymbols _wix;
    private readonly Controllers _controllers;
    private readonly RazorPages _razorPages;
    private readonly bool _elevateIsInherited;
    private readonly Lazy<IReadOnlyList<KeyValuePair<string, INamedTypeSymbol>>> _folders;
    private readonly ConcurrentDictionary<INamedTypeSymbol, ImmutableArray<EndpointHandler>> _byClass = new(SymbolEqualityComparer.Default);

    public EndpointHandlers(Compilation compilation, PagesOptions pages, WixSymbols wix)
    {
        (_compilation, _pages, _wix, _controllers, _razorPages) =
            (compilation, pages, wix, new Controllers(compilation), new RazorPages(compilation));
        _folders = new(FindFolders);
        _elevateIsInherited = wix.Elevate?.GetAttributes()
            .Where(static attribute => attribute.AttributeClass?.Name == nameof(AttributeUsageAttribute))
            .Any(static attribute =>
                attribute.NamedArguments.Any(
                    static named => named is { Key: nameof(AttributeUsageAttribute.Inherited), Value.Value: false })) != true;
    }

    /// <summary>Returns the endpoints of a class.</summary>
    public ImmutableArray<EndpointHandler> Of(INamedTypeSymbol type) => _byClass.GetOrAdd(type, Find);

    /// <summary>Returns the endpoint of a method, or <see langword="null"/> if the method is not an endpoint.</summary>
    public EndpointHandler? Of(ISymbol? symbol) =>
        symbol is IMethodSymbol { ContainingType: { } type } method
            ? Of(type).FirstOrDefault(endpoint => SymbolEqualityComparer.Default.Equals(endpoint.Method, method.OriginalDefinition))
            : null;

    /// <summary>Returns the endpoints of a class, including the handlers of a Razor Page's model.</summary>
    public IEnumerable<EndpointHandler> WithRazorPages(INamedTypeSymbol type) => _razorPages.Contains(type)
        ? _razorPages.HandlersAmong(MethodsOf(type))
            .Select(found => new EndpointHandler(EndpointKind.RazorPage, type, found.Method, [found.Verb], GuardOf(null, type, null), null))
        : Of(type);

    /// <summary>Gets the classes of <c>_folder.cs</c> files.</summary>
    public IEnumerable<INamedTypeSymbol> Folders => _folders.Value.Select(static folder => folder.Value);

    /// <summary>
    /// Determines whether an instance of the class is created for each request, event or plugin call and discarded afterwards.
    /// </summary>
    public bool IsPerRequest(INamedTypeSymbol type) => _controllers.Contains(type) || _razorPages.Contains(type)
        || SignedCalls.AreHandledBy(type) || PagesOf(type).Any();

    /// <summary>Returns the attributes that apply to an endpoint: those of its method, class and folders.</summary>
    public IReadOnlyList<AttributeData> AttributesOf(EndpointHandler endpoint)
    {
        var places = new List<ISymbol> { endpoint.Method, endpoint.Class };
        if (endpoint.Page is { } page)
            places.AddRange(FoldersOf(page));
        return [.. places.SelectMany(HeldAttributes.On)];
    }

    /// <summary>Returns the requirements of attributes that apply together.</summary>
    public static IReadOnlyList<string> Demands(IReadOnlyCollection<AttributeData> attributes) =>
        attributes.Any(HeldAttributes.IsAnonymous) ? [] : [.. attributes.Where(HeldAttributes.IsDemand).Select(Demand)];

    private static string Demand(AttributeData authorize)
    {
        if (authorize.AttributeClass is { } own && own.ToDisplayString() != AuthorizeAttribute)
        {
            // One of the application's own: what it demands is for its arguments to say.
            var given = authorize.ConstructorArguments.Select(static argument => ElevateValue.Of(argument, null))
                .Select(static values => string.Join("|", values))
                .Concat(authorize.NamedArguments.Select(
                    static named => $"{named.Key}={string.Join("|", ElevateValue.Of(named.Value, null))}"));
            return $"{ElevateValue.Name(own)}({string.Join(", ", given)})";
        }

        var policy = authorize.ConstructorArguments.FirstOrDefault().Value as string;
        var parts = authorize.NamedArguments.Select(static named => $"{named.Key}={named.Value.Value}");
        return Demand(policy is null ? parts : parts.Prepend($"Policy={policy}"));
    }

    /// <summary>Returns the requirement of an <c>[Authorize]</c>, as the lock writes it, from what it is given.</summary>
    public static string Demand(IEnumerable<string> parts) =>
        string.Join("; ", parts.OrderBy(static part => part, StringComparer.Ordinal)) is { Length: > 0 } given ? given : SignedIn;

    private ImmutableArray<EndpointHandler> Find(INamedTypeSymbol type)
    {
        if (type is not { TypeKind: TypeKind.Class, IsAbstract: false } && type is not { TypeKind: TypeKind.Class, IsStatic: true })
            return [];

        if (_controllers.Contains(type))
        {
            return [.. MethodsOf(type).Where(_controllers.IsAction).Select(method =>
                new EndpointHandler(EndpointKind.Action, type, method, _controllers.VerbsOf(method), GuardOf(method, type, null), null))];
        }

        var pages = PagesOf(type).ToList();
        return pages.Count == 0
            ? [] : [.. MethodsOf(type).Select(method => (Method: method, Verbs: VerbsOf(method)))
                .Where(static found => found.Verbs.Length > 0).SelectMany(found =>
            PagesOf(found.Method, pages)
                .Select(page => new EndpointHandler(EndpointKind.Page, type, found.Method, found.Verbs, GuardOf(found.Method, type, page),
                    page)))];
    }

    // A class may have parts in several endpoint files.
    private IEnumerable<PageSource> PagesOf(INamedTypeSymbol type) => type.ContainingType is not null ? [] : type.DeclaringSyntaxReferences
        .Select(reference => _pages.Locate(reference.SyntaxTree)).OfType<PageSource>()
        .Where(static page => page.Kind == PageKind.Page && !RouteName.Parse(page.Path).IsExcluded)
        .Distinct();

    // What stands in one of them belongs to that one, the rest to each.
    private static List<PageSource> PagesOf(IMethodSymbol method, List<PageSource> pages) =>
        pages.FindAll(page => method.DeclaringSyntaxReferences.Any(reference => reference.SyntaxTree == page.Tree)) is { Count: > 0 } own
            ? own : pages;

    private AttributeData? GuardOf(IMethodSymbol? method, INamedTypeSymbol type, PageSource? page)
    {
        for (var at = method; at is not null; at = _elevateIsInherited ? at.OverriddenMethod : null)
        {
            if (ElevateOn(at) is { } guard)
                return guard;
        }
        for (var at = type; at is not null; at = _elevateIsInherited ? at.BaseType : null)
        {
            if (ElevateOn(at) is { } guard)
                return guard;
        }
        return page is null ? null : FoldersOf(page).Select(ElevateOn).FirstOrDefault(static guard => guard is not null);
    }

    // The nearest first.
    private IEnumerable<INamedTypeSymbol> FoldersOf(PageSource page) => _folders.Value
        .Where(folder => $"{page.Directory}/".StartsWith($"{folder.Key}/", StringComparison.Ordinal))
        .Select(static folder => folder.Value);

    private AttributeData? ElevateOn(ISymbol symbol) =>
        symbol.GetAttributes().FirstOrDefault(attribute => _wix.IsElevate(attribute.AttributeClass));

    private KeyValuePair<string, INamedTypeSymbol>[] FindFolders()
    {
        var folders = new List<KeyValuePair<string, INamedTypeSymbol>>();
        foreach (var tree in _compilation.SyntaxTrees)
        {
            if (_pages.Locate(tree) is { Kind: PageKind.Folder } source
                && tree.GetRoot() is CompilationUnitSyntax root
                && DeclaredType.In(root).FirstOrDefault(static type => type.IsClass) is { } type
                && _compilation.Assembly.GetTypeByMetadataName(type.FullName.Substring("global::".Length).Replace("@", "")) is { } symbol)
            {
                folders.Add(new(source.Directory, symbol));
            }
        }
        return [.. folders.OrderByDescending(static folder => folder.Key.Length)];
    }

    private static IEnumerable<IMethodSymbol> MethodsOf(INamedTypeSymbol type)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        for (var at = type; at is { SpecialType: not SpecialType.System_Object }; at = at.BaseType)
        {
            foreach (var method in at.GetMembers().OfType<IMethodSymbol>())
            {
                if (method is { MethodKind: MethodKind.Ordinary, DeclaredAccessibility: Accessibility.Public, IsAbstract: false }
                    && seen.Add($"{method.Name}({string.Join(",", method.Parameters.Select(static p => p.Type.ToDisplayString()))})"))
                {
                    yield return method;
                }
            }
        }
    }

    private static ImmutableArray<string> VerbsOf(IMethodSymbol method)
    {
        var verbs = new List<string>();
        if (Verbs.Of(method.Name) is { } verb)
            verbs.Add(verb);
        verbs.AddRange(method.GetAttributes()
            // The route table goes by the attribute's name too.
            .Where(static attribute => attribute.AttributeClass?.Name == "HttpMethodAttribute" && attribute.ConstructorArguments.Length > 0)
            .Select(static attribute => attribute.ConstructorArguments[0].Value as string)
            .Where(static text => text is not null && HttpToken.IsValid(text))
            .Select(static text => text!.ToUpperInvariant()));
        return [.. verbs.Distinct()];
    }
}
