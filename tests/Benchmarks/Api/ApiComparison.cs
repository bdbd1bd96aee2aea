using System.Diagnostics;
using System.Globalization;
using System.Reflection;
using Benchmarks.Calls;

namespace Benchmarks.Api;

/// <summary>
/// What the typed modules cost: a large page beside System.Text.Json, a small call and a change beside <see cref="HttpClient"/>, and the
/// sizes of the assemblies.
/// </summary>
/// <remarks>Every measurement is a process of its own, as its first call is part of what is measured.</remarks>
internal static class ApiComparison
{
    private const int Rounds = 5;

    public static async Task RunAsync()
    {
        var page = Path.GetTempFileName();
        try
        {
            var bytes = ProductPage.Create();
            await File.WriteAllBytesAsync(page, bytes);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"A page of 100 products, {bytes.Length / 1e6:f2} MB:\n"));
            Console.WriteLine("| read by | first call, ms | ratio | warm, ms | ratio | allocated, MB | ratio |");
            Console.WriteLine("| --- | --- | --- | --- | --- | --- | --- |");
            await PrintAsync(ReadOnce.Kinds, "source generation", kind => RunAsync("api-read", kind, page));
        }
        finally
        {
            File.Delete(page);
        }

        await using var wix = await ServedProcess.StartAsync("wix-stub");
        Console.WriteLine("\n| call | CPU, us | ratio | allocated, bytes | ratio |\n| --- | --- | --- | --- | --- |");
        await PrintAsync(ApiCalls.Kinds[..2], ApiCalls.Kinds[0], kind => RunAsync("api-calls", kind, wix.Address.AbsoluteUri));
        await PrintAsync(ApiCalls.Kinds[2..], ApiCalls.Kinds[2], kind => RunAsync("api-calls", kind, wix.Address.AbsoluteUri));

        Console.WriteLine("\n| assembly | kB |\n| --- | --- |");
        foreach (var file in Directory.GetFiles(AppContext.BaseDirectory, "Endpoints.Wix.*.dll").Order(StringComparer.Ordinal))
        {
            var size = new FileInfo(file).Length / 1024;
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {Path.GetFileName(file)} | {size:n0} |"));
        }
    }

    /// <summary>Builds a vertical from its facts, beside the hand-written client: the sources, and a whole compilation.</summary>
    public static async Task BuildAsync()
    {
        var root = Assembly.GetExecutingAssembly().GetCustomAttributes<AssemblyMetadataAttribute>()
            .Single(static data => data.Key == "RepositoryRoot").Value!;
        string[] projects = ["Endpoints.Wix.Client", "Endpoints.Wix.Api/Endpoints.Wix.Stores", "Endpoints.Wix.Api/Endpoints.Wix.Ecom"];
        Console.WriteLine("| build of | s | ratio |\n| --- | --- | --- |");
        var first = 0d;
        foreach (var project in projects)
        {
            var times = new List<double>();
            for (var round = 0; round < 3; round++)
                times.Add(await BuildOnceAsync(Path.Combine(root, "src", project)));
            var time = times.Min();
            first = first == 0 ? time : first;
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture, $"| {Path.GetFileName(project)} | {time:f1} | {time / first:f2} |"));
        }
    }

    private static async Task<double> BuildOnceAsync(string project)
    {
        var folder = Directory.CreateTempSubdirectory("endpoints-build-").FullName;
        try
        {
            var begun = Stopwatch.GetTimestamp();
            var start = new ProcessStartInfo("dotnet", ["build", project, "-c", "Release", "--no-restore", "--no-dependencies", "-v", "q",
                "-nologo", $"-p:IntermediateOutputPath={folder}/obj/", "-o", Path.Combine(folder, "out")])
            {
                RedirectStandardOutput = true,
            };
            using var process = Process.Start(start)!;
            var output = await process.StandardOutput.ReadToEndAsync();
            await process.WaitForExitAsync();
            return process.ExitCode == 0 ? Stopwatch.GetElapsedTime(begun).TotalSeconds : throw new InvalidOperationException(output);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    // The kinds take turns, so that a busy minute is everybody's.
    private static async Task PrintAsync(string[] kinds, string baseline, Func<string, Task<double[]>> measure)
    {
        var all = kinds.ToDictionary(static kind => kind, static _ => new List<double[]>());
        for (var round = 0; round < Rounds; round++)
        {
            foreach (var kind in kinds)
                all[kind].Add(await measure(kind));
        }

        double[] Median(string kind) => [.. Enumerable.Range(0, all[kind][0].Length)
            .Select(i => all[kind].Select(values => values[i]).Order().ElementAt(Rounds / 2))];
        var to = Median(baseline);
        foreach (var kind in kinds)
        {
            var cells = Median(kind).Select((value, i) => string.Create(CultureInfo.InvariantCulture, $"{value:n2} | {value / to[i]:f2}"));
            Console.WriteLine($"| {kind} | {string.Join(" | ", cells)} |");
        }
    }

    /// <summary>Runs one measurement. Its last number is what it has read, and must not be optimized away.</summary>
    private static async Task<double[]> RunAsync(params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", [Assembly.GetExecutingAssembly().Location, .. arguments])
        {
            RedirectStandardOutput = true,
        };
        start.Environment["DOTNET_TieredPGO"] = "1"; // as applications run
        using var process = Process.Start(start)!;
        var line = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return [.. line.Split(' ', StringSplitOptions.RemoveEmptyEntries).SkipLast(1)
            .Select(static number => double.Parse(number, CultureInfo.InvariantCulture))];
    }
}
