using System.Reflection;
using System.Runtime.Loader;
using System.Text;
using Endpoints.Generator;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Endpoints.Tests.Conformance;

/// <summary>Writes the endpoint files of a case in C#, and compiles them with the generator, as a project would.</summary>
public static class Sources
{
    private static readonly MetadataReference[] References =
    [
        .. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(path => Path.GetFileName(path) is var name
                && (name.StartsWith("System.", StringComparison.Ordinal)
                    || name.StartsWith("Microsoft.AspNetCore.", StringComparison.Ordinal)
                    || name is "Endpoints.dll" or "Endpoints.Tests.dll"))
            .Select(path => MetadataReference.CreateFromFile(path)),
    ];

    private static readonly string[] Named = ["GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS", "ALL"];

    /// <summary>
    /// The exports that are methods in C# too: not those that are values or return what is no response, nor the second of two that differ
    /// in letter case.
    /// </summary>
    public static IReadOnlyList<string> Handlers(VectorFile file) =>
    [
        .. from export in file.Methods
           let kind = file.Behaviour(export)?.GetProperty("kind").GetString()
           where kind is not ("value" or "return") && export is not "config"
           group export by export.ToUpperInvariant() into same
           select same.Contains(same.Key) ? same.Key : same.First(),
    ];

    /// <summary>Compiles a case. Files that the generator refuses are left out, as an author would have to rename them.</summary>
    public static (Assembly Assembly, IReadOnlySet<string> Refused) Compile(VectorCase vectors)
    {
        var files = vectors.Files.Where(file => Handlers(file).Count > 0).ToDictionary(file => "/site/" + file.Path + ".cs", file => file);
        var refused = vectors.Files.Where(file => Handlers(file).Count == 0).Select(file => file.Path).ToHashSet();
        while (true)
        {
            var (compilation, mistakes) = Generate(files);
            if (mistakes.Count == 0)
                return (Emit(compilation), refused);
            foreach (var path in mistakes)
                refused.Add(files[path].Path);
            foreach (var path in mistakes)
                files.Remove(path);
        }
    }

    private static (Compilation Compilation, IReadOnlyList<string> Mistakes) Generate(Dictionary<string, VectorFile> files)
    {
        var parse = CSharpParseOptions.Default.WithLanguageVersion(LanguageVersion.Latest);
        var compilation = CSharpCompilation.Create(
            "Case" + Guid.NewGuid().ToString("N"),
            files.Select((file, i) => CSharpSyntaxTree.ParseText(Write(file.Value, i), parse, file.Key, Encoding.UTF8)),
            References,
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable));
        var driver = CSharpGeneratorDriver.Create([new FileRouteGenerator().AsSourceGenerator()], parseOptions: parse,
            optionsProvider: new Settings());
        _ = driver.RunGeneratorsAndUpdateCompilation(compilation, out var output, out var diagnostics);
        return (output,
            [.. diagnostics.Where(d => d.Severity == DiagnosticSeverity.Error).Select(d => d.Location.SourceTree!.FilePath).Distinct()]);
    }

    private static string Write(VectorFile file, int number)
    {
        var source = new StringBuilder($"public static class Handler{number}\n{{\n");
        foreach (var export in Handlers(file))
        {
            var named = Named.Contains(export, StringComparer.OrdinalIgnoreCase);
            if (!named)
                source.Append($"    [global::Endpoints.HttpMethod({Literal(export)})]\n");
            var name = !named ? "Answer" + export : char.IsUpper(export[^1]) ? export[0] + export[1..].ToLowerInvariant() : export;
            source.Append("    public static global::System.Threading.Tasks.Task<global::Microsoft.AspNetCore.Http.IResult> ").Append(name)
                .Append("(global::Endpoints.ApiContext context) => global::Endpoints.Tests.Conformance.Behaviour.RunAsync(context, ")
                .Append(Literal(export)).Append(", ").Append(Literal(file.Behaviour(export)?.GetRawText() ?? "{\"kind\":\"echo\"}"))
                .Append(");\n");
        }
        return source.Append("}\n").ToString();
    }

    private static string Literal(string text) => SymbolDisplay.FormatLiteral(text, quote: true);

    private static Assembly Emit(Compilation compilation)
    {
        using var image = new MemoryStream();
        var emitted = compilation.Emit(image);
        Assert.True(emitted.Success, string.Join('\n', emitted.Diagnostics));
        image.Position = 0;
        return AssemblyLoadContext.Default.LoadFromStream(image);
    }

    private sealed class Settings : AnalyzerConfigOptionsProvider
    {
        public override AnalyzerConfigOptions GlobalOptions { get; } = new Values();

        public override AnalyzerConfigOptions GetOptions(SyntaxTree tree) => GlobalOptions;

        public override AnalyzerConfigOptions GetOptions(AdditionalText textFile) => GlobalOptions;
    }

    private sealed class Values : AnalyzerConfigOptions
    {
        public override bool TryGetValue(string key, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out string? value)
        {
            value = key switch
            {
                "build_property.ProjectDir" => "/site/",
                _ => null,
            };
            return value is not null;
        }
    }
}
