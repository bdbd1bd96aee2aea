using System.Diagnostics.CodeAnalysis;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Benchmarks.Generator;

/// <summary>A project of many endpoint files, in folders of twenty, with parameters, rests, records and the odd base class.</summary>
/// <param name="count">How many.</param>
/// <param name="areElevated">Whether each of them is elevated, so that the guard lock has an entry for it.</param>
internal sealed class Pages(int count, bool areElevated = false)
{
    private static readonly CSharpParseOptions ParseOptions = CSharpParseOptions.Default;

    private static readonly MetadataReference[] References =
        [.. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Select(path => MetadataReference.CreateFromFile(path))];

    // Parsed once: the compiler has parsed the files before the generator runs.
    private readonly SyntaxTree[] _trees =
        [Parse("/site/Base.cs", "namespace Site; public abstract class Base { public string Head() => \"\"; }"),
            .. Enumerable.Range(0, count).Select(i => Parse(PathOf(i), Source(i, areElevated)))];

    public CSharpCompilation Compile() =>
        CSharpCompilation.Create("Site", _trees, References, new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary));

    public static GeneratorDriver Driver(IIncrementalGenerator generator) => Driver([generator], []);

    public static GeneratorDriver Driver(IEnumerable<IIncrementalGenerator> generators, IEnumerable<AdditionalText> files) =>
        CSharpGeneratorDriver.Create([.. generators.Select(static generator => generator.AsSourceGenerator())], files, ParseOptions,
            new Options());

    public CSharpCompilation Edit(CSharpCompilation compilation, string edit, int version)
    {
        const int page = 5;
        return edit switch
        {
            "elsewhere" =>
                Replace(compilation, 0, $"namespace Site; public abstract class Base {{ public string Head() => \"{version}\"; }}"),
            "inside a handler" =>
                Replace(compilation, page + 1,
                    Source(page, areElevated).Replace("return value;", $"return value + {version};", StringComparison.Ordinal)),
            "rename a verb" =>
                Replace(compilation, page + 1,
                    Source(page, areElevated).Replace("Get", version % 2 == 0 ? "Put" : "Patch", StringComparison.Ordinal)),
            "add a file" =>
                compilation.AddSyntaxTrees(
                    Parse($"/site/pages/api/added/new{version}.cs",
                        $"namespace Site; public static class Added{version} {{ public static string Get() => \"\"; }}")),
            _ => Replace(
                compilation, 8, Source(7, areElevated).Replace("return value;", $"return value + {version};", StringComparison.Ordinal)),
        };
    }

    private CSharpCompilation Replace(CSharpCompilation compilation, int index, string source)
    {
        var path = _trees[index].FilePath;
        var tree = compilation.SyntaxTrees.Single(tree => tree.FilePath == path);
        return compilation.ReplaceSyntaxTree(tree, Parse(path, source));
    }

    private static SyntaxTree Parse(string path, string source)
    {
        var tree = CSharpSyntaxTree.ParseText(source, ParseOptions, path);
        _ = tree.GetRoot();
        return tree;
    }

    private static string PathOf(int i) => (i % 10) switch
    {
        0 => $"/site/pages/api/area{i / 20}/index.cs",
        1 or 2 => $"/site/pages/api/area{i / 20}/item{i}/[id].cs",
        3 => $"/site/pages/api/area{i / 20}/files{i}/[...id].cs",
        4 => $"/site/pages/api/area{i / 20}/[id]-v{i}.cs",
        _ => $"/site/pages/api/area{i / 20}/thing{i}/[id]/details.cs",
    };

    private static string Source(int i, bool isElevated) => $$"""
        using System.Threading.Tasks;
        using Microsoft.AspNetCore.Http;

        namespace Site.Area{{i / 20}};

        /// <summary>An endpoint of the benchmark.</summary>{{(isElevated ? "\n[Endpoints.Wix.Elevate(Endpoints.Wix.Callers.Member, RateLimit = \"30/1m\")]" : "")}}
        public {{(i % 20 == 7 ? "sealed class" : "static class")}} Handler{{i}}{{(i % 20 == 7 ? " : Base" : "")}}
        {
            public static async Task<string> Get(string{{(i % 10 == 0 ? "? page" : " id")}}, HttpRequest request)
            {
                await Task.Yield();
                var value = request.Path.Value ?? "";
                for (var i = 0; i < 10; i++)
                    value = Append(value, i);
                return value;
            }

            public static IResult Post(Body{{i}} body, HttpContext context) => Results.Ok(body);

            private static string Append(string value, int number) => value + number;
        }

        public sealed record Body{{i}}(string Name, int Count);
        """;

    private sealed class Options : AnalyzerConfigOptionsProvider
    {
        public override AnalyzerConfigOptions GlobalOptions { get; } = new Values();

        public override AnalyzerConfigOptions GetOptions(SyntaxTree tree) => GlobalOptions;

        public override AnalyzerConfigOptions GetOptions(AdditionalText textFile) => GlobalOptions;

        private sealed class Values : AnalyzerConfigOptions
        {
            public override bool TryGetValue(string key, [NotNullWhen(true)] out string? value)
            {
                value = key == "build_property.ProjectDir" ? "/site/" : null;
                return value is not null;
            }
        }
    }
}
