using System.Diagnostics;
using System.Globalization;
using Endpoints.Generator;
using Microsoft.CodeAnalysis;

namespace Benchmarks.Generator;

/// <summary>The cost of the generator: a whole project once, and one keystroke in an editor that has already seen it.</summary>
/// <remarks>
/// The baseline of each figure is the driver with a generator that only asks for the compilation, so the ratio is the generator's own.
/// Milliseconds are those of the machine; compare the columns of one run. On a busy machine the processor time, which includes the garbage
/// collector's and the just-in-time compiler's, says more than the clock.
/// </remarks>
internal static class GeneratorBenchmark
{
    private static readonly string[] Edits = ["elsewhere", "inside a handler", "rename a verb", "add a file", "one with a base class"];

    public static void Run(string[] args)
    {
        var sizes = args.Length > 0 ? args.Select(size => int.Parse(size, CultureInfo.InvariantCulture)) : [1000, 10, 100, 1000, 3000];
        Console.WriteLine("| files | what | ms (best) | ms (median) | ms (worst) | CPU ms (median) | baseline ms |");
        Console.WriteLine("| ---: | --- | ---: | ---: | ---: | ---: | ---: |");
        var isFirst = true;
        foreach (var size in sizes)
        {
            var pages = new Pages(size);
            if (isFirst)
                Print(size, "cold, first in the process", [Once(pages, new FileRouteGenerator())], [default]);
            isFirst = false;
            Print(size, "cold", Repeat(15, () => Once(pages, new FileRouteGenerator())),
                Repeat(15, () => Once(pages, new EmptyGenerator())));
            foreach (var edit in Edits)
                Print(size, $"edit: {edit}", AfterEdits(pages, new FileRouteGenerator(), edit),
                    AfterEdits(pages, new EmptyGenerator(), edit));
        }
    }

    private static Cost Once(Pages pages, IIncrementalGenerator generator)
    {
        var compilation = pages.Compile();
        var driver = Pages.Driver(generator);
        return Measure(() => driver.RunGenerators(compilation));
    }

    private static Cost[] AfterEdits(Pages pages, IIncrementalGenerator generator, string edit)
    {
        var compilation = pages.Compile();
        var driver = Pages.Driver(generator).RunGenerators(compilation);
        var costs = new Cost[60];
        for (var i = 0; i < costs.Length; i++)
        {
            compilation = pages.Edit(compilation, edit, i);
            costs[i] = Measure(() => driver = driver.RunGenerators(compilation));
        }
        return costs[10..];
    }

    private static Cost[] Repeat(int times, Func<Cost> measure) => [.. Enumerable.Range(0, times).Select(_ => measure())];

    private static Cost Measure(Action action)
    {
        var processor = Environment.CpuUsage.TotalTime;
        var start = Stopwatch.GetTimestamp();
        action();
        return new Cost(Stopwatch.GetElapsedTime(start).TotalMilliseconds, (Environment.CpuUsage.TotalTime - processor).TotalMilliseconds);
    }

    private static void Print(int size, string what, Cost[] costs, Cost[] baseline) => Console.WriteLine(string.Create(
        CultureInfo.InvariantCulture,
        $"| {size} | {what} | {costs.Min(c => c.Clock):0.00} | {Median(costs, c => c.Clock):0.00} | {costs.Max(c => c.Clock):0.00} | {Median(costs, c => c.Processor):0.00} | {Median(baseline, c => c.Clock):0.00} |"));

    private static double Median(Cost[] costs, Func<Cost, double> of) => costs.Select(of).Order().ElementAt(costs.Length / 2);

    private readonly record struct Cost(double Clock, double Processor);

    private sealed class EmptyGenerator : IIncrementalGenerator
    {
        public void Initialize(IncrementalGeneratorInitializationContext context) =>
            context.RegisterSourceOutput(context.CompilationProvider.Select(static (_, _) => 0), static (_, _) => { });
    }
}
