namespace Endpoints.Guards.Tests.Lock;

/// <summary>Tests what only the SDK's own compiler can read: members of C# 14 by which code elevates, opens or demands.</summary>
public sealed class S60NewestLanguageTests : IDisposable
{
    private const string Helpers = """
        using Endpoints.Wix;

        internal static class Helpers
        {
            extension(RouteHandlerBuilder route)
            {
                public RouteHandlerBuilder Guard() => route.Elevate(Callers.User);

                public RouteHandlerBuilder Open => route.AllowAnonymous();

                public RouteHandlerBuilder Staff() => route.RequireAuthorization("Staff");

                public static void Map(IEndpointRouteBuilder app) => app.MapGet("/mapped", () => 1).Elevate(Callers.App);
            }
        }

        internal sealed class Opening(RouteHandlerBuilder route)
        {
            public void operator +=(int times) => route.AllowAnonymous();
        }
        """;

    private readonly BuiltProject _project = new("newest");

    [Fact]
    public async Task S60_What_members_of_extensions_and_operators_do_is_in_the_lock()
    {
        _project.Write("Helpers.cs", Helpers);
        Write("app.MapGet(\"/a\", () => 1).Guard().Staff();");
        await _project.BuildAsync(succeeds: true, "-p:WriteEndpointsLock=true");
        await _project.BuildAsync(succeeds: true);

        foreach (var (statements, id) in new[]
        {
            ("app.MapGet(\"/a\", () => 1).Guard().Staff(); app.MapGet(\"/b\", () => 1).Guard();", "EP1105"),
            ("_ = app.MapGet(\"/a\", () => 1).Guard().Staff(); _ = app.MapGet(\"/b\", () => 1).Open;", "EP1105"),
            ("app.MapGet(\"/a\", () => 1).Guard().Staff(); RouteHandlerBuilder.Map(app);", "EP1105"),
            ("app.MapGet(\"/a\", () => 1).Guard().Staff(); var b = new Opening(app.MapGet(\"/b\", () => 1)); b += 1;", "EP1105"),
            ("app.MapGet(\"/a\", () => 1).Guard();", "EP1102"),
        })
        {
            Write(statements);
            var output = await _project.MSBuildAsync(succeeds: false, "", "-v:q");
            Assert.True(output.Contains($"error {id}", StringComparison.Ordinal), $"{statements}: {output}");
        }

        _project.Write("Helpers.cs", Helpers.Replace("route.RequireAuthorization(\"Staff\")", "route", StringComparison.Ordinal));
        Write("app.MapGet(\"/a\", () => 1).Guard().Staff();");
        Assert.Contains("error EP1102", await _project.MSBuildAsync(succeeds: false, "", "-v:q"), StringComparison.Ordinal);
    }

    public void Dispose() => _project.Dispose();

    private void Write(string statements) =>
        _project.Write("Program.cs", $"var app = WebApplication.Create(args);\n{statements}\napp.Run();\n");
}
