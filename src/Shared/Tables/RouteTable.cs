using System.Collections.Immutable;
using Endpoints.Shared.Collections;
using Endpoints.Shared.Naming;
using Endpoints.Shared.Pages;

namespace Endpoints.Shared.Tables;

/// <summary>Represents the routes of an assembly, in the order in which they are tried.</summary>
/// <param name="Rows">The routes.</param>
/// <param name="Collisions">The files that the table omits because others match the same paths.</param>
internal sealed record RouteTable(EquatableArray<Row> Rows, EquatableArray<Collision> Collisions)
{
    public static RouteTable Of(ImmutableArray<Page> pages, ImmutableArray<FolderClass> folders)
    {
        var collisions = new List<Collision>();
        var alone = new List<Page>(pages.Length);
        foreach (var shape in pages.OrderBy(static page => page.File, StringComparer.Ordinal).GroupBy(static page => page.Route.Shape,
            StringComparer.OrdinalIgnoreCase))
        {
            var same = shape.ToArray();
            if (same.Length == 1)
                alone.Add(same[0]);
            else
                collisions.AddRange(same.Select(page => new Collision(page, same[page == same[0] ? 1 : 0])));
        }

        var byDirectory = folders.GroupBy(static folder => folder.Directory).ToDictionary(static group => group.Key,
            static group => group.First().Class);
        return new RouteTable(
            RouteOrder.Sort(alone, static page => page.Route).Select(page => new Row(page, Above(page.File, byDirectory)))
                .ToEquatableArray(),
            collisions.ToEquatableArray());
    }

    private static EquatableArray<string> Above(string file, Dictionary<string, string> folders)
    {
        if (folders.Count == 0)
            return default;
        var above = new List<string>();
        for (var slash = file.IndexOf('/'); slash >= 0; slash = file.IndexOf('/', slash + 1))
        {
            if (folders.TryGetValue(file.Substring(0, slash), out var folder))
                above.Add(folder);
        }
        return above.ToEquatableArray();
    }
}
