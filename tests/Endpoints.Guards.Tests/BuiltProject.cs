using System.Diagnostics;
using System.Reflection;
using Endpoints.Tests.Processes;

namespace Endpoints.Guards.Tests;

/// <summary>A real project in a folder of its own, built with the targets that the package brings.</summary>
internal sealed class BuiltProject : IDisposable
{
    private static readonly Dictionary<string, string?> Environment = new()
    {
        // Build servers would outlive the test.
        ["MSBUILDDISABLENODEREUSE"] = "1",
        ["DOTNET_CLI_USE_MSBUILD_SERVER"] = "0",
        ["DOTNET_CLI_TELEMETRY_OPTOUT"] = "1",
        ["DOTNET_CLI_UI_LANGUAGE"] = "en",
        // What the test run itself sets for its own build.
        ["MSBUILD_EXE_PATH"] = null,
        ["MSBuildSDKsPath"] = null,
        ["MSBuildExtensionsPath"] = null,
    };

    /// <param name="name">The name of its folder.</param>
    /// <param name="more">More of the project file.</param>
    public BuiltProject(string name, string more = "")
    {
        Folder = Path.Combine(Directory.CreateTempSubdirectory("endpoints-project-").FullName, name);
        Directory.CreateDirectory(Folder);
        var root = typeof(BuiltProject).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
            .Single(static data => data.Key == "RepositoryRoot").Value!;
        Write("Shop.csproj", $"""
            <Project Sdk="Microsoft.NET.Sdk.Web">
              <PropertyGroup>
                <TargetFramework>net10.0</TargetFramework>
                <ImplicitUsings>enable</ImplicitUsings>
                <Nullable>enable</Nullable>
              </PropertyGroup>
              <ItemGroup>
                <Reference Include="{typeof(Wix.ElevateAttribute).Assembly.Location}" />
                <Reference Include="{typeof(FileRoute).Assembly.Location}" />
                <Analyzer Include="{typeof(Generator.FileRouteGenerator).Assembly.Location}" />
                <Analyzer Include="{typeof(Wix.Analyzers.Lock.GuardLockGenerator).Assembly.Location}" />
              </ItemGroup>
              {more}
              <Import Project="{Path.Combine(root, "src", "Endpoints", "build", "Endpoints.targets")}" />
              <Import Project="{Path.Combine(root, "src", "Endpoints.Wix", "build", "Endpoints.Wix.targets")}" />
            </Project>
            """);
    }

    public string Folder { get; }

    public void Write(string file, string text)
    {
        var path = Path.Combine(Folder, file);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
    }

    /// <summary>Builds it as <c>dotnet build -v q</c> does, and holds the outcome against what was expected.</summary>
    /// <returns>What the build printed.</returns>
    public Task<string> BuildAsync(bool succeeds, params IEnumerable<string> arguments) =>
        MSBuildAsync(succeeds, "", ["-restore", "-v:q", .. arguments]);

    /// <summary>Runs a command line of MSBuild in the project's folder.</summary>
    /// <param name="succeeds">Whether it succeeds.</param>
    /// <param name="variable">A variable of its environment, as <c>name=value</c>; empty for none.</param>
    /// <param name="arguments">The command line.</param>
    public async Task<string> MSBuildAsync(bool succeeds, string variable, params IEnumerable<string> arguments)
    {
        var (succeeded, output) = await WarmBuilds.RunAsync(Folder, Variables(variable), ["-nologo", .. arguments]);
        Assert.True(succeeded == succeeds, output);
        return output;
    }

    /// <summary>Runs a command of the SDK in a process of its own.</summary>
    public async Task<string> DotnetAsync(bool succeeds, params string[] arguments)
    {
        var start = new ProcessStartInfo(
            "dotnet", arguments) { WorkingDirectory = Folder, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (name, value) in Environment.Concat(CompilerServer.Environment))
            start.Environment[name] = value;

        using var process = Process.Start(start)!;
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(5));
        try
        {
            var errors = process.StandardError.ReadToEndAsync(limit.Token);
            var output = await process.StandardOutput.ReadToEndAsync(limit.Token) + await errors;
            await process.WaitForExitAsync(limit.Token);
            Assert.True(process.ExitCode == 0 == succeeds, output);
            return output;
        }
        finally
        {
            if (!process.HasExited)
                process.Kill(entireProcessTree: true);
        }
    }

    private static Dictionary<string, string?> Variables(string variable) =>
        variable.Length == 0 ? [] : new() { [variable.Split('=')[0]] = variable.Split('=')[1] };

    public void Dispose() => Directory.Delete(Path.GetDirectoryName(Folder)!, recursive: true);
}
