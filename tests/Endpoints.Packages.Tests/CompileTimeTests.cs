using System.IO.Compression;
using System.Reflection;
using Endpoints.Tests.Processes;
using Xunit.Sdk;

namespace Endpoints.Packages.Tests;

/// <summary>The parts of each package that the compiler receives, and those that remain when a project takes only some of them.</summary>
public sealed class CompileTimeTests : IDisposable
{
    private readonly PackedPackages _packed = new(Metadata("RepositoryRoot"), Metadata("Configuration"));

    [Fact]
    public async Task Each_package_brings_its_own_analyzers_and_targets_and_the_lock_goes_with_Endpoints_Wix()
    {
        await _packed.PackAsync("Endpoints.Wix");

        Assert.Equal(
            ["analyzers/dotnet/cs/Endpoints.Generator.CodeFixes.dll", "analyzers/dotnet/cs/Endpoints.Generator.dll",
                "buildTransitive/Endpoints.targets"], CompileTimeOf("Endpoints"));
        Assert.Equal(
            ["analyzers/dotnet/cs/Endpoints.Wix.Analyzers.CodeFixes.dll", "analyzers/dotnet/cs/Endpoints.Wix.Analyzers.dll",
                "buildTransitive/Endpoints.Wix.targets"], CompileTimeOf("Endpoints.Wix"));

        // Endpoints alone: nothing of Wix is said, and a switch that nothing obeys is an error.
        var alone = await ProjectAsync("Alone", "<PackageReference Include=\"Endpoints\" Version=\"0.1.0\" />",
            "public static class A { public static string Get(WixAuth auth) => \"a\"; public sealed class WixAuth; }");
        Assert.DoesNotContain("EP1", await _packed.BuildAsync(alone, "-p:NoWarn=CS1591"), StringComparison.Ordinal);
        Assert.Contains("error EP1017: EndpointsRequireAccess is set, and no referenced package",
            await RefusedAsync(alone, "-p:EndpointsRequireAccess=true"), StringComparison.Ordinal);

        // Endpoints.Wix alone brings Endpoints with all that it has.
        const string Elevated =
            "using Endpoints.Wix;\n[Elevate(Callers.Member, RateLimit = \"30/1m\")] public static class A { public static string "
            + "Get(WixAuth auth) => $\"a{auth}\"; }";
        var whole = await ProjectAsync("Whole", "<PackageReference Include=\"Endpoints.Wix\" Version=\"0.1.0\" />", Elevated);
        await _packed.BuildAsync(whole, "-p:WriteEndpointsLock=true");
        Assert.Contains("\"route\": \"/a\", \"callers\": [\"Member\"]",
            await File.ReadAllTextAsync(Path.Combine(whole, "endpoints.lock.json")), StringComparison.Ordinal);
        Assert.Contains("Whole: guard lock compared, 1 entries", await _packed.BuildAsync(whole, "-v:n"), StringComparison.Ordinal);

        // Whatever a project takes of it: what is built was compared.
        foreach (var excluded in (string[])["analyzers", "buildTransitive", "build;buildTransitive"])
        {
            var part = await ProjectAsync("Without_" + excluded.Replace(';', '_'),
                $"<PackageReference Include=\"Endpoints.Wix\" Version=\"0.1.0\" ExcludeAssets=\"{excluded}\" />", Elevated);
            File.Copy(Path.Combine(whole, "endpoints.lock.json"), Path.Combine(part, "endpoints.lock.json"));
            var said = await OutcomeAsync(part);
            Assert.True(said.Contains("error EP1104", StringComparison.Ordinal) || said.Contains("error EP1106", StringComparison.Ordinal)
                || said.Contains("guard lock compared, 1 entries", StringComparison.Ordinal), $"Without {excluded}:\n{said}");
        }
    }

    [Fact]
    public async Task S59_A_project_whose_language_is_said_to_be_another_is_proven_all_the_same()
    {
        await _packed.PackAsync("Endpoints.Wix");
        var project = await ProjectAsync("Other", "<PackageReference Include=\"Endpoints.Wix\" Version=\"0.1.0\" />", "");
        Directory.Delete(Path.Combine(project, "pages"), recursive: true);
        await File.WriteAllTextAsync(Path.Combine(project, "Program.cs"), """
            using Endpoints.Wix;
            using Microsoft.AspNetCore.Builder;

            var app = WebApplication.Create(args);
            app.MapGet("/a", () => "a").Elevate(Callers.App);
            app.Run();
            """);
        await File.WriteAllTextAsync(Path.Combine(project, "endpoints.lock.json"), """{ "schema": 3, "endpoints": [] }""");
        Assert.Contains("error EP1101", await RefusedAsync(project), StringComparison.Ordinal);

        // The compiler gets no analyzers of packages then, and the lock's generator is one.
        await File.WriteAllTextAsync(Path.Combine(project, "Directory.Build.rsp"),
            "-p:Language=VB\n-p:GenerateAssemblyInfo=false\n-p:GenerateTargetFrameworkAttribute=false\n");
        Assert.Contains("error EP1106", await OutcomeAsync(project), StringComparison.Ordinal);
    }

    public void Dispose() => _packed.Dispose();

    private static List<string> CompileTimeOf(string package)
    {
        using var zip = ZipFile.OpenRead(Path.Combine(PackedPackages.Source, $"{package}.{PackedPackages.Version}.nupkg"));
        return [.. zip.Entries.Select(static entry => entry.FullName)
            .Where(static name => name.StartsWith("analyzers/", StringComparison.Ordinal)
                || name.StartsWith("build", StringComparison.Ordinal)).Order(StringComparer.Ordinal)];
    }

    private async Task<string> ProjectAsync(string name, string reference, string page)
    {
        var folder = Path.Combine(_packed.Folder, name);
        Directory.CreateDirectory(Path.Combine(folder, "pages"));
        await File.WriteAllTextAsync(Path.Combine(folder, name + ".csproj"), $"""
            <Project Sdk="Microsoft.NET.Sdk.Web">
              <PropertyGroup>
                <TargetFramework>net10.0</TargetFramework>
                <ImplicitUsings>enable</ImplicitUsings>
                <Nullable>enable</Nullable>
              </PropertyGroup>
              <ItemGroup>{reference}</ItemGroup>
            </Project>
            """);
        await File.WriteAllTextAsync(Path.Combine(folder, "Program.cs"),
            "var app = WebApplication.CreateBuilder(args).Build();\napp.MapFileRoutes();\napp.Run();\n");
        await File.WriteAllTextAsync(Path.Combine(folder, "pages", "a.cs"), page);
        return folder;
    }

    private async Task<string> OutcomeAsync(string project)
    {
        try
        {
            return await _packed.BuildAsync(project, "-v:n");
        }
        catch (XunitException refusal)
        {
            return refusal.Message;
        }
    }

    private async Task<string> RefusedAsync(string project, params string[] arguments) =>
        (await Assert.ThrowsAnyAsync<XunitException>(() => _packed.BuildAsync(project, arguments))).Message;

    private static string Metadata(string key) =>
        typeof(CompileTimeTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(data => data.Key == key).Value!;
}
