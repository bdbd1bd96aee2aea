using System.Diagnostics;
using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Endpoints.Wix;
using Endpoints.Wix.Emulator;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace DropIn.Tests;

/// <summary>The statements of docs/existing-site.md.</summary>
public sealed partial class PageTests
{
    private static readonly string Root = Known("RepositoryRoot");

    [Fact]
    public void D15_Every_block_of_the_page_is_code_of_these_tests_and_their_applications()
    {
        var sources = Directory.GetFiles(Path.Combine(Root, "tests"), "*.cs", SearchOption.AllDirectories)
            .Where(static file => file.Contains("DropIn.", StringComparison.Ordinal)
                && !file.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal))
            .Select(static file => Space().Replace(File.ReadAllText(file), "")).ToList();
        var page = File.ReadAllText(Path.Combine(Root, "docs", "existing-site.md"));
        var blocks = Block().Matches(page)
            .Select(static block => block.Groups[1].Value).ToList();

        var fsharp = Space().Replace(File.ReadAllText(Path.Combine(Root, "tests", "DropIn.Hosts", "FSharpSite", "Program.fs")), "");

        Assert.InRange(blocks.Count, 7, 30);
        Assert.Equal(2, FSharpBlock().Count(page));
        Assert.All(FSharpBlock().Matches(page),
            block => Assert.Contains(Space().Replace(block.Groups[1].Value, ""), fsharp, StringComparison.Ordinal));
        Assert.All(blocks, block => Assert.Contains(sources, source => Wholly(source, Space().Replace(block, ""))));

        static bool Wholly(string source, string block) =>
            source.Contains(block, StringComparison.Ordinal)
                || source.Contains(block.Replace("builder.Services", "services", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Development")]
    [InlineData("Production")]
    public async Task D15_The_emulator_stands_in_for_Wix_in_development_and_nowhere_else(string environment)
    {
        async Task<string> StartAsync()
        {
            var builder = WebApplication.CreateBuilder(new WebApplicationOptions { EnvironmentName = environment });
            builder.WebHost.UseTestServer();
            if (builder.Environment.IsDevelopment()
                && (builder.Configuration["Wix:ClientId"] ?? builder.Configuration["WIX_CLIENT_ID"]) is null)
            {
                var wix = await WixEmulator.StartAsync(
                    static options => (options.Seed, options.AllowLoopbackRedirects) = ("my-shop", true));
                (builder.Configuration["Wix:ApiBaseAddress"], builder.Configuration["Wix:ClientId"]) =
                    (wix.Address.AbsoluteUri, wix.App.ClientId);
                (builder.Configuration["Wix:ClientSecret"], builder.Configuration["Wix:PublicKey"]) =
                    (wix.App.ClientSecret, wix.App.PublicKey);
            }

            builder.Services.AddFileRoutes();
            builder.Services.AddWix(builder.Configuration);
            builder.Services.AddWixDashboardCors();
            await using var app = builder.Build();
            app.MapFileRoutes(typeof(Minimal.Host).Assembly);
            await app.StartAsync();
            return await app.GetTestClient().GetStringAsync("/api/my-api");
        }

        if (environment == "Development")
            Assert.Equal("Harbour Coffee", await StartAsync());
        else
            Assert.Contains("The Wix client id is missing", (await Assert.ThrowsAnyAsync<Exception>(StartAsync)).Message,
                StringComparison.Ordinal);
    }

    [Fact]
    public async Task D15_An_existing_factory_gets_the_emulator_by_settings()
    {
        await using var wix = await WixEmulator.StartAsync();
        await using var factory = new WebApplicationFactory<Minimal.Host>().WithWebHostBuilder(host => host
            .UseSetting("Packages", "true")
            .UseSetting("Wix:ApiBaseAddress", wix.Address.AbsoluteUri)
            .UseSetting("Wix:ClientId", wix.App.ClientId)
            .UseSetting("Wix:ClientSecret", wix.App.ClientSecret));

        Assert.Equal("Harbour Coffee", await factory.CreateClient().GetStringAsync("/api/my-api"));
    }

    [Fact]
    public async Task D11_A_test_that_never_calls_Wix_needs_no_credentials_of_anybody()
    {
        await using var factory = new WebApplicationFactory<Minimal.Host>().WithWebHostBuilder(static host => host
            .UseEnvironment("Testing")
            .UseSetting("Packages", "true")
            .UseSetting("Wix:ClientId", "none")
            .UseSetting("Wix:ClientSecret", "none"));

        Assert.Equal("Hello from a file", await factory.CreateClient().GetStringAsync("/api/hello"));
    }

    [Fact]
    public async Task D11_OpenAPI_documents_are_made_at_build_time_without_credentials()
    {
        var project = Path.Combine(Root, "tests", "DropIn.Hosts", "Minimal");
        var built = Path.GetRelativePath(Path.Combine(Root, "tests", "DropIn.Tests"), AppContext.BaseDirectory); // bin/Release/net10.0
        var folder = Directory.CreateTempSubdirectory().FullName;
        var start = new ProcessStartInfo("dotnet")
        {
            ArgumentList =
            {
                Known("GetDocument"), "--assembly", Path.Combine(project, built, "DropIn.Minimal.dll"), "--project", "Minimal", "--output",
                folder,
                "--file-list", Path.Combine(folder, "list"), "--framework", ".NETCoreApp,Version=v10.0", "--assets-file", Path.Combine(
                    project, "obj", "project.assets.json"),
            },
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["Packages"] = "true";
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();

        Assert.True(process.ExitCode == 0, output + await errors);
        Assert.Contains("\"/api/hello\"", await File.ReadAllTextAsync(Path.Combine(folder, "Minimal.json")), StringComparison.Ordinal);
        Directory.Delete(folder, recursive: true);
    }

    [Theory]
    [InlineData("pages", true)] // it has none
    [InlineData("../UseMvc/pages", false)]
    [InlineData("other;../UseMvc/pages", false)]
    [InlineData("../FSharpPages", true)] // a C# project of its own
    public async Task D15_Endpoint_files_in_a_project_of_another_language_stop_its_build(string root, bool succeeds)
    {
        var start = new ProcessStartInfo("dotnet")
        {
            ArgumentList =
            {
                "msbuild", Path.Combine(Root, "tests", "DropIn.Hosts", "FSharpSite"), "-nologo", "-v:q", "-t:EndpointsRefuseOtherLanguages",
                $"-p:EndpointsPagesRoot={root.Replace(";", "%3B", StringComparison.Ordinal)}",
            },
            RedirectStandardOutput = true,
        };
        // What the test run itself sets for its own build.
        foreach (var name in (string[])["MSBUILD_EXE_PATH", "MSBuildSDKsPath", "MSBuildExtensionsPath"])
            start.Environment.Remove(name);
        start.Environment["MSBUILDDISABLENODEREUSE"] = "1";
        using var process = Process.Start(start)!;
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();

        Assert.Equal((succeeds, !succeeds), (process.ExitCode == 0, output.Contains("error EP1203", StringComparison.Ordinal)));
        if (!succeeds)
            Assert.Contains("my-api.cs", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task D15_A_response_of_Wix_has_status_and_body()
    {
        await using var wix = await WixEmulator.StartAsync();
        await using var site = await SmallSite.StartAsync(
            builder =>
            {
                builder.Services.AddFileRoutes();
                builder.Services.AddWix(
                    options => (options.ClientId, options.ClientSecret, options.ApiBaseAddress) =
                        (wix.App.ClientId, new(wix.App.ClientSecret), wix.Address));
            },
            static app => app.MapGet("/name", static async (ElevatedWixClient client) =>
            {
                var answer = await client.FetchWithAuthAsync(HttpMethod.Get, "/site-properties/v4/properties");
                using var document = JsonDocument.Parse(answer.Body);
                var name = document.RootElement.GetProperty("properties").GetProperty("siteDisplayName").GetString();
                return answer.Status == HttpStatusCode.OK ? Results.Text(name) : Results.StatusCode(502);
            }).Elevate(Callers.Visitor));

        Assert.Equal((200, "Harbour Coffee"), await site.SendAsync("GET", "/name"));
    }

    /// <summary>
    /// The minimum versions that an application must have. Everything here is compiled and tested with it; whoever raises a number breaks
    /// projects that pin a lower one.
    /// </summary>
    [Theory]
    [InlineData("BitFaster.Caching", "2.6.1")]
    [InlineData("FluentValidation", "11.1.0")]
    [InlineData("Microsoft.AspNetCore.Mvc.Testing", "10.0.0")]
    [InlineData("Microsoft.IdentityModel.JsonWebTokens", "8.23.0")]
    [InlineData("Polly.Core", "8.9.1")]
    [InlineData("Scrutor", "5.0.2")]
    public void D12_The_packages_demand_no_later_versions_than_they_need(string package, string version)
    {
        var versions = XDocument.Load(Path.Combine(Root, "Directory.Packages.props")).Descendants("PackageVersion");

        Assert.Equal(version, versions.Single(one => one.Attribute("Include")!.Value == package).Attribute("Version")!.Value);
        Assert.Contains($"| `{package}` | {version} |", File.ReadAllText(Path.Combine(Root, "docs", "existing-site.md")),
            StringComparison.Ordinal);
    }

    private static string Known(string key) =>
        typeof(PageTests).Assembly.GetCustomAttributes(typeof(System.Reflection.AssemblyMetadataAttribute), false)
        .Cast<System.Reflection.AssemblyMetadataAttribute>().Single(one => one.Key == key).Value!;

    [GeneratedRegex("```cs\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex Block();

    [GeneratedRegex("```fsharp\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex FSharpBlock();

    [GeneratedRegex(@"\s+|static")]
    private static partial Regex Space();
}
