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
    private readonly BuiltProject _project = new("my (new) shop");

    public LockBuildTests()
    {
        _project.Write("Program.cs", """
            using Endpoints.Wix;

            var app = WebApplication.CreateBuilder(args).Build();
            app.MapFileRoutes();
            app.MapGet(@"/x/{id:regex(^\d+$)}", (WixAuth auth, int id) => $"{auth}{id}").Elevate(Callers.User);
            app.Run();
            """);
        _project.Write("pages/orders/[id].cs", Page);
    }

    private string LockPath => Path.Combine(_project.Folder, "endpoints.lock.json");

    [Fact]
    public async Task A_build_writes_the_lock_when_asked_and_the_next_ones_enforce_it()
    {
        await _project.BuildAsync(succeeds: true);
        Assert.False(File.Exists(LockPath));

        await _project.DotnetAsync(succeeds: true, "build", "-v", "q", "--nologo", "-p:WriteEndpointsLock=true");
        const string Expected = """
            {
              "about": "Who may use elevated endpoints, and within which limits. Written by: dotnet build -p:WriteEndpointsLock=true",
              "schema": 3,
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
        await _project.BuildAsync(succeeds: true, "-p:WriteEndpointsLock=true");
        Assert.Equal(Expected, await File.ReadAllTextAsync(LockPath));

        Assert.DoesNotContain("EP1103", await _project.BuildAsync(succeeds: true), StringComparison.Ordinal);

        // Wider: also where the build leaves analyzers out, and as often as it is tried.
        _project.Write("pages/orders/[id].cs", Page.Replace("Callers.Member", "Callers.Member | Callers.App", StringComparison.Ordinal));
        Assert.Contains(
            "[id].cs(3,2): error EP1102: 'GET /orders/[id]' opens wider than endpoints.lock.json: it is open to App (the lock has Member).",
            await _project.BuildAsync(succeeds: false), StringComparison.Ordinal);
        Assert.Contains("error EP1102", await _project.BuildAsync(succeeds: false, "-p:RunAnalyzers=false", "-p:NoWarn=EP1102"),
            StringComparison.Ordinal);

        // Written anew, with what was meant.
        await _project.BuildAsync(succeeds: true, "-p:WriteEndpointsLock=true");
        Assert.Contains("\"callers\": [\"Member\", \"App\"]", await File.ReadAllTextAsync(LockPath), StringComparison.Ordinal);
        await _project.BuildAsync(succeeds: true, "-p:EndpointsLock=enforce");

        // An older lock comes back, by a merge say: the build sees it though no code has changed.
        await File.WriteAllTextAsync(LockPath, Expected);
        Assert.Contains("error EP1102", await _project.BuildAsync(succeeds: false), StringComparison.Ordinal);
        await _project.BuildAsync(succeeds: true, "-p:EndpointsLock=off");
    }

    [Fact]
    public async Task The_lock_may_lie_elsewhere_and_generated_files_too()
    {
        await _project.BuildAsync(
            succeeds: true, "-p:WriteEndpointsLock=true", "-p:EmitCompilerGeneratedFiles=true",
            "-p:CompilerGeneratedFilesOutputPath=obj/written", "-p:EndpointsLockFile=security/guards.json",
            "-p:TreatWarningsAsErrors=true");

        Assert.False(File.Exists(LockPath));
        Assert.Contains("/orders/[id]", await File.ReadAllTextAsync(Path.Combine(_project.Folder, "security", "guards.json")),
            StringComparison.Ordinal);

        _project.Write("pages/more.cs", Page);
        var output = await _project.BuildAsync(succeeds: false, "-p:EndpointsLockFile=security/guards.json");
        Assert.Contains("error EP1101: 'GET /more' is elevated for Member and not in guards.json", output, StringComparison.Ordinal);
    }

    public void Dispose() => _project.Dispose();
}
