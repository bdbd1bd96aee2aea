namespace Endpoints.Guards.Tests;

public sealed class ElevatedOptionsTests
{
    [Theory]
    [InlineData("public static string Get() => \"\"; public static void {|EP1018:Options|}() { }")]
    [InlineData("public static Task {|EP1018:OptionsAsync|}() => Task.CompletedTask;")]
    [InlineData("public static void {|EP1018:OPTIONS|}() { }")]
    [InlineData("[HttpMethod(\"options\")] public static void {|EP1018:Preflight|}() { }")]
    [InlineData("[HttpMethod(\"PROPFIND\"), HttpMethod(\"OPTIONS\")] public static void {|EP1018:Preflight|}() { }")]
    [InlineData("public static string Get() => \"\"; public static void All() { }")]
    [InlineData("public static void Head() { } public static void OptionsOf() { }")]
    public async Task B1_A_handler_of_OPTIONS_under_Elevate_is_reported(string handlers)
    {
        await new Code("pages/a.cs", $"[Elevate(Callers.User)] public static class A {{ {handlers} }}").VerifyAsync();

        var open = handlers.Replace("|}", "", StringComparison.Ordinal).Replace("{|EP1018:", "", StringComparison.Ordinal);
        await new Code("pages/a.cs", $"public static class A {{ {open} }}").VerifyAsync();
        await new Code("Services/a.cs", $"[Elevate(Callers.User)] public static class A {{ {open} }}").VerifyAsync();
    }

    [Fact]
    public async Task B1_The_guard_of_a_folder_a_base_class_or_the_method_is_one()
    {
        await new Code("pages/a.cs", "public static class A { public static void {|EP1018:Options|}() { } }")
            .With("pages/_folder.cs", "[Elevate(Callers.User)] public static class All;").VerifyAsync();
        await new Code("pages/a.cs", "public sealed class A : Guarded { public void {|EP1018:Options|}() { } }")
            .With("Guarded.cs", "[Elevate(Callers.User)] public abstract class Guarded;").VerifyAsync();
        await new Code(
            "pages/a.cs", "public static class A { [Elevate(Callers.User)] public static void {|EP1018:Options|}() { } }").VerifyAsync();
        await new Code("pages/a.cs",
            "public static class A { [Elevate(Callers.User)] public static void Get() { } public static void Options() { } }").VerifyAsync();
    }

    [Fact]
    public async Task B1_Actions_are_looked_at() =>
        await new Code("OrdersController.cs", """
            [Elevate(Callers.User)]
            public sealed class OrdersController : ControllerBase
            {
                [HttpGet] public string Get() => "";
                [HttpOptions] public void {|EP1018:Preflight|}() { }
                [AcceptVerbs("GET", "OPTIONS")] public void {|EP1018:Both|}() { }
                public void Any() { }
            }
            """).VerifyAsync();

    [Theory]
    [InlineData("endpoints.MapMethods({|EP1018:\"/a\"|}, [\"OPTIONS\"], () => { }).Elevate(Callers.User);")]
    [InlineData("endpoints.MapMethods({|EP1018:\"/a\"|}, new[] { \"GET\", \"options\" }, () => { }).Elevate(Callers.User);")]
    [InlineData("endpoints.MapMethods({|EP1018:\"/a\"|}, [\"OPTIONS\"], [Elevate(Callers.User)] () => { }).Elevate(Callers.User);")]
    [InlineData("endpoints.MapGroup(\"/g\").Elevate(Callers.User).MapMethods({|EP1018:\"/a\"|}, [HttpMethods.Options], () => { });")]
    [InlineData("endpoints.MapMethods(\"/a\", [\"OPTIONS\"], () => { });")]
    [InlineData("endpoints.MapGet(\"/a\", () => { }).Elevate(Callers.User); endpoints.MapMethods(\"/a\", [\"OPTIONS\"], () => { });")]
    [InlineData("endpoints.MapMethods(\"/a\", [\"GET\"], () => { }).Elevate(Callers.User);")]
    public async Task B1_Minimal_APIs_are_looked_at(string route) =>
        await new Code("Routes.cs",
            $"public static class Routes {{ public static void Map(IEndpointRouteBuilder endpoints) {{ {route} }} }}").VerifyAsync();
}
