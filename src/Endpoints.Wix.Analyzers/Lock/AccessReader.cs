using Endpoints.Shared.Pages;
using Endpoints.Shared.Tables;
using Endpoints.Wix.Analyzers.Symbols;
using Microsoft.CodeAnalysis;

namespace Endpoints.Wix.Analyzers.Lock;

/// <summary>Reads the declarations of who may call the endpoint files of a compilation.</summary>
/// <remarks>It uses the route table itself, so that every mapped endpoint file is checked.</remarks>
internal sealed class AccessReader
{
    private readonly Compilation _compilation;
    private readonly WixSymbols _wix;

    private AccessReader(Compilation compilation)
    {
        _compilation = compilation;
        // A class of the project's own that is called so elevates nothing.
        _wix = WixSymbols.Find(compilation) is { } wix
            && !SymbolEqualityComparer.Default.Equals(wix.Elevate?.ContainingAssembly, compilation.Assembly) ? wix : WixSymbols.None;
    }

    /// <summary>Returns every handler of every endpoint file, in the order of the route table.</summary>
    public static IEnumerable<EndpointAccess> Read(Compilation compilation, PagesOptions options, CancellationToken cancellationToken)
    {
        var readings = compilation.SyntaxTrees.Select(options.Locate).OfType<PageSource>()
            .Select(source => PageReader.Read(source, cancellationToken))
            .Select(reading => reading.NeedsModel ? PageReader.Read(reading, options, compilation, cancellationToken) : reading)
            .ToList();
        var table = RouteTable.Of(
            [.. readings.Select(static reading => reading.Page).OfType<Page>()],
            [.. readings.Select(static reading => reading.Folder).OfType<FolderClass>()]);
        var reader = new AccessReader(compilation);
        var files = readings.ToLookup(static reading => reading.Source.File, StringComparer.Ordinal);
        foreach (var row in table.Rows)
        {
            cancellationToken.ThrowIfCancellationRequested();
            foreach (var access in reader.Of(row, files[row.Page.File].First()))
                yield return access;
        }
    }

    private IEnumerable<EndpointAccess> Of(Row row, Reading file)
    {
        var type = Find(row.Page.Handler);
        var folders = row.Folders.Select(Find).OfType<INamedTypeSymbol>().Reverse().SelectMany(HeldAttributes.On).ToList();
        foreach (var answer in row.Page.Methods)
        {
            // Of methods with one name any may be the one that is called.
            foreach (var method in type is null ? [null] : MethodsOf(type, answer.Name).DefaultIfEmpty<IMethodSymbol?>(null))
            {
                IReadOnlyCollection<AttributeData> attributes = method is null
                    ? [] : [.. HeldAttributes.On(method), .. HeldAttributes.On(type!), .. folders];
                var elevate =
                    attributes.FirstOrDefault(
                        attribute => _wix.IsElevate(attribute.AttributeClass) && !HeldAttributes.IsConditional(attribute));
                yield return new(answer.HttpMethod, row.Page.Route.Text, attributes, elevate, PlaceOf(method, file));
            }
        }
    }

    private INamedTypeSymbol? Find(string name) =>
        _compilation.Assembly.GetTypeByMetadataName(name.Substring("global::".Length).Replace("@", ""));

    private static List<IMethodSymbol> MethodsOf(INamedTypeSymbol type, string name)
    {
        for (var at = type; at is not null; at = at.BaseType)
        {
            var methods = at.GetMembers(name).OfType<IMethodSymbol>()
                .Where(static method => method is { MethodKind: MethodKind.Ordinary, DeclaredAccessibility: Accessibility.Public })
                .ToList();
            if (methods.Count > 0)
                return methods;
        }
        return [];
    }

    // In the endpoint file: a base class may lie anywhere.
    private static Location PlaceOf(IMethodSymbol? method, Reading file) =>
        method?.Locations.FirstOrDefault(place => place.SourceTree == file.Source.Tree) ?? file.Source.Tree.GetLocation(file.Anchor);
}
