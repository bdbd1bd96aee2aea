using System.Diagnostics;
using System.Reflection;

namespace Endpoints.Guards.Tests.Lock;

/// <summary>A real project in a folder of its own, built with the targets that the package brings.</summary>
public sealed class LockBuildTests : IDisposable
{
    private const string Page = """
        using Endpoints.Wix;

        [Elevate(Callers.Member, RateLimit = "30/1m", Only = [@"GET /a;b/$(x)/@(y)/%2A/*", "* /ünï/'c'/\u2028"])]
        public static class Order
        {
            public static string Get(WixAuth auth, int id) => $"{auth}{id}";
        }
        """;

    // MSBuild and the shell have opinions on such names.
    private readonly string _folder = Path.Combine(Directory.CreateTempSubdirectory("endpoints-lock-").FullName, "my (new) shop");

    public LockBuildTests()
    {
        Directory.CreateDirectory(_folder);
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
                <Analyzer Include="{typeof(Endpoints.Generator.Lock.GuardLockGenerator).Assembly.Location}" />
              </ItemGroup>
              <Import Project="{Path.Combine(Root, "src", "Endpoints", "build", "Endpoints.targets")}" />
            </Project>
            """);
        Write("Program.cs", """
            using Endpoints.Wix;

            var app = WebApplication.CreateBuilder(args).Build();
            app.MapFileRoutes();
            app.MapGet(@"/x/{id:regex(^\d+$)}", (WixAuth auth, int id) => $"{auth}{id}").Elevate(Callers.User);
            app.Run();
            """);
        Write("pages/orders/[id].cs", Page);
    }

    private static string Root => typeof(LockBuildTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(static data => data.Key == "RepositoryRoot").Value!;

    private string LockPath => Path.Combine(_folder, "endpoints.lock.json");

    [Fact]
    public async Task A_build_writes_the_lock_when_asked_and_the_next_ones_enforce_it()
    {
        await BuildAsync(succeeds: true);
        Assert.False(File.Exists(LockPath));

        await BuildAsync(succeeds: true, "-p:WriteEndpointsLock=true");
        const string Expected = """
            {
              "about": "Who may use elevated endpoints, and within which limits. Written by: dotnet build -p:WriteEndpointsLock=true",
              "schema": 1,
              "endpoints": [
                { "method": "GET", "route": "/orders/[id]", "callers": ["Member"], "limit": "30/1m",
                  "only": ["* /ünï/'c'/\u2028", "GET /a;b/$(x)/@(y)/%2A/*"] },
                { "method": "GET", "route": "/x/{id:regex(^\\d+$)}", "callers": ["User"] }
              ]
            }

            """;
        Assert.Equal(Expected, await File.ReadAllTextAsync(LockPath));

        // Everything is up to date, and the lock is written all the same.
        File.Delete(LockPath);
        await BuildAsync(succeeds: true, "-p:WriteEndpointsLock=true");
        Assert.Equal(Expected, await File.ReadAllTextAsync(LockPath));

        Assert.DoesNotContain("EP1103", await BuildAsync(succeeds: true), StringComparison.Ordinal);

        // Wider: also where the build leaves analyzers out, and as often as it is tried.
        Write("pages/orders/[id].cs", Page.Replace("Callers.Member", "Callers.Member | Callers.App", StringComparison.Ordinal));
        Assert.Contains("[id].cs(3,2): error EP1102: 'GET /orders/[id]' opens wider than endpoints.lock.json: it is open to App (the lock has Member).", await BuildAsync(succeeds: false), StringComparison.Ordinal);
        Assert.Contains("error EP1102", await BuildAsync(succeeds: false, "-p:RunAnalyzers=false", "-p:NoWarn=EP1102"), StringComparison.Ordinal);

        // Written anew, with what was meant.
        await BuildAsync(succeeds: true, "-p:WriteEndpointsLock=true");
        Assert.Contains("\"callers\": [\"Member\", \"App\"]", await File.ReadAllTextAsync(LockPath), StringComparison.Ordinal);
        await BuildAsync(succeeds: true, "-p:EndpointsLock=enforce");

        // An older lock comes back, by a merge say: the build sees it though no code has changed.
        await File.WriteAllTextAsync(LockPath, Expected);
        Assert.Contains("error EP1102", await BuildAsync(succeeds: false), StringComparison.Ordinal);
        await BuildAsync(succeeds: true, "-p:EndpointsLock=off");
    }

    [Fact]
    public async Task The_lock_may_lie_elsewhere_and_generated_files_too()
    {
        await BuildAsync(
            succeeds: true, "-p:WriteEndpointsLock=true", "-p:EmitCompilerGeneratedFiles=true", "-p:CompilerGeneratedFilesOutputPath=obj/written", "-p:EndpointsLockFile=security/guards.json",
            "-p:TreatWarningsAsErrors=true");

        Assert.False(File.Exists(LockPath));
        Assert.Contains("/orders/[id]", await File.ReadAllTextAsync(Path.Combine(_folder, "security", "guards.json")), StringComparison.Ordinal);

        Write("pages/more.cs", Page);
        var output = await BuildAsync(succeeds: false, "-p:EndpointsLockFile=security/guards.json");
        Assert.Contains("error EP1101: 'GET /more' is elevated for Member and not in guards.json", output, StringComparison.Ordinal);
    }

    public void Dispose() => Directory.Delete(Path.GetDirectoryName(_folder)!, recursive: true);

    private void Write(string file, string text)
    {
        var path = Path.Combine(_folder, file);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
    }

    private async Task<string> BuildAsync(bool succeeds, params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", ["build", "-v", "q", "--nologo", .. arguments]) { WorkingDirectory = _folder, RedirectStandardOutput = true };
        foreach (var (name, value) in new Dictionary<string, string?>
        {
            // Build servers would outlive the test.
            ["MSBUILDDISABLENODEREUSE"] = "1",
            ["DOTNET_CLI_USE_MSBUILD_SERVER"] = "0",
            ["UseSharedCompilation"] = "false",
            ["DOTNET_CLI_TELEMETRY_OPTOUT"] = "1",
            ["DOTNET_CLI_UI_LANGUAGE"] = "en",
            // What the test run itself sets for its own build.
            ["MSBUILD_EXE_PATH"] = null,
            ["MSBuildSDKsPath"] = null,
            ["MSBuildExtensionsPath"] = null,
        })
        {
            start.Environment[name] = value;
        }

        using var process = Process.Start(start)!;
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(5));
        try
        {
            var output = await process.StandardOutput.ReadToEndAsync(limit.Token);
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
}
