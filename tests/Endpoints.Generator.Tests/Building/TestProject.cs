using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Endpoints.Generator.Tests.Building;

/// <summary>A project under test: its files and settings.</summary>
internal sealed class TestProject
{
    public const string Directory = "/site/";

    private const string GlobalUsings = """
        global using System;
        global using System.Collections.Generic;
        global using System.IO;
        global using System.Threading;
        global using System.Threading.Tasks;
        global using Endpoints;
        global using Microsoft.AspNetCore.Builder;
        global using Microsoft.AspNetCore.Http;
        global using Microsoft.AspNetCore.Mvc;
        """;

    private static readonly MetadataReference[] Platform =
        [.. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator).Where(IsPlatform)
            .Select(path => MetadataReference.CreateFromFile(path))];

    private readonly Dictionary<string, string> _files = new(StringComparer.Ordinal) { [Directory + "GlobalUsings.cs"] = GlobalUsings };

    private readonly Dictionary<string, string> _options = new(StringComparer.Ordinal)
    {
        ["build_property.ProjectDir"] = Directory,
    };

    private readonly List<string> _settings = [];

    private readonly List<MetadataReference> _references = [.. Platform];

    /// <summary>Adds or replaces a file; the path is the project's or absolute.</summary>
    public TestProject File(string path, string source)
    {
        _files[Path.IsPathRooted(path) ? path : Directory + path] = source;
        return this;
    }

    /// <summary>Adds an endpoint file with the simplest of handlers.</summary>
    public TestProject Page(string path, string? className = null) =>
        File(path, $"public static class {className ?? $"Page{_files.Count}"} {{ public static string Get(HttpContext context) => \"\"; }}");

    public TestProject Option(string name, string? value)
    {
        if (value is null)
            _options.Remove("build_property." + name);
        else
            _options["build_property." + name] = value;
        return this;
    }

    /// <summary>Adds the file by which the package's targets say where endpoint files lie.</summary>
    public TestProject Settings(string text)
    {
        _settings.Add(text);
        return this;
    }

    /// <summary>Names the pages folders, as the package's targets do.</summary>
    public TestProject Roots(string roots) => Settings($"project={Directory}\nroots={roots}\n");

    public TestProject Reference(MetadataReference reference)
    {
        _references.Add(reference);
        return this;
    }

    public TestProject WithoutTheLibrary()
    {
        _ = _references.RemoveAll(reference => reference.Display == typeof(FileRoute).Assembly.Location);
        return File("GlobalUsings.cs", "");
    }

    /// <summary>Compiles the project, which must give no warning of the compiler or of the generator.</summary>
    public Built Build()
    {
        var built = BuildWithMistakes();
        built.AssertClean();
        return built;
    }

    /// <summary>Compiles a project in which the generator finds mistakes.</summary>
    public Built BuildWithMistakes()
    {
        var built = new Built(Compilation(), _options, _settings);
        built.AssertUnrelatedEditsRunNothing();
        return built;
    }

    public CSharpCompilation Compilation() => CSharpCompilation.Create(
        "Site" + Guid.NewGuid().ToString("N"),
        _files.Select(file => Parse(file.Key, file.Value)),
        _references,
        new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable,
            allowUnsafe: true));

    public static SyntaxTree Parse(string path, string source) =>
        CSharpSyntaxTree.ParseText(source, CSharpParseOptions.Default.WithLanguageVersion(LanguageVersion.Latest), path,
            System.Text.Encoding.UTF8);

    private static bool IsPlatform(string path) =>
        path == typeof(FileRoute).Assembly.Location
        || Path.GetFileName(path) is var name
            && (name.StartsWith("System.", StringComparison.Ordinal) || name.StartsWith("Microsoft.AspNetCore.", StringComparison.Ordinal)
            || name.StartsWith("Microsoft.Extensions.", StringComparison.Ordinal) || name is "netstandard.dll" or "mscorlib.dll");
}
