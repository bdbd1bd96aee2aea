using System.Xml.Linq;

namespace Endpoints.Tests.Processes;

/// <summary>
/// The packages of this repository in a folder of their own, as a stranger's project takes them: outside the repository, with nothing set
/// up on the machine.
/// </summary>
internal sealed class PackedPackages : IDisposable
{
    public const string Version = "0.1.0";

    // One pack of each for all tests of a project, and one cache of what they hold. It is not the machine's: that would give an older build
    // of the same version.
    private static readonly Lazy<string> Others = new(LinkOthers);
    private static readonly HashSet<string> Packed = [];
    private static readonly SemaphoreSlim Turn = new(1);

    private readonly string _repository;
    private readonly string _configuration;
    private readonly Dictionary<string, string?> _environment;

    public PackedPackages(string repository, string configuration)
    {
        (_repository, _configuration) = (repository, configuration);
        _environment = new(CompilerServer.Environment)
        {
            ["NUGET_PACKAGES"] = Path.Combine(WarmBuilds.Folder, "cache"),
            ["DOTNET_CLI_TELEMETRY_OPTOUT"] = "1",
            ["MSBUILDDISABLENODEREUSE"] = "1",
            ["DOTNET_CLI_USE_MSBUILD_SERVER"] = "0",
            // What the test run itself sets for its own build.
            ["MSBUILD_EXE_PATH"] = null,
            ["MSBuildSDKsPath"] = null,
            ["MSBuildExtensionsPath"] = null,
        };
    }

    /// <summary>The folder of the projects that use the packages. It is removed at the end.</summary>
    public string Folder { get; } = Directory.CreateTempSubdirectory("endpoints-packages-").FullName;

    /// <summary>The folder of the packages.</summary>
    public static string Source => Path.Combine(WarmBuilds.Folder, "packages");

    public IReadOnlyDictionary<string, string?> Environment => _environment;

    /// <summary>
    /// Packs what has been built, with those of ours that it depends on, and makes the packages those of every project in
    /// <see cref="Folder"/>.
    /// </summary>
    public Task PackAsync(params IEnumerable<string> packages) =>
        PackProjectsAsync(packages.Select(Project).SelectMany(WithDependencies).Distinct());

    /// <summary>Packs what has been built, and nothing that it depends on.</summary>
    public Task PackAloneAsync(params IEnumerable<string> packages) => PackProjectsAsync(packages.Select(Project));

    private async Task PackProjectsAsync(IEnumerable<string> projects)
    {
        await Turn.WaitAsync();
        try
        {
            foreach (var project in projects.Where(Packed.Add))
            {
                await RunAsync(_repository, [], project, "-t:Pack", $"-p:Configuration={_configuration}", "-p:NoBuild=true",
                    "-p:_IsPacking=true", $"-p:PackageOutputPath={Source}", "-v:q");
                Assert.Single(Directory.GetFiles(Source, $"{Path.GetFileNameWithoutExtension(project)}.?.?.?.nupkg"));
            }
        }
        finally
        {
            Turn.Release();
        }

        await File.WriteAllTextAsync(Path.Combine(Folder, "nuget.config"), $"""
            <configuration>
              <packageSources><add key="endpoints" value="{Source}" /></packageSources>
              <!-- What other packages were fetched for this repository need not be fetched again. -->
              <fallbackPackageFolders><add key="machine" value="{Others.Value}" /></fallbackPackageFolders>
            </configuration>
            """);
    }

    /// <summary>Does what <c>dotnet add package</c> does.</summary>
    public static async Task ReferAsync(string project, params IEnumerable<string> packages)
    {
        var xml = XDocument.Load(project);
        xml.Root!.Add(new XElement("ItemGroup", packages.Select(static package =>
            new XElement("PackageReference", new XAttribute("Include", package), new XAttribute("Version", Version)))));
        await File.WriteAllTextAsync(project, xml.ToString());
    }

    /// <summary>Builds a project as <c>dotnet build</c> does; fails with what it printed when the build does.</summary>
    public Task<string> BuildAsync(string folder, params IEnumerable<string> arguments) =>
        RunAsync(folder, new() { ["NUGET_PACKAGES"] = _environment["NUGET_PACKAGES"] }, ["-restore", "-v:m", .. arguments]);

    private static async Task<string> RunAsync(string folder, Dictionary<string, string?> environment, params IEnumerable<string> arguments)
    {
        var (succeeded, output) = await WarmBuilds.RunAsync(folder, environment, ["-nologo", .. arguments]);
        Assert.True(succeeded, $"msbuild {string.Join(' ', arguments)} failed:\n{output}");
        return output;
    }

    public Task<string> DotnetAsync(string folder, params string[] arguments) =>
        Command.RunAsync(folder, _environment, "dotnet", arguments);

    public void Dispose() => Directory.Delete(Folder, recursive: true);

    // A package of a vertical is beside the facts that it is written from.
    private string Project(string package) =>
        new[] { Path.Combine(_repository, "src"), Path.Combine(_repository, "src", "Endpoints.Wix.Api") }
            .Select(folder => Path.Combine(folder, package, package + ".csproj")).First(File.Exists);

    private static IEnumerable<string> WithDependencies(string project) =>
        XDocument.Load(project).Descendants("ProjectReference")
            .Where(static reference => reference.Attribute("ReferenceOutputAssembly")?.Value != "false")
            .SelectMany(reference => WithDependencies(
                Path.GetFullPath(Path.Combine(Path.GetDirectoryName(project)!, reference.Attribute("Include")!.Value))))
            .Append(project);

    /// <summary>A folder that links to every package of the machine's cache but this repository's own.</summary>
    private static string LinkOthers()
    {
        var cache = System.Environment.GetEnvironmentVariable("NUGET_PACKAGES")
            ?? Path.Combine(System.Environment.GetFolderPath(System.Environment.SpecialFolder.UserProfile), ".nuget", "packages");
        var links = Directory.CreateDirectory(Path.Combine(WarmBuilds.Folder, "machine")).FullName;
        foreach (var package in Directory.Exists(cache) ? Directory.GetDirectories(cache) : [])
        {
            var name = Path.GetFileName(package);
            if (!name.StartsWith("endpoints", StringComparison.OrdinalIgnoreCase))
                Directory.CreateSymbolicLink(Path.Combine(links, name), package);
        }

        return links;
    }
}
