using System.Reflection;
using System.Runtime.Loader;
using System.Text.Json;

namespace BuildHost;

/// <summary>
/// The MSBuild of an SDK in one process for many builds: most of what a small build costs is to begin. Each has a command line, a folder
/// and an environment of its own.
/// </summary>
/// <remarks>
/// A build is a line of the input, and its outcome a line of the output. The process ends with its input, and then removes the folder of
/// what the builds have shared: tests that are stopped don't get to it.
/// </remarks>
internal static class Program
{
    private static void Main(string[] arguments)
    {
        try
        {
            var execute = Load(sdk: arguments[0]);
            using var output = new StreamWriter(Console.OpenStandardOutput()) { AutoFlush = true };
            while (Console.In.ReadLine() is { } line)
                output.WriteLine(JsonSerializer.Serialize(Run(JsonSerializer.Deserialize<BuildRequest>(line)!, execute)));
        }
        finally
        {
            Directory.Delete(arguments[1], recursive: true);
        }
    }

    /// <summary>Does what the command <c>dotnet</c> does before it calls MSBuild in its own process.</summary>
    private static Func<string[], bool> Load(string sdk)
    {
        AssemblyLoadContext.Default.Resolving += (context, name) =>
            Path.Combine(sdk, name.Name + ".dll") is var file && File.Exists(file) ? context.LoadFromAssemblyPath(file) : null;
        var program = Path.Combine(sdk, "MSBuild.dll");
        Environment.SetEnvironmentVariable("MSBUILD_EXE_PATH", program);
        Environment.SetEnvironmentVariable("MSBuildExtensionsPath", sdk + Path.DirectorySeparatorChar);
        Environment.SetEnvironmentVariable("MSBuildSDKsPath", Path.Combine(sdk, "Sdks"));
        Environment.SetEnvironmentVariable("DOTNET_HOST_PATH", Environment.ProcessPath);

        var app = AssemblyLoadContext.Default.LoadFromAssemblyPath(program)
            .GetType("Microsoft.Build.CommandLine.MSBuildApp", throwOnError: true)!;
        // What was read stays from one build to the next, as in MSBuild's own server. A file that has changed is read again.
        app.GetField("s_isServerNode", BindingFlags.NonPublic | BindingFlags.Static)?.SetValue(null, true);
        var execute = app.GetMethod("Execute", BindingFlags.Public | BindingFlags.Static, [typeof(string[])])
            ?? throw new MissingMethodException("MSBuildApp.Execute(string[])");
        return command => execute.Invoke(null, [command])!.ToString() == "Success";
    }

    private static BuildOutcome Run(BuildRequest request, Func<string[], bool> execute)
    {
        var before = request.Environment.Keys.ToDictionary(static name => name, Environment.GetEnvironmentVariable);
        using var printed = new StringWriter();
        var (output, errors) = (Console.Out, Console.Error);
        try
        {
            Set(request.Environment);
            Environment.CurrentDirectory = request.Folder;
            Console.SetOut(TextWriter.Synchronized(printed));
            Console.SetError(Console.Out);
            var succeeded = execute(["MSBuild.dll", .. request.Arguments]);
            return new(succeeded, printed.ToString());
        }
        finally
        {
            Console.SetOut(output);
            Console.SetError(errors);
            Environment.CurrentDirectory = AppContext.BaseDirectory;
            Set(before);
        }
    }

    private static void Set(IReadOnlyDictionary<string, string?> variables)
    {
        foreach (var (name, value) in variables)
            Environment.SetEnvironmentVariable(name, value);
    }
}
