using Endpoints.Shared.Lock;
using Endpoints.Shared.Pages;
using Endpoints.Wix.Analyzers.Lock;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Text;

namespace Endpoints.Guards.Tests.Lock;

public sealed class GuardLockGeneratorTests
{
    private const string LockPath = Code.ProjectDirectory + "endpoints.lock.json";

    private const string PagesPath = Code.ProjectDirectory + "obj/" + PagesSettings.FileName;

    private const string SettingsPath = Code.ProjectDirectory + "obj/" + LockSettings.FileName;

    [Theory]
    [InlineData("pages/api/[id].cs",
        "[Elevate(Callers.Member | Callers.Visitor, RateLimit = \"30/1m\")] public static class A { public static void Get() { } public "
        + "static void PostAsync() { } }",
        "GET /api/[id] Visitor,Member 30/1m", "POST /api/[id] Visitor,Member 30/1m")]
    [InlineData("pages/a.cs",
        "[Elevate(Callers.User)] public static class A { [Elevate(Callers.App, Policy = \"P\")] public static void Get() { } public "
        + "static void All() { } [HttpMethod(\"PROPFIND\")] public static void Find() { } }",
        "ALL /a User", "GET /a App policies=P", "PROPFIND /a User")]
    [InlineData("pages/a.cs",
        "[Authorize(\"Staff\")] public static class A { [Elevate(Callers.User, Check = typeof(string), Only = [\"GET /a/*\"], BodyLimit "
        + "= 5), Authorize(Roles = \"x\")] public static void Get() { } }",
        "GET /a User authorize=Policy=Staff,Roles=x checks=string only=GET /a/* settings=BodyLimit=5")]
    [InlineData("pages/a.cs", "[Authorize] public static class A { [AllowAnonymous, Elevate(Callers.User)] public static void Get() { } }",
        "GET /a User")]
    [InlineData("pages/a.cs", "[Elevate(Callers.User, App = \"shop\")] public static class A { public static void Get() { } }",
        "GET /a User settings=App=shop")]
    [InlineData("Program.cs",
        "var app = WebApplication.Create(); app.MapGet(\"/a\", () => 1).Elevate(Callers.User, options => options.App = \"shop\"); "
        + "app.MapGroup(\"/g\").Elevate(Callers.User, options => { options.App = args[0]; }).MapGet(\"/b\", () => 1);",
        "GET /a User settings=App=shop", "GET /g/b User settings=App=?")]
    [InlineData("pages/a.cs", "public static class A { public static void Get() { } }")]
    [InlineData("pages/_a.cs", "[Elevate(Callers.User)] public static class A { public static void Get() { } }")]
    [InlineData("A.cs",
        "[Route(\"api/[controller]\"), Elevate(Callers.User)] public sealed class OrdersController : ControllerBase { "
        + "[HttpGet(\"{id}\")] public void Get() { } [HttpPost, Route(\"new\"), Route(\"add\")] public void Add() { } [HttpPut] public "
            + "void PutAsync() { } [Route(\"/x/[action]\")] public void Any() { } }",
        "ALL /x/Any User", "GET /api/Orders/{id} User", "POST /api/Orders/add User", "POST /api/Orders/new User", "PUT /api/Orders User")]
    [InlineData("A.cs",
        "public sealed class HomeController : Controller { [Elevate(Callers.User)] public void Index() { } public void Other() { } }",
        "ALL Home.Index (by convention) User")]
    [InlineData("Program.cs",
        "var app = WebApplication.Create(); app.MapGroup(\"/g\").Elevate(Callers.User).MapGroup(\"h/\").MapPost(\"/{id}\", () => 1); "
        + "app.MapGet(\"/a\", () => 1).Elevate(Callers.Visitor, options => { options.RateLimit = \"5/1s\"; options.Policy = \"P\"; }); "
            + "app.MapGet(\"/b\", () => 1);",
        "GET /a Visitor 5/1s policies=P", "POST /g/h/{id} User")]
    [InlineData("Program.cs",
        "var app = WebApplication.Create(); var who = Callers.User; app.MapGet(args[0], () => 1).Elevate(who, elevate => { "
        + "elevate.RateLimit = args[1]; elevate.Only = [args[2]]; });", "GET ? ? ? only=?")]
    [InlineData("Program.cs",
        "var app = WebApplication.Create(); app.MapMethods(\"/m\", [\"PUT\", \"patch\"], (Delegate)(() => 1)).Elevate(Callers.User, "
        + "elevate => Console.Write(elevate));",
        "PATCH /m User settings=Configuration=?", "PUT /m User settings=Configuration=?")]
    [InlineData("Program.cs",
        "var app = WebApplication.Create(); app.MapGet(\"/a\", [Elevate(Callers.Visitor, RateLimit = \"1/1s\")] () => "
        + "1).Elevate(Callers.User); app.MapGroup(\"/g\").Elevate(Callers.User).MapGet(\"/b\", H.Get); static class H { "
            + "[Elevate(Callers.App)] public static int Get() => 1; }",
        "GET /a Visitor 1/1s", "GET /g/b App")]
    [InlineData("Program.cs",
        "var app = WebApplication.Create(); app.MapGet(\"/a\", () => 1).Elevate(Callers.User).WithName(\"a\").Elevate(Callers.Visitor); "
        + "var b = app.MapGet(\"/b\", () => 1).Elevate(Callers.User); b.Elevate(Callers.App); b.WithName(\"b\");",
        "GET /a Visitor", "GET /b App")]
    [InlineData("Program.cs",
        "var app = WebApplication.Create(); var g = app.MapGroup(\"/g\").Elevate(Callers.User); g.Elevate(Callers.App); g.MapGet(\"/a\", "
        + "() => 1); g.MapGet(\"/b\", () => 1).Elevate(Callers.Visitor);",
        "ALL /g/** User", "GET /g/a App", "GET /g/b Visitor")]
    [InlineData("Routes.cs",
        "static class Routes { static void Map(IEndpointRouteBuilder r, WebApplication app) { "
        + "More(app.MapGroup(\"/g\").Elevate(Callers.User)); r.MapGet(\"/a\", () => 1).Elevate(Callers.App); } static void More(object "
            + "group) { } }",
        "ALL /g/** User", "GET ? App")]
    [InlineData("Program.cs",
        "var app = WebApplication.Create(); app.MapGet(\"/a\", () => 1).Elevate(Callers.User).RequireAuthorization(); app.MapGet(\"/b\", "
        + "[Authorize(Roles = \"x\")] () => 1).RequireAuthorization(\"P\", \"Q\").Elevate(Callers.User);",
        "GET /a User authorize=signed in", "GET /b User authorize=Policy=P,Policy=Q,Roles=x")]
    [InlineData("Program.cs",
        "var app = WebApplication.Create(); app.MapGet(\"/a\", () => 1).Elevate(Callers.User).RequireAuthorization(new "
        + "AuthorizeAttribute(\"P\") { Roles = \"x\" }, new AuthorizeAttribute()); app.MapGet(\"/b\", () => "
            + "1).Elevate(Callers.User).RequireAuthorization(p => p.RequireAuthenticatedUser()); app.MapGet(\"/c\", () => "
                + "1).Elevate(Callers.User).RequireAuthorization(args);",
        "GET /a User authorize=Policy=P; Roles=x,signed in", "GET /b User authorize=RequireAuthorization(policy)",
        "GET /c User authorize=Policy=?")]
    [InlineData("Program.cs",
        "var app = WebApplication.Create(); var g = app.MapGroup(\"/g\").RequireAuthorization(\"P\").Elevate(Callers.User); var h = "
        + "g.MapGroup(\"/h\"); h.RequireAuthorization(\"Q\"); var r = h.MapGet(\"/a\", () => 1); r.RequireAuthorization(\"R\"); "
            + "g.MapGet(\"/b\", () => 1).AllowAnonymous(); g.MapGet(\"/c\", [AllowAnonymous] () => 1);",
        "GET /g/b User", "GET /g/c User", "GET /g/h/a User authorize=Policy=P,Policy=Q,Policy=R")]
    [InlineData("Routes.cs",
        "static class Routes { static void Map(WebApplication app) { "
        + "More(app.MapGroup(\"/g\").Elevate(Callers.User).RequireAuthorization(\"P\")); } static void More(object group) { } }",
        "ALL /g/** User authorize=Policy=P")]
    public void The_lock_has_every_elevated_endpoint_that_can_be_seen(string file, string code, params string[] endpoints)
    {
        var found = GuardedCode.Read(new Code(file, code).Compile(), Settings(), default);

        Assert.Equal(endpoints, found.Select(static entry => Describe(entry.Endpoint)).Order(StringComparer.Ordinal));
        Assert.All(found, static entry => Assert.True(entry.Location.IsInSource));
    }

    [Fact]
    public void Folders_and_groups_around_all_pages_are_in_the_lock()
    {
        var code = new Code("pages/_folder.cs", "[Elevate(Callers.User)] public static class Root;")
            .With("pages/api/_folder.cs", "[Elevate(Callers.App), Authorize(\"Deep\")] public static class Api;")
            .With("pages/a.cs", "public static class A { public static void Get() { } }")
            .With("pages/api/b.cs", "public static class B { public static void Get() { } }");
        Assert.Equal(["GET /a User", "GET /api/b App authorize=Policy=Deep"], Describe(code));

        var mapped =
            new Code("Program.cs",
                "var app = WebApplication.Create(); app.MapFileRoutes().Elevate(Callers.Member, options => options.RateLimit = \"1/1s\");")
            .With("pages/a.cs",
                "public static class A { public static void Get() { } [Elevate(Callers.App)] public static void Post() { } }");
        Assert.Equal(["GET /a Member 1/1s", "POST /a App"], Describe(mapped));
    }

    [Fact]
    public void The_real_library_is_read_like_the_stub()
    {
        var code = new Code("Program.cs",
            "var app = WebApplication.Create(); app.MapGet(\"/m\", () => 1).Elevate(Callers.Visitor, options => { options.RateLimit = "
            + "\"5/1s\"; options.Only = [\"GET /a\"]; });")
        {
            References = Code.RealWix,
        }.With("pages/a.cs",
            "[Elevate(Callers.User, RateLimit = \"1/1m\", Policy = \"P\", Only = [\"GET /b\"])] public static class A { public static "
            + "void Get() { } }");

        Assert.Equal(["GET /a User 1/1m policies=P only=GET /b", "GET /m Visitor 5/1s only=GET /a"], Describe(code));
    }

    [Fact]
    public void A_lock_written_from_the_code_is_enforced_without_a_word()
    {
        var written = Run(Page("Callers.Member, RateLimit = \"30/1m\""), write: true);
        Assert.Empty(written.Diagnostics);

        Assert.Empty(Run(Page("Callers.Member, RateLimit = \"30/1m\""), LockOf(written)).Diagnostics);
    }

    [Theory]
    [InlineData("Callers.Member | Callers.Visitor, RateLimit = \"30/1m\"", "EP1102",
        "'GET /a' opens wider than endpoints.lock.json: it is open to Visitor (the lock has Member). If")]
    [InlineData("Callers.Member, RateLimit = \"60/1m\"", "EP1102",
        "'GET /a' opens wider than endpoints.lock.json: its rate limit is 60/1m (the lock has 30/1m). If")]
    [InlineData("Callers.Member", "EP1102", "'GET /a' opens wider than endpoints.lock.json: it has no rate limit (the lock has 30/1m). If")]
    [InlineData("Callers.Member, RateLimit = \"9/1m\"", "EP1103",
        "endpoints.lock.json allows more than 'GET /a' needs: its rate limit is 9/1m (the lock has 30/1m). Update")]
    public void A_changed_guard_is_reported_at_its_attribute(string elevate, string id, string message)
    {
        var lockText = LockOf(Run(Page("Callers.Member, RateLimit = \"30/1m\""), write: true));

        var diagnostic = Assert.Single(Run(Page(elevate), lockText).Diagnostics);
        Assert.Equal(id, diagnostic.Id);
        Assert.StartsWith(message, diagnostic.GetMessage(null), StringComparison.Ordinal);
        Assert.Equal($"Elevate({elevate})", diagnostic.Location.SourceTree!.GetText().ToString(diagnostic.Location.SourceSpan));
    }

    [Fact]
    public void A_new_endpoint_is_an_error_and_one_that_is_gone_a_warning_at_its_line()
    {
        var lockText = LockOf(Run(Page("Callers.Member"), write: true));
        var moved = new Code("pages/b.cs", "[Elevate(Callers.Member)] public static class A { public static void Get() { } }");

        var diagnostics = Run(moved, lockText).Diagnostics.OrderBy(static diagnostic => diagnostic.Id).ToList();
        Assert.Equal(["EP1101", "EP1103"], diagnostics.Select(static diagnostic => diagnostic.Id));
        Assert.StartsWith("'GET /b' is elevated for Member and not in endpoints.lock.json", diagnostics[0].GetMessage(null),
            StringComparison.Ordinal);
        Assert.Equal(
            (LockPath, 4), (diagnostics[1].Location.GetLineSpan().Path, diagnostics[1].Location.GetLineSpan().StartLinePosition.Line));
    }

    [Theory]
    [InlineData(null, "", 0)]
    [InlineData(null, "off", 0)]
    [InlineData(null, "enforce", 1)]
    [InlineData(null, "on", 1)]
    [InlineData("", "", 1)]
    [InlineData("{}", "enforce", 1)]
    [InlineData("{}", "off", 0)]
    [InlineData("{}", "OFF ", 1)]
    public void What_can_not_be_enforced_is_an_error_unless_the_lock_is_off(string? lockText, string mode, int errors)
    {
        var diagnostics = Run(Page("Callers.Member"), lockText, mode: mode).Diagnostics;

        Assert.Equal(errors, diagnostics.Length);
        Assert.All(diagnostics,
            static diagnostic => Assert.Equal(("EP1104", DiagnosticSeverity.Error), (diagnostic.Id, diagnostic.Severity)));
    }

    [Fact]
    public void A_project_without_elevated_endpoints_needs_no_lock() =>
        Assert.Empty(Run(new Code("pages/a.cs", "public static class A { public static void Get() { } }"), mode: "enforce").Diagnostics);

    [Fact]
    public void The_errors_can_not_be_switched_off_one_by_one()
    {
        var lockText = LockOf(Run(Page("Callers.Member"), write: true));
        var page = new Code(
            "pages/a.cs", "#pragma warning disable\n[Elevate(Callers.Visitor)] public static class A { public static void Get() { } }");

        Assert.Equal("EP1102", Assert.Single(Run(page, lockText, off: "EP1102").Diagnostics).Id);
    }

    private static IEnumerable<string> Describe(Code code) =>
        GuardedCode.Read(code.Compile(), Settings(), default).Select(static entry => Describe(entry.Endpoint))
            .Order(StringComparer.Ordinal);

    private static string Describe(LockedEndpoint endpoint)
    {
        static string Named(string name, IEnumerable<string>? values) =>
            values is null || !values.Any() ? "" : $" {name}={string.Join(",", values)}";
        return $"{endpoint.Name} {string.Join(",", endpoint.Callers)}{(endpoint.Limit is null ? "" : " " + endpoint.Limit)}{Named("policies", endpoint.Policies)}"
            + $"{Named("authorize", endpoint.Authorize)}{Named("checks", endpoint.Checks)}{Named("only", endpoint.Only)}{Named("settings", endpoint.Settings)}";
    }

    private static Code Page(string elevate) =>
        new("pages/a.cs", $"[Elevate({elevate})] public static class A {{ public static void Get() {{ }} }}");

    private static PagesOptions Settings() => PagesOptions.Read([], Code.Options.Of([]).GlobalOptions);

    internal static string LockOf(GeneratorDriverRunResult written)
    {
        var carrier = written.GeneratedTrees.Single(static tree => tree.FilePath.EndsWith(LockCarrier.Name, StringComparison.Ordinal))
            .GetText().ToString();
        var text = carrier[carrier.IndexOf('{', StringComparison.Ordinal)..(carrier.LastIndexOf('}') + 1)];
        return Uri.UnescapeDataString(Uri.UnescapeDataString(text));
    }

    /// <summary>Runs the lock over a project.</summary>
    internal static GeneratorDriverRunResult Run(Code code, string? lockText = null, bool write = false, string mode = "",
        string? off = null, Dictionary<string, string>? more = null, bool access = false)
    {
        var compilation = code.Compile();
        if (off is not null)
            compilation = compilation.WithOptions(compilation.Options.WithSpecificDiagnosticOptions([new(off, ReportDiagnostic.Suppress)]));
        var settings =
            $"write={(write ? "true" : "false")}\nmode={(mode.Length == 0 ? "auto" : mode)}\naccess={(access ? "true" : "false")}\nlock={(lockText is null ? "" : LockPath)}\n";
        var driver = CSharpGeneratorDriver.Create(
            [new GuardLockGenerator().AsSourceGenerator()],
            [.. lockText is null ? (IEnumerable<Text>)[] : [new Text(LockPath, lockText)], new Text(SettingsPath, settings),
                new Text(PagesPath, $"project={Code.ProjectDirectory}\nroots=pages\n")],
            (CSharpParseOptions)compilation.SyntaxTrees[0].Options,
            Code.Options.Of(more ?? []));
        return driver.RunGenerators(compilation).GetRunResult();
    }

    private sealed class Text(string path, string text) : AdditionalText
    {
        public override string Path { get; } = path;

        public override SourceText GetText(CancellationToken cancellationToken = default) => SourceText.From(text);
    }
}
