using System.Reflection;
using Endpoints.Tests.Processes;

namespace Adversary.Tests.Hosting;

/// <summary>The reference application, published once for all tests: outside the repository, against the packed packages.</summary>
public sealed class PublishedSite : IAsyncLifetime, IDisposable
{
    private readonly PackedPackages _packed = new(Metadata("RepositoryRoot"), Metadata("Configuration"));

    /// <summary>The folder of the published application.</summary>
    public string Folder => Path.Combine(_packed.Folder, "published");

    /// <summary>The file that receives the logs.</summary>
    public string Logs => _packed.Folder;

    public static string Sources => Path.Combine(Metadata("RepositoryRoot"), "tests", "Adversary.Site");

    /// <summary>The cases that were found, in the repository.</summary>
    public static string Found => Path.Combine(Metadata("RepositoryRoot"), "tests", "Adversary.Tests", "found");

    public async Task InitializeAsync()
    {
        await _packed.PackAsync("Endpoints.Wix");
        var project = Path.Combine(_packed.Folder, "Adversary.Site");
        foreach (var file in Directory.EnumerateFiles(Sources, "*", SearchOption.AllDirectories))
        {
            var name = Path.GetRelativePath(Sources, file);
            if (name.Split('/', '\\')[0] is "bin" or "obj")
                continue;
            Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(project, name))!);
            File.Copy(file, Path.Combine(project, name));
        }

        await _packed.DotnetAsync(project, "publish", "-c", "Release", "-o", Folder, "--nologo", "-v", "q");
    }

    public Task DisposeAsync() => Task.CompletedTask;

    public void Dispose() => _packed.Dispose();

    private static string Metadata(string key) =>
        typeof(PublishedSite).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(data => data.Key == key).Value!;
}
