namespace Endpoints.Guards.Tests;

/// <summary>An application that was trimmed or compiled to native code could lack a guard, and is none at all.</summary>
public sealed class TrimmingTests
{
    private const string Program = """
        var builder = WebApplication.CreateSlimBuilder(args);
        builder.Services.AddFileRoutes();
        var app = builder.Build();
        app.MapFileRoutes();
        app.Run();
        """;

    private const string Page = """
        public static class Hello
        {
            public static string Get() => "hello";
        }
        """;

    [Theory]
    [InlineData("PublishAot")]
    [InlineData("PublishTrimmed")]
    public async Task S53_A_project_that_is_to_be_trimmed_does_not_build(string property)
    {
        using var project = Project();
        await project.MSBuildAsync(succeeds: true, "", "-t:Restore", "-v:q"); // without what trimming itself takes

        // The target is called by name: what the SDK would do before it needs packages that nothing here needs.
        var output =
            await project.MSBuildAsync(succeeds: false, "", "-v:q", "-t:EndpointsRefuseTrimming", $"-p:{property}=true");

        Assert.Contains("error EP1201", output, StringComparison.Ordinal);
        await project.MSBuildAsync(succeeds: true, "", "-v:q", "-t:EndpointsRefuseTrimming", $"-p:{property}=false");
    }

    [Fact]
    public async Task S53_Native_code_does_not_start()
    {
        // The switch by which native code is known.
        using var project = Project("""
            <ItemGroup>
              <RuntimeHostConfigurationOption Include="System.Runtime.CompilerServices.RuntimeFeature.IsDynamicCodeSupported" Value="false" />
            </ItemGroup>
            """);
        await project.BuildAsync(succeeds: true);

        var output =
            await project.DotnetAsync(succeeds: false, Path.Combine("bin", "Debug", "net10.0", "Shop.dll"), "--urls", "http://127.0.0.1:0");

        Assert.Contains("PlatformNotSupportedException", output, StringComparison.Ordinal);
        Assert.Contains("EP1201", output, StringComparison.Ordinal);
        Assert.DoesNotContain("Now listening", output, StringComparison.Ordinal);
    }

    private static BuiltProject Project(string more = "")
    {
        var project = new BuiltProject("shop", more);
        project.Write("Program.cs", Program);
        project.Write("pages/hello.cs", Page);
        return project;
    }
}
