using System.Net.Http.Json;
using System.Reflection;
using System.Text.Json;
using Endpoints.Tests.Processes;

namespace Endpoints.Packages.Tests;

/// <summary>A newcomer's steps: a new web project anywhere, the packages from a folder, two files.</summary>
public sealed class NewProjectTests : IDisposable
{
    private static readonly string[] Packages = ["Endpoints", "Endpoints.Wix", "Endpoints.Wix.Emulator"];

    private const string Testing = "Endpoints.Testing";

    private readonly PackedPackages _packed = new(Metadata("RepositoryRoot"), Metadata("Configuration"));

    [Fact]
    public async Task A_new_web_project_with_two_files_builds_without_settings_and_answers_on_both_routes()
    {
        await _packed.PackAsync(Packages.Append(Testing));

        var project = Path.Combine(_packed.Folder, "Shop");
        await Dotnet(_packed.Folder, "new", "web", "-o", project, "--no-restore");
        await Dotnet(project, "add", "package", Packages[0], "--no-restore", "--version", PackedPackages.Version);
        await PackedPackages.ReferAsync(Path.Combine(project, "Shop.csproj"), [.. Packages.Skip(1)]);

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
        await _packed.BuildAsync(project, "-warnaserror");

        await using var site = Command.Start(project, _packed.Environment, "dotnet", Path.Combine("bin", "Debug", "net10.0", "Shop.dll"),
            "--urls", "http://127.0.0.1:0");
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
        var tests = Path.Combine(_packed.Folder, "Shop.Guards");
        Directory.CreateDirectory(tests);
        await File.WriteAllTextAsync(Path.Combine(tests, "Shop.Guards.csproj"), """
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <OutputType>Exe</OutputType>
                <TargetFramework>net10.0</TargetFramework>
                <ImplicitUsings>enable</ImplicitUsings>
              </PropertyGroup>
              <ItemGroup><ProjectReference Include="../Shop/Shop.csproj" /></ItemGroup>
            </Project>
            """);
        await PackedPackages.ReferAsync(Path.Combine(tests, "Shop.Guards.csproj"), Testing);
        await File.WriteAllTextAsync(Path.Combine(tests, "Program.cs"), """
            internal static class Guards
            {
                private static async Task Main() => Console.WriteLine(await Endpoints.Testing.GuardMatrix.VerifyAsync<Program>());
            }
            """);
        await _packed.BuildAsync(project, "-p:WriteEndpointsLock=true");
        await _packed.BuildAsync(tests, "-warnaserror");

        // From there, as test runners do.
        var table = await Dotnet(Path.Combine(tests, "bin", "Debug", "net10.0"), "Shop.Guards.dll");

        Assert.Contains("The guards are as the lock says.", table, StringComparison.Ordinal);
        Assert.Contains("GET /api/[name]  in         in         in         403", table, StringComparison.Ordinal);
    }

    public void Dispose() => _packed.Dispose();

    private Task<string> Dotnet(string folder, params string[] arguments) => _packed.DotnetAsync(folder, arguments);

    private static string Metadata(string key) =>
        typeof(NewProjectTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(data => data.Key == key).Value!;
}
