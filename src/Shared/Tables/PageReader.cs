using Endpoints.Shared.Collections;
using Endpoints.Shared.Handlers;
using Endpoints.Shared.Naming;
using Endpoints.Shared.Pages;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace Endpoints.Shared.Tables;

/// <summary>Reads one source file: the route from its path, the handlers from its text.</summary>
internal sealed class PageReader
{
    private readonly PageSource _source;
    private readonly Findings _findings;
    private readonly IReadOnlyList<DeclaredType> _types;
    private readonly TextSpan _anchor;
    private readonly Func<SyntaxTree, bool> _isPage;

    private PageReader(PageSource source, SemanticModel? model, Func<SyntaxTree, bool> isPage, CancellationToken ct)
    {
        _source = source;
        _findings = new Findings(model);
        _isPage = isPage;
        _types = DeclaredType.In((CompilationUnitSyntax)source.Tree.GetRoot(ct));
        _anchor = _types.Count > 0 ? (_types.FirstOrDefault(static t => t.IsPublic) ?? _types[0]).Identifier.Span : default;
    }

    /// <summary>Reads a file on its own, which is enough for most files.</summary>
    public static Reading Read(PageSource source, CancellationToken ct) => new PageReader(source, null, static _ => false, ct).Read();

    /// <summary>Reads a file again, with the compilation that its first reading needed.</summary>
    public static Reading Read(Reading reading, PagesOptions options, Compilation compilation, CancellationToken ct) => new PageReader(
        reading.Source,
        compilation.GetSemanticModel(reading.Source.Tree),
        tree => options.Locate(tree) is { Kind: PageKind.Page } source && !RouteName.Parse(source.Path).IsExcluded,
        ct).Read();

    private Reading Read()
    {
        var page = _source.Kind == PageKind.Page ? ReadPage() : null;
        var folder = _source.Kind == PageKind.Folder ? ReadFolder() : null;
        if (_source.Kind == PageKind.Stray)
            ReadStray();

        return new Reading(_source, _findings.AreFatal ? null : page, _findings.AreFatal ? null : folder, _findings.Flaws, _anchor,
            _findings.NeedsModel);
    }

    private Page? ReadPage()
    {
        var name = RouteName.Parse(_source.Path);
        if (name.IsExcluded)
            return null;
        if (name.Flaw is { } flaw)
            _findings.Add(KindOf(flaw.Kind), _anchor, flaw.Message);

        if (FindHandler() is not var (type, methods))
            return null;

        new HandlerClass(type, methods, _findings).Check();
        if (name.Route is not { } route)
            return null;
        new RouteParameters(route, _findings).Check(type, methods);
        return new Page(
            _source.File,
            route,
            type.FullName,
            methods.SelectMany(static method => method.Verbs.Select(verb => new PageMethod(verb, method.Name))).ToEquatableArray());
    }

    private (DeclaredType Type, IReadOnlyList<HandlerMethod> Methods)? FindHandler()
    {
        var candidates = new List<(DeclaredType Type, IReadOnlyList<HandlerMethod> Methods)>();
        foreach (var type in _types.Where(static type => !type.IsInterface))
        {
            var methods = HandlerMethods.Of(type, _isPage, _findings);
            if (methods.Count > 0)
                candidates.Add((type, methods));
        }

        // What helps a handler class may have methods of the same names: a base class, a store that only the file uses.
        var handlers = candidates.Where(static c => c.Type.IsPublic && !(c.Type.IsAbstract && !c.Type.IsStatic)).ToArray();
        if (handlers.Length == 0)
            handlers = candidates.Where(static c => c.Type.IsPublic).ToArray();
        if (handlers.Length == 0)
            handlers = [.. candidates];

        foreach (var (type, _) in handlers.Skip(1))
        {
            _findings.Add(
                new Flaw(FlawKind.HandlerClassTwice, type.Identifier.Span, new[] { handlers[0].Type.Name, type.Name }.ToEquatableArray())
            {
                Related = handlers[0].Type.Identifier.Span,
            });
        }
        if (handlers.Length > 0)
            return handlers[0];

        if (!_findings.NeedsModel && !HandlerClass.ExplainMissing(_types, _findings))
            _findings.Add(FlawKind.NoHandler, _anchor, _source.File);
        return null;
    }

    private static FlawKind KindOf(NameFlawKind kind) => kind switch
    {
        NameFlawKind.ParametersNotSeparated => FlawKind.ParametersNotSeparated,
        NameFlawKind.ParameterName => FlawKind.ParameterName,
        NameFlawKind.ParameterTwice => FlawKind.ParameterTwice,
        NameFlawKind.BracketsNested => FlawKind.BracketsNested,
        _ => FlawKind.BracketsUnbalanced,
    };

    private FolderClass? ReadFolder()
    {
        if (_source.Path.LastIndexOf('/') is > 0 and var slash && RouteName.Parse(_source.Path.Substring(0, slash)).IsExcluded)
            return null;
        var classes = _types.Where(static type => type.IsClass).ToArray();
        if (classes.Length != 1)
            _findings.Add(FlawKind.FolderClass, classes.Length > 1 ? classes[1].Identifier.Span : _anchor, _source.File,
                classes.Length == 0 ? "none" : "several");
        else if (classes[0].IsGeneric || classes[0].IsFileLocal)
            _findings.Add(FlawKind.FolderClass, classes[0].Identifier.Span, _source.File,
                classes[0].IsGeneric ? "a generic one" : "one that only the file can see");
        else
            return new FolderClass(_source.Directory, classes[0].FullName);
        return null;
    }

    private void ReadStray()
    {
        var handler =
            _types.FirstOrDefault(static type => type.IsClass && type.IsPublic && type.Members.OfType<MethodDeclarationSyntax>().Any(
            static method => HandlerMethods.IsPublic(method)
                && (Verbs.Of(method.Identifier.ValueText) is not null || HandlerMethods.HasAttribute(method))));
        var root = _source.Path;
        var isInAnyCase = _source.File.StartsWith(root + "/", StringComparison.OrdinalIgnoreCase);
        // A folder called Pages holds Razor pages, and classes they use may well have a method called Get. Static ones are rarely of that
        // kind.
        if (handler is null || (isInAnyCase && !handler.IsStatic))
            return;

        _findings.Add(FlawKind.OutsidePages, handler.Identifier.Span, _source.File, isInAnyCase
            ? $"the pages folder is '{root}', and letter case counts"
            : $"it is linked from outside the project, so add its pages folder to the project's EndpointsPagesRoot, or move it below "
                + $"'{root}'");
    }
}
