using Microsoft.CodeAnalysis;

namespace Endpoints.Guards.Tests.Lock;

/// <summary>
/// A demand on callers beside <c>[Elevate]</c> is in the lock wherever it is written: in the endpoint's entry, or in one of its
/// own. So nobody takes it away unseen.
/// </summary>
public sealed class S60DemandTests
{
    private const string A = "app.MapGet(\"/a\", () => 1)";

    private const string Module =
        "static class Orders { public static void MapOrders(this IEndpointRouteBuilder r) => r.MapGet(\"/a\", () => "
        + "1).Elevate(Callers.User); }";

    private static string Helper(string body) =>
        $"static class Added {{ public static RouteHandlerBuilder Staff(this RouteHandlerBuilder b) => {body}; }}";

    /// <summary>Statements and types that demand, and the same without the demand, or with less of it.</summary>
    public static TheoryData<string, string, string, string> Losses => new()
    {
        // A helper that is handed the route.
        { A + ".Staff().Elevate(Callers.User);", Helper("b.RequireAuthorization(\"Staff\")"), A + ".Staff().Elevate(Callers.User);",
            Helper("b") },
        { A + ".Staff().Elevate(Callers.User);", Helper("b.RequireAuthorization(\"Staff\")"), A + ".Staff().Elevate(Callers.User);",
            Helper("b.RequireAuthorization()") },
        { A + ".Staff().Elevate(Callers.User);", Helper("b.RequireAuthorization(\"Staff\")"), A + ".Elevate(Callers.User);",
            Helper("b.RequireAuthorization(\"Staff\")") },
        { "Added.Staff(" + A + ".Elevate(Callers.User));", Helper("b.RequireAuthorization(\"Staff\")"), A + ".Elevate(Callers.User);",
            Helper("b.RequireAuthorization(\"Staff\")") },
        { A + ".Staff().Elevate(Callers.User);", Helper("b.RequireAuthorization(p => p.RequireRole(\"x\"))"),
            A + ".Staff().Elevate(Callers.User);", Helper("b") },
        { A + ".Staff().Elevate(Callers.User);", Helper("b.WithMetadata(new AuthorizeAttribute(\"Staff\"))"),
            A + ".Staff().Elevate(Callers.User);", Helper("b.WithMetadata(\"Staff\")") },
        { A + ".Elevate(Callers.User).Both();",
            "static class Added { public static T Both<T>(this T b) where T : IEndpointConventionBuilder => One(b); static T One<T>(T b) "
            + "where T : IEndpointConventionBuilder { b.RequireAuthorization(); return b; } }", A + ".Elevate(Callers.User).Both();",
            "static class Added { public static T Both<T>(this T b) where T : IEndpointConventionBuilder => b; static T One<T>(T b) where "
            + "T : IEndpointConventionBuilder { b.RequireAuthorization(); return b; } }" },
        { A + ".Both();",
            "static class Added { public static void Both(this RouteHandlerBuilder b) => b.RequireAuthorization().Elevate(Callers.User); }",
            A + ".Both();", "static class Added { public static void Both(this RouteHandlerBuilder b) => b.Elevate(Callers.User); }" },
        { "RouteHandlerBuilder Staff(RouteHandlerBuilder b) => b.RequireAuthorization(); Staff(" + A + ".Elevate(Callers.User));", "",
            "RouteHandlerBuilder Staff(RouteHandlerBuilder b) => b; Staff(" + A + ".Elevate(Callers.User));", "" },
        { "foreach (var b in new[] { " + A + ".Elevate(Callers.User) }) b.RequireAuthorization();", "",
            "foreach (var b in new[] { " + A + ".Elevate(Callers.User) }) b.WithName(\"a\");", "" },
        { "Func<RouteHandlerBuilder, RouteHandlerBuilder> f = AuthorizationEndpointConventionBuilderExtensions.RequireAuthorization; f("
            + A + ".Elevate(Callers.User));", "", "Func<RouteHandlerBuilder, RouteHandlerBuilder> f = b => b; f(" + A
            + ".Elevate(Callers.User));", "" },
        { "dynamic b = " + A + ".Elevate(Callers.User); b.RequireAuthorization();", "", "dynamic b = " + A
            + ".Elevate(Callers.User); b.ToString();", "" },
        { "new Added(" + A + ".Elevate(Callers.User));",
            "sealed class Added { readonly RouteHandlerBuilder _b; public Added(RouteHandlerBuilder b) { _b = b; "
                + "_b.RequireAuthorization(); } }",
            "new Added(" + A + ".Elevate(Callers.User));",
            "sealed class Added { readonly RouteHandlerBuilder _b; public Added(RouteHandlerBuilder b) { _b = b; _b.WithName(\"a\"); } }" },
        // Where it is not certain to be called.
        { "var b = " + A + ".Elevate(Callers.User); b.RequireAuthorization();", "",
            "var b = " + A + ".Elevate(Callers.User); if (args.Length > 0) b.RequireAuthorization();", "" },
        { "var b = " + A + ".Elevate(Callers.User); if (args.Length > 0) b.RequireAuthorization();", "",
            "var b = " + A + ".Elevate(Callers.User);", "" },
        { "var g = app.MapGroup(\"/g\"); g.RequireAuthorization(); g.MapGet(\"/a\", () => 1).Elevate(Callers.User);", "",
            "var g = app.MapGroup(\"/g\"); foreach (var x in args) g.RequireAuthorization(); g.MapGet(\"/a\", () => "
            + "1).Elevate(Callers.User);", "" },
        { "var b = " + A + ".Elevate(Callers.User); b.RequireAuthorization();", "",
            "var b = " + A + ".Elevate(Callers.User); Action later = () => b.RequireAuthorization();", "" },
        { "var b = " + A + ".Elevate(Callers.User); b.RequireAuthorization();", "",
            "var b = " + A + ".Elevate(Callers.User); _ = args.Length > 0 ? b.RequireAuthorization() : b;", "" },
        { "var b = " + A + ".Elevate(Callers.User); b.RequireAuthorization();", "",
            "var b = " + A + ".Elevate(Callers.User); switch (args.Length) { case 1: b.RequireAuthorization(); break; }", "" },
        // A group that is filled elsewhere.
        { "app.MapGroup(\"/g\").RequireAuthorization(\"Staff\").MapOrders();", Module, "app.MapGroup(\"/g\").MapOrders();", Module },
        { "var g = app.MapGroup(\"/g\"); g.RequireAuthorization(\"Staff\"); Orders.MapOrders(g);", Module,
            "var g = app.MapGroup(\"/g\"); Orders.MapOrders(g);", Module },
        { "app.MapGroup(\"/g\").Elevate(Callers.User).MapAll();",
            "static class Added { public static void MapAll(this IEndpointRouteBuilder r) => r.MapGet(\"/a\", () => "
            + "1).RequireAuthorization(\"Staff\"); }", "app.MapGroup(\"/g\").Elevate(Callers.User).MapAll();",
            "static class Added { public static void MapAll(this IEndpointRouteBuilder r) => r.MapGet(\"/a\", () => 1); }" },
        // What is mapped together.
        { "app.MapFileRoutes().RequireAuthorization(\"Staff\");", "", "app.MapFileRoutes();", "" },
        { "app.MapControllers().RequireAuthorization(\"Staff\");", "", "app.MapControllers();", "" },
        { "app.MapRazorPages().RequireAuthorization();", "", "app.MapRazorPages();", "" },
        { "app.MapControllers().WithMetadata(new AuthorizeAttribute(\"Staff\"));", "", "app.MapControllers();", "" },
        // The attribute as metadata, a filter or a convention.
        { A + ".Elevate(Callers.User).WithMetadata(new AuthorizeAttribute(\"Staff\"));", "", A + ".Elevate(Callers.User);", "" },
        { A + ".Elevate(Callers.User).WithMetadata(new AuthorizeAttribute(\"Staff\") { Roles = \"x\" });", "",
            A + ".Elevate(Callers.User).WithMetadata(new AuthorizeAttribute(\"Staff\"));", "" },
        { A + ".Elevate(Callers.User).WithMetadata(new Added(1));", "sealed class Added(int level) : Attribute, IAuthorizeData { public "
            + "string? Policy { get; set; } = $\"{level}\"; public string? Roles { get; set; } public string? AuthenticationSchemes { "
                + "get; set; } }", A + ".Elevate(Callers.User).WithMetadata(new Added(0));",
            "sealed class Added(int level) : Attribute, IAuthorizeData { public string? Policy { get; set; } = $\"{level}\"; public "
            + "string? Roles { get; set; } public string? AuthenticationSchemes { get; set; } }" },
        { "var staff = new AuthorizeAttribute(\"Staff\"); " + A + ".Elevate(Callers.User).WithMetadata(staff);", "",
            "var staff = new AuthorizeAttribute(\"Staff\"); " + A + ".Elevate(Callers.User);", "" },
        { "var staff = new AuthorizeAttribute(\"Staff\"); " + A + ".Elevate(Callers.User).WithMetadata(staff);", "",
            "var staff = new AuthorizeAttribute(); " + A + ".Elevate(Callers.User).WithMetadata(staff);", "" },
        { A + ".Elevate(Callers.User).Add(b => b.Metadata.Add(new "
            + "AuthorizeAttribute(\"Staff\")));", "", A + ".Elevate(Callers.User);", "" },
        { A + ".Elevate(Callers.User).WithMetadata(Added.Staff);",
            "static class Added { public static object Staff { get; } = new AuthorizeAttribute(\"Staff\"); }",
            A + ".Elevate(Callers.User);", "static class Added { public static object Staff { get; } = new "
                + "AuthorizeAttribute(\"Staff\"); }" },
        { "builder.Services.AddControllers(o => o.Filters.Add(new AuthorizeFilter(\"Staff\")));", "",
            "builder.Services.AddControllers();", "" },
        { "builder.Services.AddControllers(o => o.Filters.Add<AuthorizeFilter>());", "", "builder.Services.AddControllers();", "" },
        { "builder.Services.AddControllers(o => o.Filters.Add(typeof(AuthorizeFilter)));", "", "builder.Services.AddControllers();", "" },
        { "builder.Services.AddRazorPages(o => o.Conventions.AuthorizeFolder(\"/staff\", \"Staff\"));", "",
            "builder.Services.AddRazorPages(o => o.Conventions.AuthorizeFolder(\"/staff\"));", "" },
        { "builder.Services.AddControllers(o => o.Conventions.Add(new Added()));",
            "sealed class Added : IControllerModelConvention { public void Apply(ControllerModel m) { foreach (var s in m.Selectors) "
            + "s.EndpointMetadata.Add(new AuthorizeAttribute(\"Staff\")); } }",
            "builder.Services.AddControllers(o => o.Conventions.Add(new Added()));",
            "sealed class Added : IControllerModelConvention { public void Apply(ControllerModel m) { } }" },
        // On what is no endpoint that the lock knows by its route.
        { "", "[Elevate(Callers.User), Authorize(\"Staff\")] public sealed class AModel : "
            + "Microsoft.AspNetCore.Mvc.RazorPages.PageModel;", "",
            "[Elevate(Callers.User)] public sealed class AModel : Microsoft.AspNetCore.Mvc.RazorPages.PageModel;" },
        { "", "[Elevate(Callers.User)] public sealed partial class AModel : Microsoft.AspNetCore.Mvc.RazorPages.PageModel; "
            + "[Authorize(Roles "
            + "= \"x\")] partial class AModel;", "",
            "[Elevate(Callers.User)] public sealed partial class AModel : Microsoft.AspNetCore.Mvc.RazorPages.PageModel; [Authorize] "
            + "partial class AModel;" },
        { "", "[Authorize(\"Staff\")] public abstract class Base : Microsoft.AspNetCore.Mvc.RazorPages.PageModel; [Elevate(Callers.User)] "
            + "public sealed class AModel : Base;", "",
            "public abstract class Base : Microsoft.AspNetCore.Mvc.RazorPages.PageModel; [Elevate(Callers.User)] public sealed class "
            + "AModel : Base;" },
        // An attribute of the application's own says what it demands.
        { A + ".Elevate(Callers.User).WithMetadata(new StaffAttribute());", "sealed class StaffAttribute() : "
            + "AuthorizeAttribute(\"Staff\");",
            A + ".Elevate(Callers.User).WithMetadata(new StaffAttribute());", "sealed class StaffAttribute() : AuthorizeAttribute();" },
        { "", "[Staff, Elevate(Callers.User)] public sealed class XController : ControllerBase { [HttpGet(\"/x\")] public int Get() "
            + "=> 1; } "
            + "sealed class StaffAttribute : AuthorizeAttribute { public StaffAttribute() : base(\"Staff\") { } }", "",
            "[Staff, Elevate(Callers.User)] public sealed class XController : ControllerBase { [HttpGet(\"/x\")] public int Get() => 1; } "
            + "sealed class StaffAttribute : AuthorizeAttribute { public StaffAttribute() : base() { } }" },
        { "", "[Staff, Elevate(Callers.User)] public sealed class XController : ControllerBase { [HttpGet(\"/x\")] public int Get() "
            + "=> 1; } "
            + "sealed class StaffAttribute : AuthorizeAttribute { public StaffAttribute() { Policy = \"Staff\"; } }", "",
            "[Staff, Elevate(Callers.User)] public sealed class XController : ControllerBase { [HttpGet(\"/x\")] public int Get() => 1; } "
            + "sealed class StaffAttribute : AuthorizeAttribute { public StaffAttribute() { } }" },
    };

    [Theory]
    [MemberData(nameof(Losses))]
    public void S60_A_demand_that_is_gone_is_an_error_wherever_it_was_written(string before, string typesBefore, string after,
        string typesAfter)
    {
        var strong = S60FormsTests.Program(before, typesBefore);
        var locked = GuardLockGeneratorTests.LockOf(GuardLockGeneratorTests.Run(strong, write: true));
        Assert.Empty(GuardLockGeneratorTests.Run(strong, locked).Diagnostics);
        var weak = S60FormsTests.Program(after, typesAfter);

        Assert.Contains(GuardLockGeneratorTests.Run(weak, locked).Diagnostics,
            static error => error is { Severity: DiagnosticSeverity.Error, Id: "EP1101" or "EP1102" or "EP1105" });

        // And written anew, the lock allows both: what demands more is no error.
        var wide = GuardLockGeneratorTests.LockOf(GuardLockGeneratorTests.Run(weak, write: true));
        Assert.Empty(GuardLockGeneratorTests.Run(weak, wide).Diagnostics);
        Assert.NotEqual(locked, wide);
    }

    [Fact]
    public void S60_A_demand_that_comes_is_a_warning_and_has_an_entry_of_its_own()
    {
        var types = Helper("b.RequireAuthorization(\"Staff\")");
        var plain = GuardLockGeneratorTests.LockOf(GuardLockGeneratorTests.Run(S60FormsTests.Program("", ""), write: true));

        var code = S60FormsTests.Program(A + ".Staff();", types);

        Assert.All(GuardLockGeneratorTests.Run(code, plain).Diagnostics, static warning => Assert.Equal("EP1103", warning.Id));
        Assert.Equal(
            [
                """    { "kind": "requires", "where": "More.cs, Added.Staff", "what": "b.RequireAuthorization(\"Staff\")" },""",
                """    { "kind": "requires", "where": "Program.cs", "what": "app.MapGet(\"/a\", () => ...).Staff()" }""",
            ],
            GuardLockGeneratorTests.LockOf(GuardLockGeneratorTests.Run(code, write: true)).Split('\n')
                .Where(static line => line.Contains("\"kind\"", StringComparison.Ordinal)));
    }

    /// <summary>Demands that concern nothing that is elevated, or that the endpoint's own entry has.</summary>
    public static TheoryData<string, string> Told => new()
    {
        { "app.MapGet(\"/a\", () => 1).RequireAuthorization();", "" },
        { "var g = app.MapGroup(\"/g\").RequireAuthorization(\"Staff\"); g.MapGet(\"/a\", () => 1); g.MapPost(\"/b\", () => 1);", "" },
        { "app.MapOrders();",
            "static class Orders { public static void MapOrders(this IEndpointRouteBuilder r) { var g = "
            + "r.MapGroup(\"/o\").RequireAuthorization(); g.MapGet(\"/a\", () => 1); r.MapGet(\"/b\", () => "
            + "1).RequireAuthorization(\"X\"); } }" },
        { "app.MapHealthChecks(\"/health\").RequireAuthorization();", "" },
        { "if (args.Length > 0) app.MapGet(\"/a\", () => 1).RequireAuthorization();", "" },
        { "if (args.Length > 0) { var b = app.MapGet(\"/a\", () => 1); b.RequireAuthorization(); }", "" },
        { "", "[Authorize(\"Staff\")] public sealed class XController : ControllerBase { [HttpGet(\"/x\")] public int Get() => 1; }" },
        { "builder.Services.AddAuthorization(o => o.AddPolicy(\"Staff\", p => p.RequireRole(\"x\")));", "" },
        { "Console.Write(typeof(AuthorizeAttribute)); Console.Write(app.MapGet(\"/a\", () => 1).ToString());", "" },
    };

    [Theory]
    [MemberData(nameof(Told))]
    public void S60_A_demand_on_what_is_not_elevated_is_no_entry(string statements, string types)
    {
        var locked = GuardLockGeneratorTests.LockOf(GuardLockGeneratorTests.Run(S60FormsTests.Program("", ""), write: true));

        Assert.Equal(locked,
            GuardLockGeneratorTests.LockOf(GuardLockGeneratorTests.Run(S60FormsTests.Program(statements, types), write: true)));
    }

    [Theory]
    [InlineData("app.MapHub<Added>(\"/hub\").Elevate(Callers.User);", "ALL /hub/**")]
    [InlineData("app.MapGroup(\"/in\").MapHub<Added>(\"hub\").RequireAuthorization().Elevate(Callers.User);", "ALL /in/hub/**")]
    [InlineData("app.MapHealthChecks(\"/health\").Elevate(Callers.User);", "ALL /health/**")]
    public void S60_What_is_mapped_by_a_pattern_has_an_entry_for_that_pattern_and_not_for_everything(string statement, string entry)
    {
        var code = S60FormsTests.Program(statement, "public sealed class Added : Microsoft.AspNetCore.SignalR.Hub;");

        var text = GuardLockGeneratorTests.LockOf(GuardLockGeneratorTests.Run(code, write: true));

        var (method, route) = (entry.Split(' ')[0], entry.Split(' ')[1]);
        Assert.Contains($"\"method\": \"{method}\", \"route\": \"{route}\"", text, StringComparison.Ordinal);
        Assert.DoesNotContain("\"/**\"", text, StringComparison.Ordinal);
    }
}
