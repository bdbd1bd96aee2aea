using System.Text;
using Endpoints.Generator;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Benchmarks.Startup;

/// <summary>
/// Writes and compiles an application with many endpoint files and, for comparison, a method that maps the same handlers by hand.
/// </summary>
internal static class ApplicationSource
{
    private const int FilesInAFolder = 50;

    /// <returns>The path of the compiled assembly.</returns>
    public static string Compile(int count)
    {
        var trees = Enumerable.Range(0, count).Select(File).Append(CSharpSyntaxTree.ParseText(ByHand(count)));
        var references = ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!)
            .Split(Path.PathSeparator)
            .Select(static path => MetadataReference.CreateFromFile(path));
        var compilation = CSharpCompilation.Create(
            $"Application{count}", trees, references,
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, optimizationLevel: OptimizationLevel.Release));

        CSharpGeneratorDriver
            .Create([new FileRouteGenerator().AsSourceGenerator()])
            .RunGeneratorsAndUpdateCompilation(compilation, out var generated, out _);

        var output = Path.Combine(Path.GetTempPath(), $"{Path.GetRandomFileName()}.dll");
        var result = generated.Emit(output);
        return result.Success ? output : throw new InvalidOperationException(string.Join('\n', result.Diagnostics.Take(5)));
    }

    private static SyntaxTree File(int number) => CSharpSyntaxTree.ParseText(
        $$"""
        public static class Handler{{number}}
        {
            public static string Get() => "{{number}}";
        }
        """,
        path: $"pages{Route(number)}.cs");

    private static string ByHand(int count)
    {
        var source = new StringBuilder(
            """
            using Microsoft.AspNetCore.Builder;
            using Microsoft.AspNetCore.Routing;

            public static class ByHand
            {
                public static void Map(IEndpointRouteBuilder endpoints)
                {

            """);
        for (var number = 0; number < count; number++)
            source.AppendLine($"        endpoints.MapGet(\"{Route(number)}\", Handler{number}.Get);");
        return source.Append("    }\n}\n").ToString();
    }

    private static string Route(int number) => $"/api/folder{number / FilesInAFolder}/file{number}";
}
