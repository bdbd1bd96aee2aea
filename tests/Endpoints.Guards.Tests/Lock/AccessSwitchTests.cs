namespace Endpoints.Guards.Tests.Lock;

/// <summary>In a project that wants every endpoint file to state its callers, only the project itself switches that off.</summary>
public sealed class AccessSwitchTests(AccessSwitchTests.Shop shop) : IClassFixture<AccessSwitchTests.Shop>
{
    /// <summary>The attempts: a file and its text, a variable, arguments; and the build's message.</summary>
    public static TheoryData<string, string, string, string, string> Attempts => new()
    {
        { "", "", "", "", "EP1016" },
        { ".globalconfig",
            "is_global = true\nglobal_level = 9999\nbuild_property.EndpointsRequireAccess = false\ndotnet_diagnostic.EP1016.severity = "
            + "none\ndotnet_analyzer_diagnostic.severity = none\n", "", "", "EP1016" },
        { ".editorconfig", "root = true\n[*.cs]\ndotnet_diagnostic.EP1016.severity = none\ngenerated_code = true\n", "", "", "EP1016" },
        { ".globalconfig",
            "is_global = true\nglobal_level = 9999\nbuild_property.EndpointsPagesRoots = elsewhere\nbuild_property.ProjectDir = "
            + "/elsewhere/\n", "", "", "EP1016" },
        { "", "", "EndpointsPagesRoot=elsewhere", "", "EP1202" },
        { "Directory.Build.rsp", "-p:EndpointsRequireAccess=false\n", "", "", "EP1017" },
        { "Directory.Build.rsp", "-p:NoWarn=EP1016\n-p:RunAnalyzers=false\n", "", "", "EP1016" },
        { "", "", "EndpointsRequireAccess=false", "", "EP1017" },
        { "", "", "ENDPOINTSREQUIREACCESS=true", "", "EP1017" },
        { "", "", "_EndpointsAccess=false", "", "EP1017" },
        { "", "", "NoWarn=EP1016", "", "EP1016" },
        { "", "", "DesignTimeBuild=true", "", "EP1016" },
        { "", "", "",
            "-p:RunAnalyzers=false -p:RunAnalyzersDuringBuild=false -p:NoWarn=EP1016 -p:WarningsNotAsErrors=EP1016 "
            + "-p:DesignTimeBuild=true -p:EndpointsLock=off", "EP1016" },
        { "", "", "",
            "-p:_EndpointsAccess=false -p:_EndpointsAccessAsked=false -p:_EndpointsAccessIsLess=false -p:_EndpointsAccessReceipts=1",
            "EP1016" },
        { "", "", "", "-p:EndpointsRequireAccess=false", "EP1017" },
        { "", "", "", "-p:EndpointsRequireAccess=", "EP1017" },
        { "", "", "", "-p:EndpointsRequireAccess=off", "EP1017" },
        { "", "", "", "-p:EndpointsRequireAccess=no", "EP1017" },
        { "", "", "", "-p:EndpointsRequireAccess=!true", "EP1017" },
        { "", "", "", "-p:EndpointsRequireAccess=true%3Bfalse", "EP1017" },
        { "", "", "", "-p:EndpointsRequireAccess=yes", "EP1017" },
        { "", "", "", "-p:EndpointsRequireAccess=TRUE", "EP1016" },
        { "", "", "", "-p:WriteEndpointsLock=true", "EP1016" },
        { "Directory.Build.targets",
            "<Project><PropertyGroup><EndpointsRequireAccess>false</EndpointsRequireAccess></PropertyGroup></Project>", "", "", "EP1017" },
        { "Directory.Build.targets", "<Project><ItemGroup><Analyzer Remove=\"@(Analyzer)\" /></ItemGroup></Project>", "", "", "EP1017" },
        { "Directory.Build.targets",
            "<Project><ItemGroup><AdditionalFiles Include=\"more/endpoints.lock.settings\" /></ItemGroup></Project>", "", "", "EP1017" },
        { "Directory.Build.targets",
            "<Project><Target Name=\"NoMore\" BeforeTargets=\"CoreCompile\" "
            + "DependsOnTargets=\"EndpointsHandLockSettings\"><ItemGroup><AdditionalFiles Remove=\"@(AdditionalFiles)\" "
                + "/></ItemGroup></Target></Project>", "", "", "EP1017" },
        { "Forged.cs", "[assembly: System.Reflection.AssemblyMetadata(\"Endpoints.RequireAccess\", \"EndpointsRequireAccess|1|\")]", "", "",
            "EP1104" },
        { "obj/Release/net10.0/endpoints.lock.settings", "write=false\nmode=off\naccess=false\nlock=\n", "", "", "EP1016" },
    };

    [Theory]
    [MemberData(nameof(Attempts))]
    public async Task Nothing_but_the_project_switches_it_off(string file, string text, string variable, string arguments, string id)
    {
        using var _ = shop.With(file, text);
        var output = await shop.Project.MSBuildAsync(
            succeeds: false, variable,
            ["-v:q", "-p:Configuration=Release", .. arguments.Split(' ', StringSplitOptions.RemoveEmptyEntries)]);

        Assert.Contains($"error {id}", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("tru")]
    [InlineData("on")]
    [InlineData("1")]
    [InlineData("enforce")]
    public async Task A_value_that_is_not_known_is_an_error(string value)
    {
        using var project = Create("unknown", value, "[Authorize] ");
        Assert.Contains($"error EP1017: The property EndpointsRequireAccess is '{value}'", await project.BuildAsync(succeeds: false),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_project_says_it_and_is_built_written_and_compared()
    {
        using var project = Create("says", " True ", "[Authorize] ");
        string[] build = ["-restore", "-v:m", "-p:Configuration=Release"];
        await project.MSBuildAsync(succeeds: true, "", build);
        await project.MSBuildAsync(succeeds: true, "", build);

        await project.MSBuildAsync(succeeds: true, "", [.. build, "-p:WriteEndpointsLock=true"]);
        var text = await File.ReadAllTextAsync(Path.Combine(project.Folder, "endpoints.lock.json"));
        Assert.Contains("""{ "method": "GET", "route": "/a", "authorize": ["signed in"], "access": ["authorized"] }""", text,
            StringComparison.Ordinal);
        Assert.Contains("Shop: guard lock compared, 1 entries", await project.MSBuildAsync(succeeds: true, "", build),
            StringComparison.Ordinal);

        project.Write("pages/a.cs", Page("[AllowAnonymous] "));
        Assert.Contains("error EP1102", await project.MSBuildAsync(succeeds: false, "", build), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("false")]
    public async Task Without_it_nobody_is_asked_and_the_command_line_may_ask(string value)
    {
        using var project = Create("off", value, "");
        await project.BuildAsync(succeeds: true);

        Assert.Contains("error EP1016", await project.BuildAsync(succeeds: false, "-p:EndpointsRequireAccess=true"),
            StringComparison.Ordinal);
        // Nothing had to be compiled, and so nothing was asked.
        Assert.Contains("error EP1017",
            await project.BuildAsync(succeeds: false, "-p:EndpointsRequireAccess=true", "-p:SkipCompilerExecution=true"),
            StringComparison.Ordinal);
    }

    private static BuiltProject Create(string name, string value, string attribute)
    {
        var project = new BuiltProject(name, $"<PropertyGroup><EndpointsRequireAccess>{value}</EndpointsRequireAccess></PropertyGroup>");
        project.Write("Program.cs", "var app = WebApplication.CreateBuilder(args).Build();\napp.MapFileRoutes();\napp.Run();\n");
        project.Write("pages/a.cs", Page(attribute));
        return project;
    }

    private static string Page(string attribute) =>
        $"using Microsoft.AspNetCore.Authorization;\n\n{attribute}public static class A\n{{\n    public static string Get() => "
        + $"\"a\";\n}}\n";

    public sealed class Shop : IDisposable
    {
        public Shop()
        {
            Project.Write("more/endpoints.lock.settings", "write=false\nmode=off\naccess=false\nlock=\n");
            Project.MSBuildAsync(succeeds: true, "", "-t:Restore", "-v:q").GetAwaiter().GetResult();
        }

        internal BuiltProject Project { get; } = Create("asked", "true", "");

        internal IDisposable With(string file, string text)
        {
            // What another attempt compiled is not up to date.
            Project.Write("pages/a.cs", Page(""));
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
