using System.IO.Compression;
using System.Reflection;
using System.Xml.Linq;
using Endpoints.Tests.Processes;

namespace Endpoints.Packages.Tests;

/// <summary>A package that uses another one's internals says so in its nuspec: that version and no other.</summary>
public sealed class ExactVersionTests : IDisposable
{
    private readonly PackedPackages _packed = new(Metadata("RepositoryRoot"), Metadata("Configuration"));

    [Fact]
    public async Task Packages_that_use_each_others_internals_demand_the_exact_version_and_others_any_later_one()
    {
        await _packed.PackAloneAsync("Endpoints.Wix", "Endpoints.Testing");

        Assert.Equal($"[{PackedPackages.Version}]", Demanded("Endpoints.Wix", "Endpoints"));
        Assert.Equal($"[{PackedPackages.Version}]", Demanded("Endpoints.Wix", "Endpoints.Wix.Client"));
        Assert.Equal($"[{PackedPackages.Version}]", Demanded("Endpoints.Testing", "Endpoints.Wix"));
        Assert.Equal($"[{PackedPackages.Version}]", Demanded("Endpoints.Testing", "Endpoints.Wix.Client"));
        Assert.Equal(PackedPackages.Version, Demanded("Endpoints.Testing", "Endpoints.Wix.Emulator"));
    }

    public void Dispose() => _packed.Dispose();

    private static string? Demanded(string package, string dependency)
    {
        using var packed = ZipFile.OpenRead(Path.Combine(PackedPackages.Source, $"{package}.{PackedPackages.Version}.nupkg"));
        using var nuspec = packed.GetEntry($"{package}.nuspec")!.Open();
        return XDocument.Load(nuspec).Descendants()
            .Single(element => element.Name.LocalName == "dependency" && element.Attribute("id")!.Value == dependency)
            .Attribute("version")?.Value;
    }

    private static string Metadata(string key) =>
        typeof(ExactVersionTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(data => data.Key == key).Value!;
}
