using System.Diagnostics;

namespace Endpoints.Tests.Processes;

/// <summary>One compiler for all the builds that a test project starts: its code is warm after the first. It ends with the tests.</summary>
internal static class CompilerServer
{
    private static readonly Lazy<string> Name = new(Start);
    private static readonly Lazy<string> Folder = new(FindSdk);

    /// <summary>Gets the folder of the SDK that builds here.</summary>
    public static string Sdk => Folder.Value;

    /// <summary>Gets what a build needs in its environment to find the compiler.</summary>
    public static IReadOnlyDictionary<string, string?> Environment => new Dictionary<string, string?>
    {
        ["UseSharedCompilation"] = "true",
        ["SharedCompilationId"] = Name.Value,
    };

    private static string Start()
    {
        // That of the whole run, if there is one.
        if (System.Environment.GetEnvironmentVariable("UseSharedCompilation") == "true"
            && System.Environment.GetEnvironmentVariable("SharedCompilationId") is { Length: > 0 } shared)
            return shared;

        var name = $"endpoints-tests-{System.Environment.ProcessId}";
        var server = Process.Start(new ProcessStartInfo("dotnet", ["exec", FindServer(), $"-pipename:{name}", "-keepalive:120"])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        AppDomain.CurrentDomain.ProcessExit += (_, _) =>
        {
            if (!server.HasExited)
                server.Kill();
        };
        return name;
    }

    // The compiler of the SDK that will build: a build talks to no other.
    private static string FindServer()
    {
        var server = Path.Combine(Sdk, "Roslyn", "bincore", "VBCSCompiler.dll");
        return File.Exists(server) ? server : throw new InvalidOperationException($"There is no compiler at '{server}'.");
    }

    private static string FindSdk()
    {
        using var version = Process.Start(new ProcessStartInfo("dotnet", ["--version"]) { RedirectStandardOutput = true })!;
        var sdk = version.StandardOutput.ReadToEnd().Trim();
        version.WaitForExit();
        var root = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(typeof(object).Assembly.Location)!, "..", "..", ".."));
        return Path.Combine(root, "sdk", sdk);
    }
}
