using System.Net.Http.Json;
using System.Reflection;
using System.Text.Json;
using Endpoints.Tests.Processes;

namespace Endpoints.Packages.Tests;

/// <summary>What a newcomer does: a new web project anywhere, the packages from a folder, two files.</summary>
public sealed class NewProjectTests : IDisposable
{
    private static readonly string[] Packages = ["Endpoints", "Endpoints.Wix", "Endpoints.Wix.Emulator"];

    private const string Testing = "Endpoints.Testing";

    private readonly string _folder = Directory.CreateTempSubdirectory("endpoints-packages-").FullName;

    // A cache of its own: the one of the machine would give an older build of the same version.
    private readonly Dictionary<string, string?> _environment;

    public NewProjectTests() => _environment = new()
    {
        ["NUGET_PACKAGES"] = Path.Combine(_folder, "cache"),
        ["DOTNET_CLI_TELEMETRY_OPTOUT"] = "1",
        ["MSBUILDDISABLENODEREUSE"] = "1",
        ["DOTNET_CLI_USE_MSBUILD_SERVER"] = "0",
        // What the test run itself sets for its own build.
        ["MSBUILD_EXE_PATH"] = null,
        ["MSBuildSDKsPath"] = null,
        ["MSBuildExtensionsPath"] = null,
    };

    [Fact]
    public async Task A_new_web_project_with_two_files_builds_without_settings_and_answers_on_both_routes()
    {
        var packages = Path.Combine(_folder, "packages");
        foreach (var package in Packages.Append(Testing))
        {
            await Dotnet(Metadata("RepositoryRoot"), "pack", $"src/{package}", "-c", Metadata("Configuration"), "--no-build", "-o", packages, "-v", "q", "--nologo");
            Assert.Single(Directory.GetFiles(packages, $"{package}.?.?.?.nupkg"));
        }

        var project = Path.Combine(_folder, "Shop");
        await Dotnet(_folder, "new", "web", "-o", project, "--no-restore");
        var machineCache = Environment.GetEnvironmentVariable("NUGET_PACKAGES")
            ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");
        await File.WriteAllTextAsync(Path.Combine(_folder, "nuget.config"), $"""
            <configuration>
              <packageSources><add key="endpoints" value="{packages}" /></packageSources>
              <!-- What other packages were fetched for this repository need not be fetched again. -->
              <fallbackPackageFolders><add key="machine" value="{WithoutOurs(machineCache)}" /></fallbackPackageFolders>
            </configuration>
            """);
        foreach (var package in Packages)
            await Dotnet(project, "add", "package", package, "--no-restore", "--version", "0.1.0");

        await File.WriteAllTextAsync(Path.Combine(project, "Program.cs"), """
            using Endpoints.Wix.Emulator;

            var builder = WebApplication.CreateBuilder(args);
            await using var wix = await WixEmulator.StartAsync();
            builder.Services.AddFileRoutes();
            builder.Services.AddWix(options =>
            {
                options.ApiBaseAddress = wix.Address;
                options.ClientId = wix.App.ClientId;
                options.ClientSecret = new(wix.App.ClientSecret);
            });
            var app = builder.Build();
            app.MapFileRoutes();
            await app.RunAsync();
            """);
        Directory.CreateDirectory(Path.Combine(project, "pages", "api"));
        await File.WriteAllTextAsync(Path.Combine(project, "pages", "api", "hello.cs"), """
            public static class Hello
            {
                public static string Get() => "Hello";
            }
            """);
        await File.WriteAllTextAsync(Path.Combine(project, "pages", "api", "[name].cs"), """
            using Endpoints.Wix;

            [Elevate(Callers.Visitor, RateLimit = "30/1m")]
            public static class ByName
            {
                public static async Task<object> Get(string name, WixAuth auth, SiteProperties siteProperties)
                {
                    var properties = await auth.Elevate(siteProperties.GetSitePropertiesAsync)();
                    return new { name, properties.Properties.BusinessName };
                }
            }
            """);
        await Dotnet(project, "build", "--nologo", "-warnaserror");

        await using var site = Command.Start(project, _environment, "dotnet", Path.Combine("bin", "Debug", "net10.0", "Shop.dll"), "--urls", "http://127.0.0.1:0");
        var listening = await site.LineAsync(static line => line.Contains("Now listening on: ", StringComparison.Ordinal));
        using var client = new HttpClient { BaseAddress = new(listening[(listening.IndexOf("on: ", StringComparison.Ordinal) + 4)..]) };

        Assert.Equal("Hello", await client.GetStringAsync("/api/hello"));
        var answer = await client.GetFromJsonAsync<JsonElement>("/api/ada");
        Assert.Equal("ada", answer.GetProperty("name").GetString());
        Assert.Equal("Harbour Coffee Ltd.", answer.GetProperty("businessName").GetString());

        await TestGuardsAsync(project);
    }

    /// <summary>One line in a project of any kind.</summary>
    private async Task TestGuardsAsync(string project)
    {
        var tests = Path.Combine(_folder, "Shop.Guards");
        await Dotnet(_folder, "new", "console", "-o", tests, "--no-restore");
        await Dotnet(tests, "add", "package", Testing, "--no-restore", "--version", "0.1.0");
        await Dotnet(tests, "add", "reference", project);
        await File.WriteAllTextAsync(Path.Combine(tests, "Program.cs"), """
            internal static class Guards
            {
                private static async Task Main() => Console.WriteLine(await Endpoints.Testing.GuardMatrix.VerifyAsync<Program>());
            }
            """);
        await Dotnet(project, "build", "--nologo", "-p:WriteEndpointsLock=true");
        await Dotnet(tests, "build", "--nologo", "-warnaserror");

        // From there, as test runners do.
        var table = await Dotnet(Path.Combine(tests, "bin", "Debug", "net10.0"), "Shop.Guards.dll");

        Assert.Contains("The guards are as the lock says.", table, StringComparison.Ordinal);
        Assert.Contains("GET /api/[name]  in         in         in         403", table, StringComparison.Ordinal);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private Task<string> Dotnet(string folder, params string[] arguments) => Command.RunAsync(folder, _environment, "dotnet", arguments);

    /// <summary>A folder that links to every package of a cache but this repository's own.</summary>
    private string WithoutOurs(string cache)
    {
        var links = Directory.CreateDirectory(Path.Combine(_folder, "machine")).FullName;
        foreach (var package in Directory.Exists(cache) ? Directory.GetDirectories(cache) : [])
        {
            var name = Path.GetFileName(package);
            if (!name.StartsWith("endpoints", StringComparison.OrdinalIgnoreCase))
                Directory.CreateSymbolicLink(Path.Combine(links, name), package);
        }

        return links;
    }

    private static string Metadata(string key) =>
        typeof(NewProjectTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(data => data.Key == key).Value!;
}
