namespace Endpoints.Guards.Tests.Lock;

/// <summary>
/// A build that has the guarded assembly of an earlier one in its obj folder says no less than one that begins with nothing, in whatever
/// way the compiler is kept from saying what it has found.
/// </summary>
public sealed class S59IncrementalTests(S59IncrementalTests.Built built) : IClassFixture<S59IncrementalTests.Built>
{
    /// <summary>The attempts: a file and its text, a variable, arguments.</summary>
    public static TheoryData<string, string, string, string> Hidings => new()
    {
        { "", "", "", "" },
        { "GlobalSuppressions.cs", "[assembly: System.Diagnostics.CodeAnalysis.SuppressMessage(\"Endpoints.Elevation\", \"EP1102\")]", "",
            "" },
        { "GlobalSuppressions.cs", "[module: System.Diagnostics.CodeAnalysis.SuppressMessage(\"x\", \"EP1102:Any\")]", "",
            "-p:TreatWarningsAsErrors=false" },
        { "GlobalSuppressions.cs",
            "[assembly: System.Diagnostics.CodeAnalysis.SuppressMessage(\"x\", \"EP1102\", Scope = \"type\", Target = \"~T:Order\")]", "",
            "-p:RunAnalyzers=false" },
        { "GlobalSuppressions.cs", "[assembly: System.Diagnostics.CodeAnalysis.SuppressMessage(\"x\", \"EP1102\")]", "",
            "-p:TargetsTriggeredByCompilation=" },
        { "GlobalSuppressions.cs", "[assembly: System.Diagnostics.CodeAnalysis.SuppressMessage(\"x\", \"EP1102\")]", "",
            "-p:_EndpointsAssemblyBefore= -p:_EndpointsAssemblyIsLeft=false -p:_EndpointsLockIsProven=true" },
        { "GlobalSuppressions.cs", "[assembly: System.Diagnostics.CodeAnalysis.SuppressMessage(\"x\", \"EP1102\")]",
            "TargetsTriggeredByCompilation=;", "" },
        { "Pragma.cs", "#pragma warning disable EP1102\n", "", "-p:NoWarn=EP1102" },
        { ".editorconfig", "root = true\n[*.cs]\ndotnet_diagnostic.EP1102.severity = none\ngenerated_code = true\n", "",
            "-p:WarningsNotAsErrors=EP1102" },
        { ".globalconfig", "is_global = true\nglobal_level = 9999\ndotnet_diagnostic.EP1102.severity = none\n", "",
            "-p:TreatWarningsAsErrors=false" },
        { "Directory.Build.rsp", "-p:SkipCompilerExecution=true\n", "", "" },
        { "", "", "SkipCompilerExecution=true", "" },
        { "", "", "", "-p:SkipCompilerExecution=TRUE -p:DesignTimeBuild=true -p:ProvideCommandLineArgs=true" },
    };

    [Theory]
    [MemberData(nameof(Hidings))]
    public async Task S59_What_an_earlier_build_has_left_is_no_proof_of_this_one(string file, string text, string variable,
        string arguments)
    {
        using (built.Changed(file, text))
        {
            var output = await built.Project.MSBuildAsync(
                succeeds: false, variable, [.. Built.Build, .. arguments.Split(' ', StringSplitOptions.RemoveEmptyEntries)]);

            Assert.True(
                output.Contains("error EP1102", StringComparison.Ordinal) || output.Contains("error EP1106", StringComparison.Ordinal),
                output);
            // Nor is it published afterwards, unless the compiler was not called at all and has judged nothing.
            if (file == "GlobalSuppressions.cs")
                Assert.False(File.Exists(built.AssemblyPath));
        }
    }

    [Fact]
    public async Task S59_Endpoint_files_that_say_nothing_fail_an_incremental_build_as_well()
    {
        using var project = new BuiltProject(
            "said", "<PropertyGroup><EndpointsRequireAccess>true</EndpointsRequireAccess></PropertyGroup>");
        S59SwitchTests.Shop.Write(project, "Callers.Member");
        await project.MSBuildAsync(succeeds: true, "", ["-restore", .. Built.Build]);

        project.Write("pages/open.cs", "public static class Open { public static int Get() => 1; }");
        project.Write("GlobalSuppressions.cs", "[assembly: System.Diagnostics.CodeAnalysis.SuppressMessage(\"x\", \"EP1016\")]");

        Assert.Contains("error EP1017", await project.MSBuildAsync(succeeds: false, "", Built.Build), StringComparison.Ordinal);
        Assert.Contains("error EP1017", await project.MSBuildAsync(succeeds: false, "", [.. Built.Build, "-p:SkipCompilerExecution=true"]),
            StringComparison.Ordinal);

        File.Delete(Path.Combine(project.Folder, "pages/open.cs"));
        await project.MSBuildAsync(succeeds: true, "", Built.Build);
    }

    public sealed class Built : IDisposable
    {
        private readonly byte[] _assembly;
        private readonly DateTime _made = DateTime.UtcNow.AddMinutes(-1);

        public Built()
        {
            S59SwitchTests.Shop.Write(Project, "Callers.Member");
            Project.Write("endpoints.lock.json", S59SwitchTests.Shop.LockText);
            Project.MSBuildAsync(succeeds: true, "", ["-restore", .. Build]).GetAwaiter().GetResult();
            _assembly = File.ReadAllBytes(AssemblyPath);
        }

        internal static string[] Build { get; } = ["-v:q", "-p:Configuration=Release"];

        internal BuiltProject Project { get; } = new("built");

        internal string AssemblyPath => Path.Combine(Project.Folder, "obj", "Release", "net10.0", "Shop.dll");

        /// <summary>Opens wider than the lock, with the guarded assembly where an earlier build has put it.</summary>
        internal IDisposable Changed(string file, string text)
        {
            File.WriteAllBytes(AssemblyPath, _assembly);
            File.SetLastWriteTimeUtc(AssemblyPath, _made);
            S59SwitchTests.Shop.Write(Project, "Callers.Member | Callers.App");
            if (file.Length > 0)
                Project.Write(file, text);
            return new Removal(file.Length == 0 ? null : Path.Combine(Project.Folder, file));
        }

        public void Dispose() => Project.Dispose();

        private sealed class Removal(string? path) : IDisposable
        {
            public void Dispose()
            {
                if (path is not null)
                    File.Delete(path);
            }
        }
    }
}
