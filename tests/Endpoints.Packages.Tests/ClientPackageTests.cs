using System.Reflection;
using System.Text.Json;
using Endpoints.Tests.Processes;
using Endpoints.Wix.Emulator;

namespace Endpoints.Packages.Tests;

/// <summary>A job's steps: a new console program anywhere, one package, a few lines.</summary>
public sealed class ClientPackageTests : IDisposable
{
    private const string Client = "Endpoints.Wix.Client";

    private readonly PackedPackages _packed = new(Metadata("RepositoryRoot"), Metadata("Configuration"));

    [Fact]
    public async Task A_new_console_program_with_the_one_package_calls_Wix_as_the_app_and_with_a_key()
    {
        await using var wix = await WixEmulator.StartAsync();
        await _packed.PackAsync(Client);
        var project = Path.Combine(_packed.Folder, "Job");
        await _packed.DotnetAsync(_packed.Folder, "new", "console", "-o", project, "--no-restore");
        await PackedPackages.ReferAsync(Path.Combine(project, "Job.csproj"), Client);
        await File.WriteAllTextAsync(Path.Combine(project, "Program.cs"), """
            using Endpoints.Wix;
            using Microsoft.Extensions.DependencyInjection;

            await using var services = new ServiceCollection()
                .AddWixClient(options =>
                {
                    options.ApiBaseAddress = new(args[0]);
                    options.ClientId = args[1];
                    options.ClientSecret = new(args[2]);
                    options.InstanceId = args[3];
                    options.ApiKey = new(args[4]);
                    options.SiteId = args[5];
                })
                .BuildServiceProvider();
            var app = services.GetRequiredService<AppWixClient>();
            Console.WriteLine("as the app: " + (await app.SiteProperties.GetSitePropertiesAsync()).Properties.SiteDisplayName);
            Console.WriteLine("there: " + (await app.ForInstance(args[3]).SiteProperties.GetSitePropertiesAsync()).Properties.SiteDisplayName);
            var admin = services.GetRequiredService<AdminWixClient>();
            Console.WriteLine("with a key: " + (await admin.SiteProperties.GetSitePropertiesAsync()).Properties.SiteDisplayName);
            """);
        await _packed.BuildAsync(project, "-warnaserror");

        var output = await _packed.DotnetAsync(
            project, Path.Combine("bin", "Debug", "net10.0", "Job.dll"),
            wix.Address.AbsoluteUri, wix.App.ClientId, wix.App.ClientSecret, wix.InstanceId, wix.ApiKey.Value, wix.Site.Id);

        Assert.Contains("as the app: Harbour Coffee", output, StringComparison.Ordinal);
        Assert.Contains("there: Harbour Coffee", output, StringComparison.Ordinal);
        Assert.Contains("with a key: Harbour Coffee", output, StringComparison.Ordinal);
        Assert.Equal(1, wix.CountOf("POST /oauth2/token"));
        DemandNoAspNetCore(project);
    }

    /// <summary>Neither what was restored nor what the program runs on has anything of ASP.NET Core.</summary>
    private static void DemandNoAspNetCore(string project)
    {
        using var assets = JsonDocument.Parse(File.ReadAllText(Path.Combine(project, "obj", "project.assets.json")));
        var packages = assets.RootElement.GetProperty("libraries").EnumerateObject().Select(static library => library.Name).ToList();
        using var runtime =
            JsonDocument.Parse(File.ReadAllText(Path.Combine(project, "bin", "Debug", "net10.0", "Job.runtimeconfig.json")));

        Assert.Contains(packages, static package => package.StartsWith(Client + "/", StringComparison.Ordinal));
        Assert.DoesNotContain(packages, static package => package.StartsWith("Microsoft.AspNetCore", StringComparison.OrdinalIgnoreCase));
        Assert.Equal("Microsoft.NETCore.App",
            runtime.RootElement.GetProperty("runtimeOptions").GetProperty("framework").GetProperty("name").GetString());
    }

    public void Dispose() => _packed.Dispose();

    private static string Metadata(string key) =>
        typeof(ClientPackageTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(data => data.Key == key).Value!;
}
