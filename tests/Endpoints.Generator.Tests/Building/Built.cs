using System.Reflection;
using System.Runtime.Loader;
using Endpoints.Shared.Pages;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Endpoints.Generator.Tests.Building;

/// <summary>A project after the generator ran over it.</summary>
internal sealed class Built
{
    /// <summary>The generator's own steps; the driver tracks its inputs too, and a compilation is never the same.</summary>
    public static readonly IReadOnlyList<string> StepNames =
        [.. typeof(Steps).GetFields(BindingFlags.Public | BindingFlags.Static).Select(field => (string)field.GetValue(null)!)];

    private GeneratorDriver _driver;
    private CSharpCompilation _compilation;

    public Built(CSharpCompilation compilation, IReadOnlyDictionary<string, string> options, IReadOnlyList<string>? settings = null)
    {
        _compilation = compilation;
        _driver = CSharpGeneratorDriver.Create(
            [new FileRouteGenerator().AsSourceGenerator()],
            [.. (settings ?? []).Select(static (text, i) => new SettingsText($"/obj{i}/{PagesSettings.FileName}", text))],
            (CSharpParseOptions?)compilation.SyntaxTrees.First().Options,
            new Options(options),
            new GeneratorDriverOptions(IncrementalGeneratorOutputKind.None, trackIncrementalGeneratorSteps: true));
        Run();
    }

    /// <summary>Gets the result of the last run.</summary>
    public GeneratorRunResult Result { get; private set; }

    /// <summary>The project with what the generator added.</summary>
    public Compilation Output { get; private set; } = null!;

    public IReadOnlyList<Diagnostic> Mistakes =>
        [.. Result.Diagnostics.OrderBy(d => d.Location.GetLineSpan().Path, StringComparer.Ordinal)
            .ThenBy(d => d.Location.SourceSpan.Start)];

    public string Source => string.Concat(Result.GeneratedSources.Select(source => source.SourceText.ToString()));

    /// <summary>The mistakes as one line each: id, file, the text they stand on.</summary>
    public IEnumerable<string> Summary => Mistakes.Select(d =>
        $"{d.Id} {Path(d.Location)} '{d.Location.SourceTree!.GetText().ToString(d.Location.SourceSpan)}'");

    public static string Path(Location location)
    {
        var path = location.SourceTree!.FilePath;
        return path.StartsWith(TestProject.Directory, StringComparison.Ordinal) ? path[TestProject.Directory.Length..] : path;
    }

    /// <summary>Replaces a file's text, adds or (with null) removes a file, and runs again.</summary>
    public Built Edit(string path, string? source)
    {
        var full = TestProject.Directory + path;
        var old = _compilation.SyntaxTrees.FirstOrDefault(tree => tree.FilePath == full);
        _compilation = (old, source) switch
        {
            (null, not null) => _compilation.AddSyntaxTrees(TestProject.Parse(full, source)),
            (not null, null) => _compilation.RemoveSyntaxTrees(old),
            (not null, not null) => _compilation.ReplaceSyntaxTree(old, TestProject.Parse(full, source)),
            _ => _compilation,
        };
        Run();
        return this;
    }

    /// <summary>Gives a file another name and text, and runs again.</summary>
    public Built Rename(string path, string newPath, string source)
    {
        var old = _compilation.SyntaxTrees.Single(tree => tree.FilePath == TestProject.Directory + path);
        _compilation = _compilation.ReplaceSyntaxTree(old, TestProject.Parse(TestProject.Directory + newPath, source));
        Run();
        return this;
    }

    /// <summary>Fails on any warning or error, of the compiler or the generator.</summary>
    public void AssertClean()
    {
        Assert.Empty(Result.Diagnostics);
        AssertCompiles();
    }

    /// <summary>Fails when what the generator wrote, or the project with it, does not compile without a warning.</summary>
    public void AssertCompiles() => Assert.Empty(Output.GetDiagnostics().Where(d => d.Severity >= DiagnosticSeverity.Warning));

    /// <summary>Runs the generator again after a file was added that has nothing to do with it: no step may do anything.</summary>
    public void AssertUnrelatedEditsRunNothing()
    {
        var (driver, compilation, result, output) = (_driver, _compilation, Result, Output);
        _ = Edit("Unrelated.cs", "namespace Elsewhere { internal sealed class Unrelated { public void Get() { } } }");
        AssertNothingRan();
        (_driver, _compilation, Result, Output) = (driver, compilation, result, output);
    }

    /// <summary>Fails when the last run gave anything that the run before had not given.</summary>
    public void AssertNothingRan()
    {
        foreach (var step in StepNames)
        {
            // A step has no runs when no file came to it.
            foreach (var output in Runs(step).SelectMany(run => run.Outputs))
                Assert.True(output.Reason is IncrementalStepRunReason.Cached or IncrementalStepRunReason.Unchanged,
                    $"{step}: {output.Reason}");
        }
        AssertNothingWritten();
    }

    /// <summary>Fails when the last run wrote source or reported mistakes anew.</summary>
    public void AssertNothingWritten() => Assert.All(
        Result.TrackedOutputSteps.SelectMany(step => step.Value).SelectMany(run => run.Outputs),
        output => Assert.True(output.Reason is IncrementalStepRunReason.Cached or IncrementalStepRunReason.Unchanged,
            output.Reason.ToString()));

    /// <summary>The routes of the compiled project, from its own attribute and class.</summary>
    public IReadOnlyList<FileRoute> Load() => FileRouteTable.For(LoadAssembly());

    public Assembly LoadAssembly()
    {
        using var image = new MemoryStream();
        var emitted = Output.Emit(image);
        Assert.True(emitted.Success, string.Join('\n', emitted.Diagnostics));
        image.Position = 0;
        return new AssemblyLoadContext(null, isCollectible: true).LoadFromStream(image);
    }

    /// <summary>The outcome of a step in the last run.</summary>
    public IEnumerable<IncrementalGeneratorRunStep> Runs(string step) => Result.TrackedSteps.TryGetValue(step, out var runs) ? runs : [];

    private void Run()
    {
        _driver = _driver.RunGeneratorsAndUpdateCompilation(_compilation, out var output, out _);
        Output = output;
        Result = _driver.GetRunResult().Results.Single();
        Assert.Null(Result.Exception);
    }
}
