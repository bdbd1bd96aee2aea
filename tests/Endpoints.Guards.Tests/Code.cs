using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Endpoints.Wix.Analyzers.Guards;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;

namespace Endpoints.Guards.Tests;

/// <summary>
/// A project in memory: files whose diagnostics are marked where they are expected, as in <c>{|EP1001:WixAuth auth|}</c>.
/// </summary>
internal sealed partial class Code
{
    public const string ProjectDirectory = "/project/";

    private const string Usings = """
        global using System;
        global using System.Collections.Generic;
        global using System.Linq;
        global using System.Net.Http;
        global using System.Threading;
        global using System.Threading.Tasks;
        global using Microsoft.AspNetCore.Authorization;
        global using Microsoft.AspNetCore.Builder;
        global using Microsoft.AspNetCore.Http;
        global using Microsoft.AspNetCore.Mvc;
        global using Microsoft.AspNetCore.Routing;
        global using Microsoft.Extensions.DependencyInjection;
        global using Endpoints;
        global using Endpoints.Wix;
        """;

    // What the SDK itself imports into a web application.
    private const string WebUsings = """
        global using System;
        global using System.Collections.Generic;
        global using System.IO;
        global using System.Linq;
        global using System.Net.Http;
        global using System.Net.Http.Json;
        global using System.Threading;
        global using System.Threading.Tasks;
        global using Microsoft.AspNetCore.Builder;
        global using Microsoft.AspNetCore.Hosting;
        global using Microsoft.AspNetCore.Http;
        global using Microsoft.AspNetCore.Routing;
        global using Microsoft.Extensions.Configuration;
        global using Microsoft.Extensions.DependencyInjection;
        global using Microsoft.Extensions.Hosting;
        global using Microsoft.Extensions.Logging;
        """;

    private static readonly MetadataReference[] Framework =
        [.. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
        .Where(static path => Path.GetFileName(path) is var name
            && (name.StartsWith("System.", StringComparison.Ordinal) || name.StartsWith("Microsoft.AspNetCore.", StringComparison.Ordinal)
            || name.StartsWith("Microsoft.Extensions.", StringComparison.Ordinal)
            || name is "Microsoft.Net.Http.Headers.dll" or "netstandard.dll" or "mscorlib.dll"))
        .Select(static path => MetadataReference.CreateFromFile(path))];

    private static readonly CSharpCompilation Library = CSharpCompilation.Create(
        "Shop", [], Framework,
        new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable));

    private static readonly CSharpCompilation Application =
        Library.WithOptions(Library.Options.WithOutputKind(OutputKind.ConsoleApplication));

    private readonly List<(string Path, string Text)> _files = [];
    private readonly List<(string Path, string Id, TextSpan Span)> _expected = [];

    public Code(string path, string text) => With(path, text);

    /// <summary>The assemblies that stand for Endpoints.Wix and Endpoints; none for a project that does not know them.</summary>
    public IReadOnlyList<MetadataReference> References { get; init; } = [WixStub.Reference];

    /// <summary>FluentValidation, which comes with Endpoints.</summary>
    public static MetadataReference FluentValidation { get; } =
        MetadataReference.CreateFromFile(typeof(FluentValidation.IValidator).Assembly.Location);

    /// <summary>Endpoints.Wix itself, and what it brings.</summary>
    public static IReadOnlyList<MetadataReference> RealWix { get; } =
        [
            MetadataReference.CreateFromFile(typeof(Wix.ElevateAttribute).Assembly.Location),
            MetadataReference.CreateFromFile(typeof(Wix.WixClientOptions).Assembly.Location),
            MetadataReference.CreateFromFile(typeof(FileRoute).Assembly.Location),
            MetadataReference.CreateFromFile(typeof(Redis.RedisSharingOptions).Assembly.Location), FluentValidation,
        ];

    public bool MayHaveErrors { get; init; }

    /// <summary>Whether the files write their own usings of the packages, as in a new web application.</summary>
    public bool IsNewApplication { get; init; }

    public IReadOnlyList<(string Path, string Text)> Files => _files;

    public Code With(string path, string text)
    {
        var clean = new System.Text.StringBuilder();
        var at = 0;
        foreach (Match mark in Mark().Matches(text))
        {
            clean.Append(text, at, mark.Index - at);
            _expected.Add((path, mark.Groups[1].Value, new TextSpan(clean.Length, mark.Groups[2].Length)));
            clean.Append(mark.Groups[2].Value);
            at = mark.Index + mark.Length;
        }
        clean.Append(text, at, text.Length - at);
        _files.Add((path, clean.ToString()));
        return this;
    }

    /// <summary>Analyzes the project and compares what is reported with what is marked.</summary>
    /// <param name="except">What is reported besides and is another test's.</param>
    public async Task<ImmutableArray<Diagnostic>> VerifyAsync(params string[] except)
    {
        var reported = (await AnalyzeAsync()).RemoveAll(diagnostic => except.Contains(diagnostic.Id));

        var expected =
            _expected.Select(
                mark => $"{mark.Id} {mark.Path} '{_files.First(file => file.Path == mark.Path).Text.Substring(mark.Span.Start, mark.Span.Length)}' at {mark.Span}");
        var found = reported.Select(static diagnostic =>
            $"{diagnostic.Id} {diagnostic.Location.SourceTree?.FilePath[ProjectDirectory.Length..]} '{diagnostic.Location.SourceTree?.GetText().ToString(diagnostic.Location.SourceSpan)}' at {diagnostic.Location.SourceSpan}");
        Assert.Equal(string.Join("\n", expected.Order(StringComparer.Ordinal)), string.Join("\n", found.Order(StringComparer.Ordinal)));
        return reported;
    }

    /// <summary>Gets the analyzers' reports. A compiler error in the code, or an exception in an analyzer, fails the test.</summary>
    public async Task<ImmutableArray<Diagnostic>> AnalyzeAsync()
    {
        var compilation = Compile();
        if (!MayHaveErrors)
            Assert.Empty(compilation.GetDiagnostics().Where(static diagnostic => diagnostic.Severity == DiagnosticSeverity.Error));
        var exceptions = new System.Collections.Concurrent.ConcurrentQueue<string>();
        var options = new CompilationWithAnalyzersOptions(
            new AnalyzerOptions([], Options.Of([])),
            onAnalyzerException: (exception, analyzer, _) => exceptions.Enqueue($"{analyzer}: {exception}"),
            concurrentAnalysis: true,
            logAnalyzerExecutionTime: false,
            reportSuppressedDiagnostics: false);
        var reported = await compilation.WithAnalyzers(Analyzers, options).GetAnalyzerDiagnosticsAsync();
        Assert.Empty(exceptions);
        return reported;
    }

    public CSharpCompilation Compile() => (_files.Any(static file => file.Path == "Program.cs") ? Application : Library)
        .AddReferences(References)
        .AddSyntaxTrees(_files.Select(static file => Parse(file.Path, file.Text)).Prepend(
            Parse("GlobalUsings.cs", IsNewApplication ? WebUsings : Usings)));

    /// <summary>Compiles a library for tests to refer to.</summary>
    public static MetadataReference Emit(string assembly, string source, params MetadataReference[] references)
    {
        using var stream = new MemoryStream();
        var result = Compilation(assembly, source, references).Emit(stream);
        Assert.Empty(result.Diagnostics.Where(static diagnostic => diagnostic.Severity == DiagnosticSeverity.Error));
        return MetadataReference.CreateFromImage(stream.ToArray());
    }

    public static CSharpCompilation Compilation(string assembly, string source, params MetadataReference[] references) =>
        CSharpCompilation.Create(
            assembly,
            [CSharpSyntaxTree.ParseText(source, CSharpParseOptions.Default.WithLanguageVersion(LanguageVersion.Latest))],
            [.. Framework, .. references],
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable));

    public static ImmutableArray<DiagnosticAnalyzer> Analyzers { get; } =
    [
        new ElevationWithoutGuardAnalyzer(), new ElevateArgumentsAnalyzer(), new ElevationOutlivesRequestAnalyzer(),
        new RequestedIdentityAnalyzer(), new ElevatedWriteInGetAnalyzer(),
        new WriteWithoutCheckAnalyzer(), new BodyWithoutValidatorAnalyzer(), new RequestKeptAnalyzer(), new ClientMadeIdentityAnalyzer(),
        new OwnPrincipalAnalyzer(), new ElevatedOptionsAnalyzer(), new ElevationInStreamAnalyzer(), new UnknownAppAnalyzer(),
    ];

    private static SyntaxTree Parse(string path, string text) =>
        CSharpSyntaxTree.ParseText(text, CSharpParseOptions.Default.WithLanguageVersion(LanguageVersion.Latest), ProjectDirectory + path);

    [GeneratedRegex(@"\{\|(EP\d{4}):(.*?)\|\}", RegexOptions.Singleline)]
    private static partial Regex Mark();

    internal sealed class Options(Dictionary<string, string> values) : AnalyzerConfigOptionsProvider
    {
        /// <summary>The options of the project, and more.</summary>
        public static Options Of(Dictionary<string, string> more) =>
            new(new(more) { ["build_property.ProjectDir"] = ProjectDirectory });

        public override AnalyzerConfigOptions GlobalOptions { get; } = new Values(values);

        public override AnalyzerConfigOptions GetOptions(SyntaxTree tree) => GlobalOptions;

        public override AnalyzerConfigOptions GetOptions(AdditionalText textFile) => GlobalOptions;

        private sealed class Values(Dictionary<string, string> values) : AnalyzerConfigOptions
        {
            public override bool TryGetValue(string key, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out string? value) =>
                values.TryGetValue(key, out value);
        }
    }
}
