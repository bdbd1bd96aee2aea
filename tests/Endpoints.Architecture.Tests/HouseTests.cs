using System.Xml.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace Endpoints.Architecture.Tests;

/// <summary>The house stays drawable: what <c>src/rooms.txt</c> says is so.</summary>
public sealed class HouseTests
{
    private const int MostFiles = 30;

    public static TheoryData<string> Projects => [.. House.Rooms.Keys];

    [Fact]
    public void Every_project_has_an_order_of_rooms() =>
        Assert.Equal(House.Projects.Append(House.Shared).Order(StringComparer.Ordinal), House.Rooms.Keys.Order(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(Projects))]
    public void Every_folder_is_a_room_and_every_room_a_folder(string project)
    {
        var source = new ProjectSource(project);

        var folders = source.OwnFiles.Select(source.RoomOf).Distinct().Order(StringComparer.Ordinal);

        Assert.Equal(House.Rooms[project].Order(StringComparer.Ordinal), folders);
    }

    [Theory]
    [MemberData(nameof(Projects))]
    public void A_room_uses_only_rooms_before_it(string project)
    {
        var order = House.Rooms[project].Index().ToDictionary(static room => room.Item, static room => room.Index);

        var up = new ProjectSource(project).Arrows().Where(arrow => order[arrow.To] > order[arrow.From]);

        Assert.Empty(up.Select(static arrow => arrow.ToString()));
    }

    /// <summary>
    /// Public types may lie in the project's own namespace, and where Microsoft's conventions have extension methods; everything else
    /// lies in its folder's.
    /// </summary>
    [Theory]
    [MemberData(nameof(Projects))]
    public void A_namespace_is_its_folder(string project)
    {
        var (source, root) = (new ProjectSource(project), House.NamespaceOf(project));
        var wrong =
            from file in source.OwnFiles
            let room = source.RoomOf(file)
            let folder = room == House.Root ? root : $"{root}.{room.Replace('/', '.')}"
            from space in source.SyntaxOf(file).DescendantNodes().OfType<BaseNamespaceDeclarationSyntax>()
            let name = space.Name.ToString()
            where name != folder
            where !(space.Members.Any(static type => !ProjectSource.IsInternal(type))
                && (name == root || name.StartsWith("Microsoft.", StringComparison.Ordinal)))
            where name != "System.Runtime.CompilerServices"
            select $"{Path.GetRelativePath(House.Folder, file)}: {name}, not {folder}";

        Assert.Empty(wrong);
    }

    [Theory]
    [MemberData(nameof(Projects))]
    public void A_folder_can_be_seen_at_a_glance(string project)
    {
        var source = new ProjectSource(project);

        Assert.Empty(
            source.OwnFiles.GroupBy(source.RoomOf).Where(static room => room.Count() > MostFiles)
                .Select(static room => $"{room.Key}: {room.Count()} files"));
    }

    [Fact]
    public void Packages_that_use_internals_of_each_other_name_the_exact_version()
    {
        var wrong =
            from project in House.Projects
            from friend in XDocument.Load(Path.Combine(House.Folder, project, project + ".csproj")).Descendants("InternalsVisibleTo")
            let name = friend.Attribute("Include")!.Value
            where House.Projects.Contains(name) && IsPackage(project) && IsPackage(name)
            where !XDocument.Load(Path.Combine(House.Folder, name, name + ".csproj")).Descendants("ProjectReference")
                .Any(reference => reference.Attribute("Include")!.Value.EndsWith($"/{project}.csproj", StringComparison.Ordinal)
                    && reference.Attribute("ExactVersion")?.Value == "true")
            select $"{name} sees internals of {project} and does not demand its exact version";

        Assert.Empty(wrong);
    }

    [Fact]
    public void Endpoints_knows_nothing_of_Wix()
    {
        var source = new ProjectSource("Endpoints");

        Assert.Empty(
            source.Files.Where(static file => File.ReadAllText(file).Contains("Wix", StringComparison.Ordinal))
                .Select(file => Path.GetRelativePath(House.Folder, file)));
    }

    /// <summary>The files that ship inside Endpoints: the projects that it packs, the sources they link, and its targets.</summary>
    [Fact]
    public void Every_package_below_Endpoints_names_nothing_of_Wix()
    {
        var packed = XDocument.Load(Path.Combine(House.Folder, "Endpoints", "Endpoints.csproj")).Descendants("ProjectReference")
            .Select(static reference => Path.GetFileNameWithoutExtension(reference.Attribute("Include")!.Value)).ToList();
        var files = packed.SelectMany(
            static project => new ProjectSource(project).Files.Concat(Directory.GetFiles(Path.Combine(House.Folder, project))))
            .Concat(Directory.GetFiles(Path.Combine(House.Folder, "Endpoints", "build")));

        Assert.Contains("Endpoints.Generator", packed);
        Assert.Empty(
            files.Where(static file => File.ReadAllText(file).Contains("Wix", StringComparison.Ordinal))
                .Select(static file => Path.GetRelativePath(House.Folder, file)));
    }

    /// <summary>It is compiled into several projects, so it compiles without any of them.</summary>
    [Fact]
    public void What_projects_share_names_no_type_of_a_project() => Assert.Empty(new ProjectSource(House.Shared, isAlone: true).Errors());

    [Fact]
    public void No_line_of_code_is_longer_than_140_characters()
    {
        var files = Directory.EnumerateFiles(House.Folder, "*.cs", SearchOption.AllDirectories)
            .Where(static file => !file.Split(Path.DirectorySeparatorChar).Any(static part => part is "bin" or "obj" or "node_modules"));

        Assert.Empty(
            from file in files
            let source = CSharpSyntaxTree.ParseText(File.ReadAllText(file))
            from line in source.GetText().Lines
            where line.End - line.Start > 140 && !IsInLiteral(source.GetRoot(), line)
            select $"{Path.GetRelativePath(House.Folder, file)}({line.LineNumber + 1})");
    }

    // What a literal over several lines holds is text of somebody else's form: what is generated, a command to copy.
    private static bool IsInLiteral(SyntaxNode root, TextLine line)
    {
        var parent = root.FindToken(line.Start).Parent;
        SyntaxNode? literal = parent?.FirstAncestorOrSelf<InterpolatedStringExpressionSyntax>();
        literal ??= parent as LiteralExpressionSyntax;
        return literal is not null && literal.SpanStart < line.Start && literal.Span.End > line.End;
    }

    private static bool IsPackage(string project) =>
        !XDocument.Load(Path.Combine(House.Folder, project, project + ".csproj")).Descendants("IsPackable")
            .Any(static one => one.Value == "false");
}
