using System.Reflection;
using System.Runtime.Loader;
using System.Text.RegularExpressions;
using Endpoints.Wix.Analyzers.Webhooks;
using Endpoints.Wix.CompilerServices;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Text;

namespace Endpoints.Guards.Tests.Webhooks;

/// <summary>
/// A project with event and plugin files after the generator ran over it. What is expected is marked in the files, as in
/// <c>{|EP1305:int|}</c>.
/// </summary>
internal sealed partial class WebhookProject
{
    /// <summary>A package of a vertical, as the emitter writes it, without anything in it.</summary>
    private const string Vertical = """
        using System.Threading;
        using System.Threading.Tasks;

        namespace Endpoints.Wix.Ecom;

        [WixName("wix.ecom.v1.order_created")]
        public sealed class OrderCreated : WixEvent, IWixEvent<OrderCreated>
        {
            private OrderCreated(WixEvent raw) : base(raw) { }
            static string IWixEvent<OrderCreated>.EventType => "wix.ecom.v1.order_created";
            public static OrderCreated Create(WixEvent raw) => new(raw);
        }

        [WixName("wix.ecom.v1.order_canceled")]
        public sealed class OrderCanceled : WixEvent, IWixEvent<OrderCanceled>
        {
            private OrderCanceled(WixEvent raw) : base(raw) { }
            static string IWixEvent<OrderCanceled>.EventType => "wix.ecom.v1.order_canceled";
            public static OrderCanceled Create(WixEvent raw) => new(raw);
        }

        public sealed class ToolRequest;

        public sealed class ToolResponse;

        public sealed class GetShippingRatesRequest;

        public sealed class GetShippingRatesResponse;

        [WixName("ECOM_SHIPPING_RATES")]
        public abstract class ShippingRatesPlugin : WixPlugin, IWixPlugin
        {
            static WixPluginTable IWixPlugin.Table { get; } = new("ECOM_SHIPPING_RATES");
            public abstract Task<GetShippingRatesResponse> GetShippingRatesAsync(GetShippingRatesRequest request, WixPluginCall call,
                CancellationToken cancellationToken);
        }

        [WixName("ECOM_ADDITIONAL_FEES")]
        public abstract class AdditionalFeesPlugin : WixPlugin, IWixPlugin
        {
            static WixPluginTable IWixPlugin.Table { get; } = new("ECOM_ADDITIONAL_FEES");
            public abstract Task<string> CalculateAsync(string request, CancellationToken cancellationToken);
        }
        """;

    public static readonly MetadataReference Ecom = Code.Emit("Endpoints.Wix.Ecom", Vertical, [.. Code.RealWix]);

    /// <summary>The generator's own steps; the driver tracks its inputs too, and a compilation is never the same.</summary>
    public static readonly IReadOnlyList<string> StepNames =
        [.. typeof(WebhookSteps).GetFields(BindingFlags.Public | BindingFlags.Static).Select(field => (string)field.GetValue(null)!)];

    private readonly List<(string Path, string Id, TextSpan Span)> _expected = [];

    private readonly List<string> _settings = [];

    private GeneratorDriver? _driver;

    private CSharpCompilation _compilation =
        new Code("Anchor.cs", "global using Endpoints.Wix.Ecom;") { References = [.. Code.RealWix, Ecom] }.Compile();

    /// <summary>Gets the result of the last run.</summary>
    public GeneratorRunResult Result { get; private set; }

    /// <summary>The project with what the generator added.</summary>
    public Compilation Output { get; private set; } = null!;

    public string Source => string.Concat(Result.GeneratedSources.Select(static source => source.SourceText.ToString()));

    /// <summary>Adds, replaces or (with null) removes a file.</summary>
    public WebhookProject File(string path, string? text)
    {
        var full = Path.IsPathRooted(path) ? path : Code.ProjectDirectory + path;
        var old = _compilation.SyntaxTrees.FirstOrDefault(tree => tree.FilePath == full);
        var tree = text is null ? null : CSharpSyntaxTree.ParseText(
            Clean(path, text), (CSharpParseOptions)_compilation.SyntaxTrees[0].Options, full, System.Text.Encoding.UTF8);
        _compilation = (old, tree) switch
        {
            (null, not null) => _compilation.AddSyntaxTrees(tree),
            (not null, not null) => _compilation.ReplaceSyntaxTree(old, tree),
            (not null, null) => _compilation.RemoveSyntaxTrees(old),
            _ => _compilation,
        };
        return this;
    }

    public WebhookProject Settings(string text)
    {
        _settings.Add(text);
        return this;
    }

    public WebhookProject Application()
    {
        _compilation = _compilation.WithOptions(_compilation.Options.WithOutputKind(OutputKind.ConsoleApplication));
        return this;
    }

    public WebhookProject Without(params MetadataReference[] references)
    {
        _compilation = _compilation.RemoveReferences(references);
        return this;
    }

    public WebhookProject With(MetadataReference reference)
    {
        _compilation = _compilation.AddReferences(reference);
        return this;
    }

    /// <summary>The declarations that a plugin needs which derives from <c>ShippingRatesPlugin</c>.</summary>
    public const string RatesBody = " { public override Task<GetShippingRatesResponse> GetShippingRatesAsync(GetShippingRatesRequest "
        + "request, WixPluginCall call, CancellationToken cancellationToken) => null!; }";

    /// <summary>The rest of a tool.</summary>
    public const string ToolBody = " : WixTool<ToolRequest, ToolResponse> { public override Task<ToolResponse> RunAsync(ToolRequest "
        + "request, WixPluginCall call, CancellationToken cancellationToken) => null!; }";

    /// <summary>Runs the generator, again if it has run: then over what was edited.</summary>
    public WebhookProject Run()
    {
        _driver ??= CSharpGeneratorDriver.Create(
            [new WebhookGenerator().AsSourceGenerator()],
            [.. _settings.Select(static (text, i) => new SettingsText($"/obj{i}/{WebhookSettings.FileName}", text))],
            (CSharpParseOptions)_compilation.SyntaxTrees[0].Options,
            Code.Options.Of([]),
            new GeneratorDriverOptions(IncrementalGeneratorOutputKind.None, trackIncrementalGeneratorSteps: true));
        _driver = _driver.RunGeneratorsAndUpdateCompilation(_compilation, out var output, out _);
        Output = output;
        Result = _driver.GetRunResult().Results.Single();
        Assert.Null(Result.Exception);
        return this;
    }

    /// <summary>Runs the generator, compares what it reports with what is marked, and compiles what it wrote.</summary>
    /// <param name="mayHaveErrors"><see langword="true"/> if the files themselves don't compile.</param>
    public WebhookProject Verify(bool mayHaveErrors = false)
    {
        Run();
        var found = Result.Diagnostics.Select(static diagnostic =>
            Line(diagnostic.Id, diagnostic.Location.SourceTree?.FilePath ?? "", diagnostic.Location.SourceSpan));
        Assert.Equal(
            string.Join("\n", _expected.Select(static mark => Line(mark.Id, mark.Path, mark.Span)).Order(StringComparer.Ordinal)),
            string.Join("\n", found.Order(StringComparer.Ordinal)));
        if (!mayHaveErrors)
            Assert.Empty(Output.GetDiagnostics().Where(static diagnostic => diagnostic.Severity == DiagnosticSeverity.Error));
        return this;
    }

    /// <summary>Returns what the compiled project registers, by its own attribute and class.</summary>
    public WixFileTable Load()
    {
        using var image = new MemoryStream();
        var emitted = Output.Emit(image);
        Assert.True(emitted.Success, string.Join('\n', emitted.Diagnostics));
        image.Position = 0;
        var context = new AssemblyLoadContext(null, isCollectible: true);
        context.Resolving += static (context, name) => name.Name == "Endpoints.Wix.Ecom" ? context.LoadFromStream(EcomImage()) : null;
        return WixFileTable.For(context.LoadFromStream(image))!;
    }

    public IEnumerable<IncrementalGeneratorRunStep> Runs(string step) => Result.TrackedSteps.TryGetValue(step, out var runs) ? runs : [];

    /// <summary>Returns the number of a step's results that are others than before.</summary>
    public int Changed(string step) => Runs(step).SelectMany(static run => run.Outputs).Count(static output => !IsSame(output.Reason));

    /// <summary>Returns the number of outputs that are others than before: sources and reports.</summary>
    public int Written => Result.TrackedOutputSteps.SelectMany(static step => step.Value).SelectMany(static run => run.Outputs)
        .Count(static output => !IsSame(output.Reason));

    public void AssertNothingRan()
    {
        foreach (var step in StepNames)
            Assert.True(Changed(step) == 0, step);
        Assert.Equal(0, Written);
    }

    private static bool IsSame(IncrementalStepRunReason reason) =>
        reason is IncrementalStepRunReason.Cached or IncrementalStepRunReason.Unchanged;

    private static MemoryStream EcomImage()
    {
        var image = new MemoryStream();
        Assert.True(Code.Compilation("Endpoints.Wix.Ecom", Vertical, [.. Code.RealWix]).Emit(image).Success);
        image.Position = 0;
        return image;
    }

    private string Clean(string path, string text)
    {
        _expected.RemoveAll(mark => mark.Path == path);
        for (var mark = Mark().Match(text); mark.Success; mark = Mark().Match(text))
        {
            _expected.Add((path, mark.Groups[1].Value, new TextSpan(mark.Index, mark.Groups[2].Length)));
            text = text[..mark.Index] + mark.Groups[2].Value + text[(mark.Index + mark.Length)..];
        }
        return text;
    }

    private static string Line(string id, string path, TextSpan span) =>
        $"{id} {(path.StartsWith(Code.ProjectDirectory, StringComparison.Ordinal) ? path[Code.ProjectDirectory.Length..] : path)} {span}";

    [GeneratedRegex(@"\{\|(EP\d{4}):((?:(?!\{\|).)*?)\|\}", RegexOptions.Singleline)]
    private static partial Regex Mark();

    private sealed class SettingsText(string path, string text) : AdditionalText
    {
        public override string Path => path;

        public override SourceText GetText(CancellationToken cancellationToken = default) => SourceText.From(text);
    }
}
