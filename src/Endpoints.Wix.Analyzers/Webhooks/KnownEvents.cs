using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;

namespace Endpoints.Wix.Analyzers.Webhooks;

/// <summary>Knows the names of the typed events of the referenced packages.</summary>
/// <remarks>
/// The compiler keeps the symbols of an assembly for as long as the reference doesn't change, and so are the names kept with them. They are
/// read only for a raw event that a class names in text.
/// </remarks>
internal static class KnownEvents
{
    private const string Client = "Endpoints.Wix.Client";

    private const int Slips = 2;

    private static readonly ConditionalWeakTable<IAssemblySymbol, string[]> OfAssembly = new();

    /// <summary>
    /// Returns the name that a text was probably meant to be, or <see langword="null"/> if it is a known name or close to none.
    /// </summary>
    public static string? Near(string text, Compilation compilation, WebhookSymbols symbols)
    {
        string? near = null;
        var least = Slips + 1;
        foreach (var assembly in compilation.SourceModule.ReferencedAssemblySymbols)
        {
            foreach (var name in OfAssembly.GetValue(assembly, one => Read(one, symbols)))
            {
                if (name == text)
                    return null;
                var distance = string.Equals(name, text, StringComparison.OrdinalIgnoreCase) ? 0 : Distance(name, text, least);
                if (distance < least)
                    (near, least) = (name, distance);
            }
        }
        return near;
    }

    private static string[] Read(IAssemblySymbol assembly, WebhookSymbols symbols)
    {
        if (assembly.Modules.All(static module => module.ReferencedAssemblies.All(static one => one.Name != Client)))
            return [];
        var names = new List<string>();
        Add(assembly.GlobalNamespace, symbols, names);
        return [.. names];
    }

    private static void Add(INamespaceSymbol space, WebhookSymbols symbols, List<string> names)
    {
        foreach (var type in space.GetTypeMembers())
        {
            if (type.TypeKind == TypeKind.Class && type.DeclaredAccessibility == Accessibility.Public && symbols.IsEvent(type)
                && WebhookSymbols.NameOf(type) is { } name)
                names.Add(name);
        }
        foreach (var inner in space.GetNamespaceMembers())
            Add(inner, symbols, names);
    }

    /// <summary>Returns the number of letters to change, or a number that is too great if it is not less than the limit.</summary>
    private static int Distance(string a, string b, int limit)
    {
        if (Math.Abs(a.Length - b.Length) >= limit)
            return limit;
        var row = Enumerable.Range(0, b.Length + 1).ToArray();
        for (var i = 1; i <= a.Length; i++)
        {
            var (diagonal, least) = (row[0], row[0] = i);
            for (var j = 1; j <= b.Length; j++)
            {
                var changed = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(changed, Math.Min(row[j], row[j - 1]) + 1);
                least = Math.Min(least, row[j]);
            }
            if (least >= limit)
                return limit;
        }
        return row[b.Length];
    }
}
