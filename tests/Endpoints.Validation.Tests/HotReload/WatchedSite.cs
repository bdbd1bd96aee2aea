using System.Globalization;
using System.Net;
using System.Reflection;
using System.Text;
using System.Text.RegularExpressions;
using Endpoints.Tests.Processes;

namespace Endpoints.Validation.Tests.HotReload;

/// <summary>A small site and a class library in a folder of their own, run by <c>dotnet watch</c>.</summary>
internal sealed class WatchedSite : IAsyncDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(3);

    private static readonly string[] Libraries =
    [
        "Endpoints", "FluentValidation", "Scrutor", "Microsoft.Extensions.DependencyModel", "Endpoints.Wix", "Endpoints.Wix.AppManagement",
        "Endpoints.Wix.Client", "Endpoints.Wix.Data", "Endpoints.Wix.Media", "Endpoints.Wix.Members", "BitFaster.Caching", "Polly.Core",
        "Microsoft.IdentityModel.Abstractions", "Microsoft.IdentityModel.JsonWebTokens", "Microsoft.IdentityModel.Logging",
        "Microsoft.IdentityModel.Tokens", "Microsoft.Data.Sqlite", "SQLitePCLRaw.core",
    ];

    private readonly string _folder;
    private readonly Command _watch;
    private readonly HttpClient _client = new();

    private WatchedSite(string folder, Command watch) => (_folder, _watch) = (folder, watch);

    /// <summary>The output of dotnet watch and the site.</summary>
    public string Output => _watch.Output;

    public static async Task<WatchedSite> StartAsync(IReadOnlyDictionary<string, string> files)
    {
        var folder = Directory.CreateTempSubdirectory("endpoints-watch-").FullName;
        foreach (var (path, text) in files)
            Put(folder, path, text);
        Put(folder, "site/site.csproj", Project("Microsoft.NET.Sdk.Web", """<ProjectReference Include="../library/library.csproj" />"""));
        Put(folder, "library/library.csproj",
            Project("Microsoft.NET.Sdk", """<FrameworkReference Include="Microsoft.AspNetCore.App" />"""));

        // Build servers would outlive the test.
        var environment = new Dictionary<string, string?>
        {
            ["ASPNETCORE_ENVIRONMENT"] = "Development",
            ["ASPNETCORE_URLS"] = "http://127.0.0.1:0",
            ["DOTNET_CLI_TELEMETRY_OPTOUT"] = "1",
            ["DOTNET_CLI_USE_MSBUILD_SERVER"] = "0",
            ["DOTNET_NOLOGO"] = "1",
            ["DOTNET_WATCH_RESTART_ON_RUDE_EDIT"] = null,
            ["DOTNET_WATCH_SUPPRESS_LAUNCH_BROWSER"] = "1",
            ["Logging__LogLevel__Microsoft.AspNetCore"] = "Warning",
            ["MSBUILDDISABLENODEREUSE"] = "1",
            ["UseSharedCompilation"] = "false",
        };
        var site = new WatchedSite(
            folder, Command.Start(Path.Combine(folder, "site"), environment, "dotnet", "watch", "--non-interactive", "run"));
        await site.UntilAsync(() => Task.FromResult(site.Address is not null), "the site listens");
        return site;
    }

    /// <summary>The process that answers: another one after a restart.</summary>
    public async Task<string> ProcessAsync() => (await GetAsync("/api/process")).Text;

    /// <summary>Fails when there was a restart: what went before was no hot reload.</summary>
    public async Task IsStillAsync(string process)
    {
        var current = await ProcessAsync();
        Assert.True(current == process, $"The site was restarted. dotnet watch wrote:\n{Output}");
    }

    public Task WriteAsync(string path, string text) => ChangeAsync(() => Put(_folder, path, text));

    /// <summary>Writes a file that can't be served, and waits until the site has stopped.</summary>
    public async Task StopsAsync(string path, string text)
    {
        Put(_folder, path, text);
        await UntilAsync(() => Task.FromResult(Output.Contains("The edited endpoint files can't be served", StringComparison.Ordinal)),
            "the change is refused");
        await UntilAsync(() => Task.FromResult(Output.Contains("Waiting for a file to change before restarting", StringComparison.Ordinal)),
            "the site stops");
    }

    public Task MoveAsync(string from, string to) => ChangeAsync(() => File.Move(Path.Combine(_folder, from), Path.Combine(_folder, to)));

    public Task DeleteAsync(string path) => ChangeAsync(() => File.Delete(Path.Combine(_folder, path)));

    /// <summary>Waits until a request is answered so; fails after three minutes.</summary>
    public Task AnswersAsync(string path, string expected) =>
        UntilAsync(async () => (await GetAsync(path)).Text == expected, $"GET {path} answers {expected}");

    /// <summary>Waits until an answer has a text.</summary>
    public Task ShowsAsync(string path, string part) =>
        UntilAsync(async () => (await GetAsync(path)).Text.Contains(part, StringComparison.Ordinal), $"GET {path} shows {part}");

    public Task IsGoneAsync(string path) =>
        UntilAsync(async () => (await GetAsync(path)).Status == HttpStatusCode.NotFound, $"GET {path} answers 404");

    public Task PostAnswersAsync(string path, string json, HttpStatusCode expected) => UntilAsync(
        async () =>
        {
            using var content = new StringContent(json, Encoding.UTF8, "application/json");
            using var response = await _client.PostAsync(Address + path, content);
            return response.StatusCode == expected;
        },
        $"POST {path} answers {expected}");

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _watch.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    private string? Address => Regex.Matches(Output, @"Now listening on: (http://127\.0\.0\.1:\d+)").LastOrDefault()?.Groups[1].Value;

    /// <summary>The number of changes that were applied, by hot reload or by a restart.</summary>
    private int Applied => Regex.Count(Output, "Endpoint files reloaded|Now listening on");

    /// <remarks>No request is sent meanwhile: one that comes upon a method just deleted has dotnet watch restart the site.</remarks>
    private async Task ChangeAsync(Action change)
    {
        var before = Applied;
        change();
        await UntilAsync(() => Task.FromResult(Applied > before), "the change is applied");
    }

    private async Task<(HttpStatusCode Status, string Text)> GetAsync(string path)
    {
        using var response = await _client.GetAsync(Address + path);
        return (response.StatusCode, await response.Content.ReadAsStringAsync());
    }

    private async Task UntilAsync(Func<Task<bool>> met, string what)
    {
        using var limit = new CancellationTokenSource(Limit);
        while (!await TryAsync(met))
        {
            try
            {
                await Task.Delay(TimeSpan.FromMilliseconds(200), limit.Token); // dotnet watch gives no sign of its own to wait for
            }
            catch (OperationCanceledException)
            {
                Assert.Fail($"It did not come about that {what}. dotnet watch wrote:\n{Output}");
            }
        }
    }

    private static async Task<bool> TryAsync(Func<Task<bool>> met)
    {
        try
        {
            return await met();
        }
        catch (HttpRequestException)
        {
            return false; // between two processes
        }
    }

    /// <remarks>In one step: dotnet watch must not see half a file.</remarks>
    private static void Put(string folder, string path, string text)
    {
        var target = Path.Combine(folder, path);
        Directory.CreateDirectory(Path.GetDirectoryName(target)!);
        var written = Path.Combine(folder, "being-written");
        File.WriteAllText(written, text);
        File.Move(written, target, overwrite: true);
    }

    private static string Project(string sdk, string item)
    {
        var build = Metadata("Build");
        var libraries = string.Join(';', Libraries.Select(static name => Path.Combine(AppContext.BaseDirectory, name + ".dll")));
        return string.Create(CultureInfo.InvariantCulture, $"""
            <Project Sdk="{sdk}">
              <Import Project="{build}" />
              <Import Project="{Metadata("WixBuild")}" />
              <PropertyGroup>
                <TargetFramework>net10.0</TargetFramework>
                <ImplicitUsings>enable</ImplicitUsings>
              </PropertyGroup>
              <ItemGroup>
                <Reference Include="{libraries}" />
                <Analyzer Include="{Metadata("Generator")};{Metadata("WixGenerator")}" />
                {item}
              </ItemGroup>
            </Project>
            """);
    }

    private static string Metadata(string key) =>
        Path.GetFullPath(
            typeof(WatchedSite).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(metadata => metadata.Key == key).Value!);
}
