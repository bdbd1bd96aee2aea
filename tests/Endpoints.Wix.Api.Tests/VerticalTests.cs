using System.Reflection;

namespace Endpoints.Wix.Api.Tests;

/// <summary>Each vertical of the facts has a project, and each project its facts.</summary>
public sealed class VerticalTests
{
    [Fact]
    public void Every_vertical_of_the_facts_has_a_project()
    {
        var folder = typeof(VerticalTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
            .Single(static data => data.Key == "WixApi").Value!;
        var facts = Directory.GetDirectories(Path.Combine(folder, "facts")).Select(static vertical => Path.GetFileName(vertical));
        var projects = Directory.GetFiles(folder, "*.csproj", SearchOption.AllDirectories)
            .Where(static file => !file.Contains("emitter", StringComparison.Ordinal))
            .Select(static file => System.Xml.Linq.XDocument.Load(file).Descendants("Vertical").Single().Value);

        Assert.Equal(facts.Order(StringComparer.Ordinal), projects.Order(StringComparer.Ordinal));
    }
}
