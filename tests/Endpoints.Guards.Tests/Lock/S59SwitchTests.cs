namespace Endpoints.Guards.Tests.Lock;

/// <summary>
/// No file, variable or switch that a reviewer does not take for security keeps the code from being held against the lock.
/// </summary>
public sealed class S59SwitchTests(S59SwitchTests.Shop shop) : IClassFixture<S59SwitchTests.Shop>
{
    private const string Off = "<Project><PropertyGroup><EndpointsLock>off</EndpointsLock></PropertyGroup></Project>";

    /// <summary>The attempts: a file and its text, a variable, arguments; and the build's message.</summary>
    public static TheoryData<string, string, string, string, string> Attempts => new()
    {
        { ".globalconfig", "is_global = true\nbuild_property.EndpointsLock = off\n", "", "", "EP1102" },
        { ".globalconfig",
            "is_global = true\nglobal_level = 9999\nbuild_property.EndpointsLock = off\nbuild_property.WriteEndpointsLock = "
            + "true\nbuild_property.EndpointsLockFile = x\n", "", "", "EP1102" },
        { ".globalconfig", "is_global = true\ndotnet_diagnostic.EP1102.severity = none\ndotnet_analyzer_diagnostic.severity = none\n", "",
            "", "EP1102" },
        { ".globalconfig", "is_global = true\n[/tmp/**/endpoints.lock.json]\nbuild_metadata.AdditionalFiles.EndpointsLock = false\n", "",
            "", "EP1102" },
        { ".editorconfig",
            "root = true\n[*]\nbuild_metadata.AdditionalFiles.EndpointsLock = false\ndotnet_diagnostic.EP1102.severity = "
            + "none\ngenerated_code = true\n", "", "", "EP1102" },
        { ".editorconfig", "root = true\n[*.cs]\ndotnet_diagnostic.EP1102.severity = suggestion\nbuild_property.EndpointsLock = off\n", "",
            "", "EP1102" },
        { "Directory.Build.rsp", "-p:EndpointsLock=off\n", "", "", "EP1107" },
        { "Directory.Build.rsp", "-property:WriteEndpointsLock=true\n", "", "", "EP1107" },
        { "Directory.Build.rsp", "-p:NoWarn=EP1102\n-p:RunAnalyzers=false\n", "", "", "EP1102" },
        { "", "", "EndpointsLock=off", "", "EP1107" },
        { "", "", "ENDPOINTSLOCK=off", "", "EP1107" },
        { "", "", "WriteEndpointsLock=true", "", "EP1107" },
        { "", "", "EndpointsLockFile=/nowhere.json", "", "EP1107" },
        { "", "", "_EndpointsLockMode=off", "", "EP1107" },
        { "", "", "DesignTimeBuild=true", "", "EP1102" },
        { "", "", "RunAnalyzers=false", "", "EP1102" },
        { "", "", "NoWarn=EP1102", "", "EP1102" },
        { "", "", "",
            "-p:RunAnalyzers=false -p:RunAnalyzersDuringBuild=false -p:NoWarn=EP1102 -p:WarningsNotAsErrors=EP1102 -p:DesignTimeBuild=true",
            "EP1102" },
        { "", "", "",
            "-p:_EndpointsLockMode=off -p:_EndpointsLockModeAsked=off -p:_EndpointsLockWriteAsked= -p:_EndpointsLockIsDue=false "
            + "-p:_EndpointsLockFound=", "EP1102" },
        { "", "", "", "-p:EndpointsLock=of", "EP1107" },
        { "", "", "", "-p:EndpointsLock=off%3Benforce", "EP1107" },
        { "", "", "", "-p:EndpointsLock=false", "EP1107" },
        { "", "", "", "-p:EndpointsLock=no", "EP1107" },
        { "", "", "", "-p:EndpointsLock=!true", "EP1107" },
        { "", "", "", "-p:WriteEndpointsLock=on", "EP1107" },
        { "", "", "", "-p:WriteEndpointsLock=!false", "EP1107" },
        { "", "", "", "-p:WriteEndpointsLock=yes", "EP1107" },
        { "", "", "", "-p:WriteEndpointsLock=1", "EP1107" },
        { "Directory.Build.props", "<Project><PropertyGroup><WriteEndpointsLock>true</WriteEndpointsLock></PropertyGroup></Project>", "",
            "", "EP1107" },
        { "Directory.Build.props",
            "<Project><ItemGroup><AdditionalFiles Include=\"wide.json\" EndpointsLock=\"true\" /></ItemGroup></Project>", "", "",
            "EP1102" },
        { "Directory.Build.targets",
            "<Project><ItemGroup><AdditionalFiles Remove=\"@(AdditionalFiles)\" /><EditorConfigFiles Remove=\"@(EditorConfigFiles)\" "
            + "/></ItemGroup></Project>", "", "", "EP1102" },
        { "Directory.Build.targets",
            "<Project><ItemGroup><AdditionalFiles Include=\"more/endpoints.lock.settings\" /></ItemGroup></Project>", "", "", "EP1104" },
        { "Directory.Build.targets", "<Project><ItemGroup><Analyzer Remove=\"@(Analyzer)\" /></ItemGroup></Project>", "", "", "EP1106" },
        { "Directory.Build.targets",
            "<Project><Target Name=\"NoMore\" BeforeTargets=\"CoreCompile\" "
            + "DependsOnTargets=\"EndpointsHandLockSettings\"><ItemGroup><AdditionalFiles Remove=\"@(AdditionalFiles)\" "
                + "/></ItemGroup></Target></Project>", "", "", "EP1104" },
        { "Forged.cs", "[assembly: System.Reflection.AssemblyMetadata(\"Endpoints.GuardLock\", \"EndpointsGuardLock|3|compared|1|0|0|\")]",
            "", "", "EP1104" },
        { "Pragma.cs", "#pragma warning disable EP1102\n", "", "", "EP1102" },
        // The compiler says nothing then, and makes nothing.
        { "Suppressions.cs", "[assembly: System.Diagnostics.CodeAnalysis.SuppressMessage(\"Endpoints.Elevation\", \"EP1102\")]", "",
            "-p:UseAppHost=false", "EP1106" },
        { "Suppressions.cs", "[module: System.Diagnostics.CodeAnalysis.SuppressMessage(\"Endpoints.Elevation\", \"EP1102:x\")]", "",
            "-p:UseAppHost=false", "EP1106" },
        { ".globalconfig",
            "is_global = true\nglobal_level = 9999\nbuild_property.EndpointsPagesRoots = elsewhere\nbuild_property.ProjectDir = "
            + "/elsewhere/\n", "", "", "EP1102" },
        { "Directory.Build.rsp", "-p:EndpointsPagesRoot=elsewhere\n", "", "", "EP1202" },
        { "", "", "EndpointsPagesRoot=elsewhere", "", "EP1202" },
        { "", "", "ENDPOINTSPAGESROOT=elsewhere", "", "EP1202" },
        { "obj/Release/net10.0/endpoints.pages.settings", "project=/\nroots=elsewhere\n", "", "", "EP1102" },
        { "Directory.Build.rsp", "-p:EndpointsEventsRoot=elsewhere\n", "", "", "EP1204" },
        { "", "", "EndpointsEventsRoot=elsewhere", "", "EP1204" },
        { "", "", "ENDPOINTSPLUGINSROOT=none", "", "EP1204" },
        { "Directory.Build.targets",
            "<Project><ItemGroup><AdditionalFiles Include=\"more/endpoints.wix.settings\" /></ItemGroup></Project>", "", "", "EP1204" },
        { "Directory.Build.targets",
            "<Project><ItemGroup><AdditionalFiles Include=\"more/endpoints.pages.settings\" /></ItemGroup></Project>", "", "", "EP1202" },
        { "Directory.Build.targets",
            "<Project><Target Name=\"NoMore\" BeforeTargets=\"CoreCompile\" "
            + "DependsOnTargets=\"EndpointsHandPages\"><ItemGroup><AdditionalFiles "
                + "Remove=\"@(AdditionalFiles->WithMetadataValue('Filename', 'endpoints.pages'))\" /></ItemGroup></Target></Project>", "",
                "", "EP1104" },
        { "obj/Release/net10.0/endpoints.lock.settings", "write=false\nmode=off\naccess=false\nlock=\n", "", "", "EP1102" },
    };

    [Theory]
    [MemberData(nameof(Attempts))]
    public async Task S59_Nothing_but_the_project_switches_the_lock_off(string file, string text, string variable, string arguments,
        string id)
    {
        shop.Project.Write("endpoints.lock.json", Shop.LockText);
        using var _ = shop.With(file, text);
        var output = await shop.Project.MSBuildAsync(
            succeeds: false, variable,
            ["-v:q", "-p:Configuration=Release", .. arguments.Split(' ', StringSplitOptions.RemoveEmptyEntries)]);

        Assert.Contains($"error {id}", output, StringComparison.Ordinal);
        Assert.Equal(Shop.LockText, await File.ReadAllTextAsync(Path.Combine(shop.Project.Folder, "endpoints.lock.json")));
    }

    [Theory]
    [InlineData("", "", "-p:EndpointsLock=off")]
    [InlineData("", "",
        "-p:EndpointsLock=OFF -p:NoWarn=EP1108%3BMSB3270 -p:MSBuildWarningsAsMessages=EP1108 -p:TreatWarningsAsErrors=true")]
    [InlineData("Directory.Build.props", Off, "")]
    [InlineData("Directory.Build.targets", Off, "")]
    public async Task S59_Switched_off_by_the_project_it_says_so_in_every_build(string file, string text, string arguments)
    {
        using var _ = shop.With(file, text);
        for (var i = 0; i < 2; i++)
        {
            var output = await shop.Project.MSBuildAsync(
                succeeds: true, "", ["-v:q", "-p:Configuration=Release", .. arguments.Split(' ', StringSplitOptions.RemoveEmptyEntries)]);
            Assert.Contains("warning : EP1108: Shop: the guard lock is switched off", output, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task S59_A_build_ends_with_the_proof_that_it_compared_also_when_nothing_had_to_be_compiled()
    {
        using var project = new BuiltProject("proof");
        Shop.Write(project, "Callers.Member");
        project.Write("endpoints.lock.json", Shop.LockText);
        string[] build = ["-restore", "-v:m", "-p:Configuration=Release"];

        Assert.Contains("Shop: guard lock compared, 1 entries", await project.MSBuildAsync(succeeds: true, "", build),
            StringComparison.Ordinal);
        Assert.Contains("Shop: guard lock compared, 1 entries", await project.MSBuildAsync(succeeds: true, "", build),
            StringComparison.Ordinal);

        // The same lock with a byte order mark, as an editor may leave it; and laid out otherwise.
        await File.WriteAllTextAsync(Path.Combine(project.Folder, "endpoints.lock.json"), Shop.LockText,
            new System.Text.UTF8Encoding(encoderShouldEmitUTF8Identifier: true));
        Assert.Contains("Shop: guard lock compared", await project.MSBuildAsync(succeeds: true, "", build), StringComparison.Ordinal);
        project.Write("endpoints.lock.json", Shop.LockText.Replace("\n", "\r\n", StringComparison.Ordinal));
        Assert.Contains("Shop: guard lock compared", await project.MSBuildAsync(succeeds: true, "", build), StringComparison.Ordinal);

        // What was compiled was compared with another lock.
        project.Write("endpoints.lock.json", Shop.LockText.Replace("Member", "User", StringComparison.Ordinal));
        Assert.Contains("error EP1106",
            await project.DotnetAsync(succeeds: false, "publish", "--no-build", "--nologo", "-c", "Release", "-tl:off"),
            StringComparison.Ordinal);
        Assert.Contains("error EP1106", await project.MSBuildAsync(succeeds: false, "", [.. build, "-p:SkipCompilerExecution=true"]),
            StringComparison.Ordinal);

        // Written and not compared: that is no proof for a build that does not write.
        await project.MSBuildAsync(succeeds: true, "", [.. build, "-p:WriteEndpointsLock=true"]);
        Assert.Contains("error EP1106",
            await project.DotnetAsync(succeeds: false, "publish", "--no-build", "--nologo", "-c", "Release", "-tl:off"),
            StringComparison.Ordinal);
        Assert.Contains("Shop: guard lock compared, 1 entries", await project.MSBuildAsync(succeeds: true, "", build),
            StringComparison.Ordinal);
    }

    public sealed class Shop : IDisposable
    {
        public const string LockText = """
            {
              "about": "Who may use elevated endpoints, and within which limits. Written by: dotnet build -p:WriteEndpointsLock=true",
              "schema": 3,
              "endpoints": [
                { "method": "GET", "route": "/orders/[id]", "callers": ["Member"], "limit": "30/1m" }
              ]
            }

            """;

        public Shop()
        {
            Write(Project, "Callers.Member | Callers.App");
            Project.Write("endpoints.lock.json", LockText);
            Project.Write("wide.json", LockText.Replace("\"Member\"", "\"Member\", \"App\"", StringComparison.Ordinal));
            Project.Write("more/endpoints.pages.settings", "project=/\nroots=elsewhere\n");
            Project.Write("more/endpoints.wix.settings", "project=/\nevents=elsewhere\nplugins=\n");
            Project.Write("more/endpoints.lock.settings", "write=false\nmode=off\naccess=false\nlock=\n");
            Project.MSBuildAsync(succeeds: true, "", "-t:Restore", "-v:q").GetAwaiter().GetResult();
        }

        internal BuiltProject Project { get; } = new("shop");

        internal static void Write(BuiltProject project, string callers)
        {
            project.Write("Program.cs", "var app = WebApplication.CreateBuilder(args).Build();\napp.MapFileRoutes();\napp.Run();\n");
            project.Write("pages/orders/[id].cs", $$"""
                using Endpoints.Wix;

                [Elevate({{callers}}, RateLimit = "30/1m")]
                public static class Order
                {
                    public static string Get(WixAuth auth, int id) => $"{auth}{id}";
                }
                """);
        }

        internal IDisposable With(string file, string text)
        {
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
