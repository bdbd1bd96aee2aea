using System.Xml.Linq;

namespace Endpoints.Tests.Processes;

/// <summary>
/// The packages of this repository in a folder of their own, as a stranger's project takes them: outside the repository, with nothing set
/// up on the machine.
/// </summary>
internal sealed class PackedPackages : IDisposable
{
    public const string Version = "0.1.0";

    private readonly string _repository;
    private readonly string _configuration;

    // A cache of its own: the one of the machine would give an older build of the same version.
    private readonly Dictionary<string, string?> _environment;

    public PackedPackages(string repository, string configuration)
    {
        (_repository, _configuration) = (repository, configuration);
        _environment = new(CompilerServer.Environment)
        {
            ["NUGET_PACKAGES"] = Path.Combine(Folder, "cache"),
            ["DOTNET_CLI_TELEMETRY_OPTOUT"] = "1",
            ["MSBUILDDISABLENODEREUSE"] = "1",
            ["DOTNET_CLI_USE_MSBUILD_SERVER"] = "0",
            // What the test run itself sets for its own build.
            ["MSBUILD_EXE_PATH"] = null,
            ["MSBuildSDKsPath"] = null,
            ["MSBuildExtensionsPath"] = null,
        };
    }

    /// <summary>The folder of the packages, their cache and the projects that use them. It is removed at the end.</summary>
    public string Folder { get; } = Directory.CreateTempSubdirectory("endpoints-packages-").FullName;

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
        var source = Path.Combine(Folder, "packages");
        foreach (var project in projects)
        {
            await DotnetAsync(_repository, "pack", project, "-c", _configuration, "--no-build", "-o", source, "-v", "q", "--nologo");
            Assert.Single(Directory.GetFiles(source, $"{Path.GetFileNameWithoutExtension(project)}.?.?.?.nupkg"));
        }

        var machineCache = System.Environment.GetEnvironmentVariable("NUGET_PACKAGES")
            ?? Path.Combine(System.Environment.GetFolderPath(System.Environment.SpecialFolder.UserProfile), ".nuget", "packages");
        await File.WriteAllTextAsync(Path.Combine(Folder, "nuget.config"), $"""
            <configuration>
              <packageSources><add key="endpoints" value="{source}" /></packageSources>
              <!-- What other packages were fetched for this repository need not be fetched again. -->
              <fallbackPackageFolders><add key="machine" value="{WithoutOurs(machineCache)}" /></fallbackPackageFolders>
            </configuration>
            """);
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

    /// <summary>A folder that links to every package of a cache but this repository's own.</summary>
    private string WithoutOurs(string cache)
    {
        var links = Directory.CreateDirectory(Path.Combine(Folder, "machine")).FullName;
        foreach (var package in Directory.Exists(cache) ? Directory.GetDirectories(cache) : [])
        {
            var name = Path.GetFileName(package);
            if (!name.StartsWith("endpoints", StringComparison.OrdinalIgnoreCase))
                Directory.CreateSymbolicLink(Path.Combine(links, name), package);
        }

        return links;
    }
}
