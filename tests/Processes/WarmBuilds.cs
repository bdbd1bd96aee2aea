using System.Diagnostics;
using System.Text.Json;
using BuildHost;

namespace Endpoints.Tests.Processes;

/// <summary>
/// One process of MSBuild for the builds of a test project, one after another: its code is warm after the first. It ends with the tests.
/// </summary>
internal static class WarmBuilds
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(5);
    private static readonly SemaphoreSlim Turn = new(1);
    private static Process? _host;

    /// <summary>Gets a folder for what the builds share.</summary>
    public static string Folder { get; } = Directory.CreateTempSubdirectory("endpoints-builds-").FullName;

    /// <summary>Runs <c>dotnet msbuild</c> in a folder. A variable that is <see langword="null"/> is not set for it.</summary>
    public static async Task<BuildOutcome> RunAsync(
        string folder, IReadOnlyDictionary<string, string?> environment, params IEnumerable<string> arguments)
    {
        var request = JsonSerializer.Serialize(new BuildRequest(folder, environment, [.. arguments, "-m:1", "-tl:off"]));
        await Turn.WaitAsync();
        try
        {
            var host = _host ??= Start();
            using var limit = new CancellationTokenSource(Limit);
            try
            {
                await host.StandardInput.WriteLineAsync(request.AsMemory(), limit.Token);
                await host.StandardInput.FlushAsync(limit.Token);
                var line = await host.StandardOutput.ReadLineAsync(limit.Token);
                return JsonSerializer.Deserialize<BuildOutcome>(line ?? throw new EndOfStreamException($"The host ended in {request}"))!;
            }
            catch
            {
                // What it would answer is not for the next build.
                Stop();
                throw;
            }
        }
        finally
        {
            Turn.Release();
        }
    }

    private static Process Start()
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "BuildHost.dll"), CompilerServer.Sdk, Folder])
        {
            RedirectStandardInput = true, RedirectStandardOutput = true,
        };
        foreach (var (name, value) in CompilerServer.Environment)
            start.Environment[name] = value;
        return Process.Start(start)!;
    }

    private static void Stop()
    {
        if (_host is { HasExited: false } host)
            host.Kill(entireProcessTree: true);
        _host = null;
    }
}
