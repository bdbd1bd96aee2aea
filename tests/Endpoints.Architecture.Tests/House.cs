using System.Reflection;
using System.Xml.Linq;

namespace Endpoints.Architecture.Tests;

/// <summary>The projects under <c>src</c> and the order of their rooms, as <c>src/rooms.txt</c> has them.</summary>
internal static class House
{
    /// <summary>The room of the files that lie in the project's own folder.</summary>
    public const string Root = "(root)";

    /// <summary>The folder of the sources that several projects compile. It is no project itself.</summary>
    public const string Shared = "Shared";

    public static string Folder { get; } = Path.Combine(
        typeof(House).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(static one => one.Key == "RepositoryRoot").Value!,
        "src");

    /// <summary>The rooms of each project, from the lowest up.</summary>
    public static IReadOnlyDictionary<string, IReadOnlyList<string>> Rooms { get; } = Read();

    /// <summary>
    /// The folders under <c>src</c> that hold a project. Those of Wix's verticals lie deeper: their sources are written when they are
    /// built.
    /// </summary>
    public static IEnumerable<string> Projects =>
        Directory.GetDirectories(Folder).SelectMany(static folder => Directory.GetFiles(folder, "*.csproj"))
            .Select(static file => Path.GetFileNameWithoutExtension(file)).Order(StringComparer.Ordinal);

    /// <summary>The namespace of a project's own folder.</summary>
    public static string NamespaceOf(string project) => project == Shared
        ? "Endpoints.Shared"
        : XDocument.Load(Path.Combine(Folder, project, project + ".csproj")).Descendants("RootNamespace").SingleOrDefault()?.Value
            ?? project;

    private static Dictionary<string, IReadOnlyList<string>> Read()
    {
        var rooms = new Dictionary<string, IReadOnlyList<string>>();
        List<string>? last = null;
        foreach (var line in File.ReadLines(Path.Combine(Folder, "rooms.txt")).Select(static line => line.Split('#')[0].TrimEnd())
            .Where(static line => line.Length > 0))
        {
            if (!char.IsWhiteSpace(line[0]))
                rooms.Add(line, last = []);
            else
                last!.AddRange(line.Split('<', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries));
        }

        return rooms;
    }
}
