using System.Diagnostics;
using System.Globalization;
using Endpoints.Generator;
using Endpoints.Wix.Analyzers.Lock;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace Benchmarks.Generator;

/// <summary>
/// The cost of the route table and the guard lock in a build of a hundred elevated endpoint files: the whole compilation, and the
/// generators alone after an edit.
/// </summary>
/// <remarks>The ratios are those of one run: to the compiler without generators, and after an edit to the route table alone.</remarks>
internal static class LockBenchmark
{
    private const int Files = 100;

    private const int Times = 21;

    public static void Run()
    {
        var pages = new Pages(Files, areElevated: true);
        var locked = LockOf(pages);
        (string Name, Func<GeneratorDriver> Driver)[] kinds =
        [
            ("no generator", static () => Pages.Driver([], [])),
            ("route table", static () => Pages.Driver([new FileRouteGenerator()], [])),
            ("route table and lock, off", () => WithLock("off", locked)),
            ("route table and lock, compared", () => WithLock("enforce", locked)),
        ];

        Console.WriteLine("| what | with | ms | ratio | KB | ratio |");
        Console.WriteLine("| --- | --- | ---: | ---: | ---: | ---: |");
        Print("compile", [.. kinds.Select(kind => (kind.Name, Repeat(() => Compile(pages, kind.Driver()))))]);
        Print("edit", [.. kinds.Skip(1).Select(kind => (kind.Name, Edits(pages, kind.Driver())))]);
    }

    private static Cost Compile(Pages pages, GeneratorDriver driver)
    {
        var compilation = pages.Compile();
        return Measure(() =>
        {
            driver.RunGeneratorsAndUpdateCompilation(compilation, out var output, out _);
            var result = output.Emit(Stream.Null);
            if (!result.Success)
                throw new InvalidOperationException(string.Join('\n', result.Diagnostics.Take(5)));
        });
    }

    private static Cost[] Edits(Pages pages, GeneratorDriver driver)
    {
        var compilation = pages.Compile();
        driver = driver.RunGenerators(compilation);
        var costs = new Cost[Times];
        for (var i = 0; i < costs.Length; i++)
        {
            compilation = pages.Edit(compilation, "inside a handler", i);
            costs[i] = Measure(() => driver = driver.RunGenerators(compilation));
        }

        return costs;
    }

    private static Cost[] Repeat(Func<Cost> measure) => [.. Enumerable.Range(0, Times + 2).Select(_ => measure()).Skip(2)];

    private static Cost Measure(Action action)
    {
        var bytes = GC.GetTotalAllocatedBytes(precise: true);
        var start = Stopwatch.GetTimestamp();
        action();
        var time = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        return new Cost(time, GC.GetTotalAllocatedBytes(precise: true) - bytes);
    }

    private static void Print(string what, (string Name, Cost[] Costs)[] rows)
    {
        var (time, bytes) = (Median(rows[0].Costs, static cost => cost.Milliseconds), Median(rows[0].Costs, static cost => cost.Bytes));
        foreach (var (name, costs) in rows)
        {
            var (ownTime, ownBytes) = (Median(costs, static cost => cost.Milliseconds), Median(costs, static cost => cost.Bytes));
            Console.WriteLine(
                string.Create(CultureInfo.InvariantCulture,
                    $"| {what} | {name} | {ownTime:0.0} | {ownTime / time:0.00} | {ownBytes / 1024:0} | {ownBytes / bytes:0.00} |"));
        }
    }

    private static double Median(Cost[] costs, Func<Cost, double> of) => costs.Select(of).Order().ElementAt(costs.Length / 2);

    private static GeneratorDriver WithLock(string mode, string locked, bool write = false) => Pages.Driver(
        [new FileRouteGenerator(), new GuardLockGenerator()],
        [
            new Text("/site/obj/endpoints.pages.settings", "project=/site\nroots=pages\n"),
            new Text("/site/obj/endpoints.lock.settings",
                $"write={(write ? "true" : "false")}\nmode={mode}\naccess=false\nlock=/site/endpoints.lock.json\n"),
            new Text("/site/endpoints.lock.json", locked),
        ]);

    private static string LockOf(Pages pages)
    {
        var source = WithLock("auto", "", write: true).RunGenerators(pages.Compile()).GetRunResult().GeneratedTrees
            .Single(static tree => tree.FilePath.EndsWith("endpoints.lock.g.cs", StringComparison.Ordinal)).ToString();
        // It is escaped twice for the targets that copy it.
        return Uri.UnescapeDataString(
            Uri.UnescapeDataString(source[source.IndexOf('{', StringComparison.Ordinal)..(source.LastIndexOf('}') + 1)])) + "\n";
    }

    private readonly record struct Cost(double Milliseconds, double Bytes);

    private sealed class Text(string path, string text) : AdditionalText
    {
        public override string Path => path;

        public override SourceText GetText(CancellationToken cancellationToken = default) => SourceText.From(text);
    }
}
