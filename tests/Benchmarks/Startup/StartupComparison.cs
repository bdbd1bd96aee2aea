using System.Diagnostics;
using System.Globalization;
using System.Reflection;
using Benchmarks.Requests;
using Microsoft.AspNetCore.Routing;

namespace Benchmarks.Startup;

/// <summary>
/// The time of an application with many routes from start to first answer: file routes beside as many MapGet calls.
/// </summary>
/// <remarks>
/// Each start is a process of its own, as real starts are, and the two kinds take turns, so that both meet the same moods of the machine.
/// </remarks>
internal static class StartupComparison
{
    private const int Rounds = 9;

    public static async Task RunAsync()
    {
        Console.WriteLine("| routes | MapGet, ms | file routes, ms | ratio |");
        Console.WriteLine("| ---: | ---: | ---: | ---: |");
        foreach (var count in (int[])[10, 100, 1000, 3000])
        {
            var application = ApplicationSource.Compile(count);
            try
            {
                var byHand = new List<double>();
                var files = new List<double>();
                for (var round = 0; round < Rounds; round++)
                {
                    byHand.Add(await MeasureAsync("by-hand", application));
                    files.Add(await MeasureAsync("files", application));
                }
                var (handMs, filesMs) = (Median(byHand), Median(files));
                Console.WriteLine(FormattableString.Invariant($"| {count} | {handMs:F1} | {filesMs:F1} | {filesMs / handMs:F2} |"));
            }
            finally
            {
                File.Delete(application);
            }
        }
    }

    /// <summary>One start, in this process. Prints its milliseconds.</summary>
    public static async Task StartOnceAsync(string kind, string application)
    {
        var assembly = Assembly.LoadFrom(application);
        var byHand = assembly.GetType("ByHand")!.GetMethod("Map")!.CreateDelegate<Action<IEndpointRouteBuilder>>();

        var watch = Stopwatch.StartNew();
        var pipeline = kind == "files"
            ? new Pipeline(static services => services.AddFileRoutes(), endpoints => endpoints.MapFileRoutes(assembly), "GET",
                "/api/folder0/file0")
            : new Pipeline(static _ => { }, byHand, "GET", "/api/folder0/file0");
        var status = await pipeline.SendAsync();
        watch.Stop();

        if (status != 200)
            throw new InvalidOperationException($"The application answered {status}.");
        Console.WriteLine(watch.Elapsed.TotalMilliseconds.ToString(CultureInfo.InvariantCulture));
    }

    private static async Task<double> MeasureAsync(string kind, string application)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!) { RedirectStandardOutput = true };
        if (Path.GetFileNameWithoutExtension(Environment.ProcessPath!) == "dotnet")
            start.ArgumentList.Add(Assembly.GetExecutingAssembly().Location);
        foreach (var argument in (string[])["start-once", kind, application])
            start.ArgumentList.Add(argument);

        using var process = Process.Start(start)!;
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return double.Parse(output, CultureInfo.InvariantCulture);
    }

    private static double Median(List<double> values)
    {
        values.Sort();
        return values[values.Count / 2];
    }
}
