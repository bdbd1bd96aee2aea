using Endpoints.Wix.Analyzers.Lock;
using Microsoft.CodeAnalysis;

namespace Endpoints.Guards.Tests.Lock;

/// <summary>With EndpointsRequireAccess every endpoint file says who may call, by what its attributes mean to ASP.NET Core.</summary>
public sealed class EndpointAccessTests
{
    private const string Own = """
        using System.Diagnostics;

        public sealed class PublicAttribute : Attribute, IAllowAnonymous;
        public class StaffAttribute : Attribute, IAuthorizeData { public string? Policy { get; set; } public string? Roles { get; set; } public string? AuthenticationSchemes { get; set; } }
        public sealed class MoreStaffAttribute : StaffAttribute;
        public sealed class OldAttribute(int age) : Attribute, IAuthorizationRequirementData { public int Age => age; public IEnumerable<IAuthorizationRequirement> GetRequirements() => []; }
        [AttributeUsage(AttributeTargets.All, Inherited = false)] public sealed class HereAttribute : AuthorizeAttribute;
        [Conditional("DEBUG")] public sealed class DebugStaffAttribute : AuthorizeAttribute;
        [Conditional("DEBUG")] public class DebugAttribute : Attribute;
        public sealed class DebugPublicAttribute : DebugAttribute, IAllowAnonymous;
        public sealed class AuthorizedAttribute : Attribute;
        namespace Mine { public sealed class AuthorizeAttribute : Attribute; public sealed class AllowAnonymousAttribute : Attribute; public sealed class ElevateAttribute : Attribute; }
        namespace Fake.Authorization { public interface IAllowAnonymous; public sealed class OpenAttribute : Attribute, IAllowAnonymous; }
        [Authorize("Staff")] public abstract class Guarded;
        [Here] public abstract class GuardedHere;
        public abstract class Open { [AllowAnonymous] public virtual int Get() => 1; public int Post() => 2; }
        [Staff] public interface IGuarded;
        """;

    /// <summary>A file; what it says; and for which of its methods it says nothing.</summary>
    public static TheoryData<string, string, string> Files => new()
    {
        { "public static class A { public static int Get() => 1; }", "", "GET /a" },
        { "[Authorize] public static class A { public static int Get() => 1; }", "GET /a authorized: signed in", "" },
        { "public static class A { [Authorize] public static int Get() => 1; }", "GET /a authorized: signed in", "" },
        { "[AllowAnonymous] public static class A { public static int Get() => 1; public static int All() => 1; }",
            "ALL /a anyone:, GET /a anyone:", "" },
        { "public static class A { [AllowAnonymous] public static int Get() => 1; public static int Post() => 1; }", "GET /a anyone:",
            "POST /a" },
        { "public static class A { [Authorize] public static int Get() => 1; public static int All() => 1; }",
            "GET /a authorized: signed in", "ALL /a" },
        { "[Authorize(\"Staff\")] public static class A { [Authorize(Roles = \"boss\")] public static int Delete() => 1; }",
            "DELETE /a authorized: Policy=Staff; Roles=boss", "" },
        { "[Authorize] public static class A { [AllowAnonymous] public static int Get() => 1; }", "GET /a anyone:", "" },
        { "[AllowAnonymous] public static class A { [Authorize] public static int Get() => 1; }", "GET /a anyone:", "" },
        { "[AllowAnonymous, Authorize] public static class A { public static int Get() => 1; }", "GET /a anyone:", "" },
        { "[Public] public static class A { public static int Get() => 1; }", "GET /a anyone:", "" },
        { "[Staff] public static class A { public static int Get() => 1; }", "GET /a authorized: StaffAttribute()", "" },
        { "[MoreStaff(Roles = \"x\")] public static class A { public static int Get() => 1; }",
            "GET /a authorized: MoreStaffAttribute(Roles=x)", "" },
        { "[Old(18)] public static class A { public static int Get() => 1; }", "GET /a authorized: OldAttribute(18)", "" },
        { "[Here] public static class A { public static int Get() => 1; }", "GET /a authorized: HereAttribute()", "" },
        { "public sealed class A : Guarded { public int Get() => 1; }", "GET /a authorized: Policy=Staff", "" },
        { "public sealed class A : GuardedHere { public int Get() => 1; }", "", "GET /a" },
        { "public sealed class A : IGuarded { public int Get() => 1; }", "", "GET /a" },
        { "public sealed class A : Open { }", "GET /a anyone:", "POST /a" },
        { "public sealed class A : Open { public override int Get() => 2; }", "GET /a anyone:", "POST /a" },
        { "public sealed class A : Open { public new int Get() => 2; }", "", "GET /a, POST /a" },
        { "[DebugStaff] public static class A { public static int Get() => 1; }", "", "GET /a" },
        { "[DebugPublic] public static class A { public static int Get() => 1; }", "", "GET /a" },
        { "[DebugPublic, Authorize] public static class A { public static int Get() => 1; }", "GET /a anyone:", "" },
        { "[Mine.Authorize] public static class A { [Mine.AllowAnonymous] public static int Get() => 1; }", "", "GET /a" },
        { "[Mine.Elevate, Authorized] public static class A { public static int Get() => 1; }", "", "GET /a" },
        { "[Fake.Authorization.Open] public static class A { public static int Get() => 1; }", "", "GET /a" },
        { "using Authorize = AuthorizedAttribute; [@Authorize] public static class A { public static int Get() => 1; }", "", "GET /a" },
        { "using Nothing = Microsoft.AspNetCore.Authorization.AuthorizeAttribute; [Nothing] public static class A { public static int "
            + "Get() => 1; }", "GET /a authorized: signed in", "" },
        { "[Elevate(Callers.User)] public static class A { public static int Get() => 1; }", "GET /a elevated:", "" },
        { "public static class A { [Elevate(Callers.User), Authorize(\"P\")] public static int Get() => 1; [AllowAnonymous] public "
            + "static int Post() => 1; }", "GET /a elevated: Policy=P, POST /a anyone:", "" },
        { "[Authorize] public static class Store { public static int Count() => 1; } public static class A { public static int Get() => "
            + "1; }", "", "GET /a" },
        { "public static class A { public static int GetAsync() => 1; [Authorize] public static class Inner { public static int Get() => "
            + "1; } }", "", "GET /a" },
        { "#pragma warning disable\n[System.Diagnostics.CodeAnalysis.SuppressMessage(\"x\", \"EP1016\")] public static class A { public "
            + "static int Get() => 1; }", "", "GET /a" },
        { "[Authorize] public static partial class A { public static partial int Get(); } public static partial class A { public static "
            + "partial int Get() => 1; }", "GET /a authorized: signed in", "" },
        { "public static partial class A { [Authorize] public static partial int Get(); } public static partial class A { public static "
            + "partial int Get() => 1; }", "GET /a authorized: signed in", "" },
        { "public record A { [AllowAnonymous] public int Get() => 1; }", "GET /a anyone:", "" },
    };

    [Theory]
    [MemberData(nameof(Files))]
    public void A_file_says_who_may_call_or_is_an_error(string text, string says, string unsaid)
    {
        var code = new Code("pages/a.cs", text).With("Own.cs", Own);

        Assert.Equal(says, Describe(code));
        Assert.Equal(unsaid, Unsaid(code));
    }

    public static TheoryData<string, string, string, string> Folders => new()
    {
        { "pages/_folder.cs", "[Authorize] public static class Root;",
            "GET /a authorized: signed in, GET /b/a authorized: signed in, GET /b/c/a authorized: signed in", "" },
        { "pages/b/_folder.cs", "[AllowAnonymous] public static class B0;", "GET /b/a anyone:, GET /b/c/a anyone:", "GET /a" },
        { "pages/b/c/_folder.cs", "[Elevate(Callers.App)] public static class C0;", "GET /b/c/a elevated:", "GET /a, GET /b/a" },
        { "pages/b/_folder.cs", "public sealed class B0 : Base; [Authorize(\"P\")] public abstract class Base;", "",
            "GET /a, GET /b/a, GET /b/c/a" },
        { "pages/b/_folder.cs", "public static class B0;", "", "GET /a, GET /b/a, GET /b/c/a" },
        { "pages/folder.cs", "[Authorize] public static class B0 { public static int Get() => 1; }", "GET /folder authorized: signed in",
            "GET /a, GET /b/a, GET /b/c/a" },
        { "pages/_b/_folder.cs", "[Authorize] public static class B0;", "", "GET /a, GET /b/a, GET /b/c/a" },
        { "b/_folder.cs", "[Authorize] public static class B0;", "", "GET /a, GET /b/a, GET /b/c/a" },
        { "pages/_x.cs", "public static class X { public static int Get() => 1; }", "", "GET /a, GET /b/a, GET /b/c/a" },
        { "pages/_x/y.cs", "public static class X { public static int Get() => 1; }", "", "GET /a, GET /b/a, GET /b/c/a" },
        { "pages/b/[x].cs", "public static class X { public static int Get(int x) => x; }", "",
            "GET /a, GET /b/[x], GET /b/a, GET /b/c/a" },
        { "elsewhere/x.cs", "public static class X { public static int Get() => 1; }", "", "GET /a, GET /b/a, GET /b/c/a" },
    };

    [Theory]
    [MemberData(nameof(Folders))]
    public void A_folder_says_it_for_what_lies_beneath_and_for_nothing_else(string file, string text, string says, string unsaid)
    {
        var code = new Code(file, text)
            .With("pages/a.cs", "public static class A { public static int Get() => 1; }")
            .With("pages/b/a.cs", "public static class B { public static int Get() => 1; }")
            .With("pages/b/c/a.cs", "public static class C { public static int Get() => 1; }");

        Assert.Equal(says, Describe(code));
        Assert.Equal(unsaid, Unsaid(code));
    }

    [Fact]
    public void A_folder_whose_base_class_says_it_says_it()
    {
        var code = new Code("pages/_folder.cs", "public sealed class Root : Base;").With(
            "Base.cs", "[Authorize(\"P\")] public abstract class Base;")
            .With("pages/a.cs", "public static class A { public static int Get() => 1; }");

        Assert.Equal("GET /a authorized: Policy=P", Describe(code));
    }

    [Fact]
    public void Parts_of_one_class_in_several_files_are_several_endpoints_each_in_its_own_folder()
    {
        var code = new Code("pages/a.cs", "public static partial class A { public static int Get() => 1; }")
            .With("pages/admin/a.cs", "public static partial class A { public static int Post() => 1; }")
            .With("A.cs", "public static partial class A { public static int Put() => 1; }")
            .With("pages/admin/_folder.cs", "[Elevate(Callers.User)] public static class Admin;");

        Assert.Equal("POST /admin/a elevated:, PUT /admin/a elevated:", Describe(code));
        Assert.Equal("GET /a, PUT /a", Unsaid(code));
        Assert.Equal(["POST /admin/a", "PUT /admin/a"],
            GuardedCode.Read(code.Compile(), Settings, default).Select(static found => found.Endpoint.Name).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("app.MapFileRoutes();")]
    [InlineData("app.MapFileRoutes().RequireAuthorization();")]
    [InlineData("app.MapFileRoutes().Elevate(Callers.User);")]
    [InlineData("app.MapGroup(\"/x\").AllowAnonymous(); app.MapFileRoutes();")]
    public void What_is_called_on_all_files_says_it_for_none(string program) =>
        Assert.Equal("GET /a",
            Unsaid(new Code("Program.cs", $"var app = WebApplication.Create(); {program}").With(
                "pages/a.cs", "public static class A { public static int Get() => 1; }")));

    [Fact]
    public void A_class_of_the_projects_own_called_ElevateAttribute_says_nothing() =>
        Assert.Equal(
            "GET /a", Unsaid(new Code("pages/a.cs", "[Endpoints.Wix.Elevate] public static class A { public static int Get() => 1; }")
            .With("Elevate.cs", "namespace Endpoints.Wix { public sealed class ElevateAttribute : Attribute; }")));

    [Theory]
    [InlineData("[Authorize(\"Staff\")]", "")]
    [InlineData("", "GET /a")]
    public void A_project_without_Wix_is_asked_as_well(string attribute, string unsaid)
    {
        var code = new Code("pages/a.cs",
            $"{attribute} public static class A {{ public static int Get() => 1; }}") { References = [] }.With(
                "None.cs", "namespace Endpoints.Wix { }");

        Assert.Equal(unsaid, Unsaid(code));
        Assert.Equal(unsaid.Length == 0 ? "GET /a authorized: Policy=Staff" : "", Describe(code));
    }

    [Fact]
    public void Controllers_and_minimal_APIs_are_not_asked() =>
        Assert.Equal("", Unsaid(new Code("Program.cs", "var app = WebApplication.Create(); app.MapGet(\"/m\", () => 1);")
        .With("A.cs", "public sealed class HomeController : ControllerBase { [HttpGet(\"/c\")] public int Get() => 1; }")));

    [Fact]
    public void Nobody_is_asked_without_the_setting() =>
        Assert.Empty(
            GuardLockGeneratorTests.Run(new Code("pages/a.cs", "public static class A { public static int Get() => 1; }")).Diagnostics);

    [Theory]
    [InlineData("A.Get", "public static class A { public static int Get() => 1; }")]
    [InlineData("A", "public sealed class A : B;")]
    public void The_error_stands_at_the_handler_or_at_its_class_when_it_is_inherited(string place, string text)
    {
        var diagnostic =
            Assert.Single(Run(new Code("pages/a.cs", text).With("B.cs", "public abstract class B { public int Get() => 1; }")).Diagnostics);

        Assert.Equal((DiagnosticSeverity.Error, "EP1016"), (diagnostic.Severity, diagnostic.Id));
        Assert.Contains(WellKnownDiagnosticTags.NotConfigurable, diagnostic.Descriptor.CustomTags);
        Assert.Equal(place.Split('.')[^1], diagnostic.Location.SourceTree!.GetText().ToString(diagnostic.Location.SourceSpan));
    }

    [Fact]
    public void The_error_can_not_be_switched_off_by_its_id() => Assert.Equal("EP1016", Assert.Single(
        GuardLockGeneratorTests.Run(
            new Code("pages/a.cs", "#pragma warning disable\npublic static class A { public static int Get() => 1; }"), access: true,
            mode: "off", off: "EP1016").Diagnostics).Id);

    [Fact]
    public void The_lock_has_what_each_file_says_and_a_receipt_proves_that_they_were_asked()
    {
        var code = Shop("[Authorize(\"Staff\"), Authorize(Roles = \"boss\")]", "[AllowAnonymous]");
        var written = GuardLockGeneratorTests.Run(code, write: true, access: true);

        var text = GuardLockGeneratorTests.LockOf(written);
        Assert.Contains("""
                { "method": "GET", "route": "/a", "authorize": ["Policy=Staff", "Roles=boss"], "access": ["authorized"] },
                { "method": "GET", "route": "/b", "access": ["anyone"] },
                { "method": "GET", "route": "/c", "callers": ["User"] }
              ]
            }
            """, text, StringComparison.Ordinal);
        Assert.Contains(written.GeneratedTrees,
            static tree => tree.FilePath.EndsWith("endpoints.access.receipt.g.cs", StringComparison.Ordinal));
        Assert.Empty(GuardLockGeneratorTests.Run(code, text, access: true).Diagnostics);

        // Without the setting all is as before.
        Assert.Equal(["GET /c"], GuardedCode.Read(code.Compile(), Settings, default).Select(static found => found.Endpoint.Name));
        Assert.DoesNotContain(GuardLockGeneratorTests.Run(code, text).GeneratedTrees,
            static tree => tree.FilePath.EndsWith("endpoints.access.receipt.g.cs", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("[Authorize(\"Staff\"), Authorize(Roles = \"boss\")]", "[AllowAnonymous]", "")]
    [InlineData("[AllowAnonymous]", "[AllowAnonymous]", "EP1102 GET /a")]
    [InlineData("[Authorize(\"Staff\"), Authorize(Roles = \"boss\"), AllowAnonymous]", "[AllowAnonymous]", "EP1102 GET /a")]
    [InlineData("[Authorize(\"Staff\")]", "[AllowAnonymous]", "EP1102 GET /a")]
    [InlineData("[Authorize]", "[AllowAnonymous]", "EP1102 GET /a")]
    [InlineData("[Authorize(\"Other\"), Authorize(Roles = \"boss\")]", "[AllowAnonymous]", "EP1102 GET /a")]
    [InlineData("[Authorize(\"Staff\"), Authorize(Roles = \"boss, clerk\")]", "[AllowAnonymous]", "EP1102 GET /a")]
    [InlineData("[Authorize(\"Staff\"), Authorize(Roles = \"boss\"), Authorize(\"More\")]", "[AllowAnonymous]", "EP1103 GET /a")]
    [InlineData("[Authorize(\"Staff\"), Authorize(Roles = \"boss\")]", "[Authorize]", "EP1103 GET /b")]
    [InlineData("[Authorize(\"Staff\"), Authorize(Roles = \"boss\")]", "[Elevate(Callers.User)]", "EP1102 GET /b")]
    [InlineData("[Elevate(Callers.User)]", "[AllowAnonymous]", "EP1102 GET /a")]
    public void A_file_that_opens_wider_than_the_lock_is_an_error(string a, string b, string expected)
    {
        var text = GuardLockGeneratorTests.LockOf(
            GuardLockGeneratorTests.Run(Shop("[Authorize(\"Staff\"), Authorize(Roles = \"boss\")]", "[AllowAnonymous]"), write: true,
                access: true));

        Assert.Equal(expected,
            string.Join(
                ", ", GuardLockGeneratorTests.Run(Shop(a, b), text, access: true)
                    .Diagnostics.Select(static found => $"{found.Id} {Named(found)}")));
    }

    [Theory]
    [InlineData("[AllowAnonymous]")]
    [InlineData("[Authorize]")]
    public void An_elevated_file_that_no_longer_is_one_is_an_error(string attribute)
    {
        var text = GuardLockGeneratorTests.LockOf(
            GuardLockGeneratorTests.Run(Shop("[Elevate(Callers.User)]", "[AllowAnonymous]"), write: true, access: true));

        Assert.Equal(
            "EP1102", Assert.Single(GuardLockGeneratorTests.Run(Shop(attribute, "[AllowAnonymous]"), text, access: true).Diagnostics).Id);
    }

    [Fact]
    public void A_new_file_is_an_error_that_says_to_whom_it_is_open()
    {
        var code = Shop("[Authorize]", "[Authorize]");
        var text = GuardLockGeneratorTests.LockOf(GuardLockGeneratorTests.Run(code, write: true, access: true));
        _ = code.With("pages/d.cs", "[AllowAnonymous] public static class D { public static int Get() => 1; }");

        var diagnostic = Assert.Single(GuardLockGeneratorTests.Run(code, text, access: true).Diagnostics);
        Assert.StartsWith("'GET /d' is open to anyone and not in endpoints.lock.json", diagnostic.GetMessage(null),
            StringComparison.Ordinal);
    }

    [Fact]
    public void What_lifts_the_guards_of_all_files_is_in_the_lock_though_nothing_is_elevated()
    {
        static Code Shop(string call) => new Code("Program.cs", $"var app = WebApplication.Create(); app.MapFileRoutes(){call};")
            .With("pages/a.cs", "[Authorize] public static class A { public static int Get() => 1; }");
        var text = GuardLockGeneratorTests.LockOf(GuardLockGeneratorTests.Run(Shop(""), write: true, access: true));

        Assert.Empty(GuardLockGeneratorTests.Run(Shop(""), text, access: true).Diagnostics);
        Assert.Equal("EP1105", Assert.Single(GuardLockGeneratorTests.Run(Shop(".AllowAnonymous()"), text, access: true).Diagnostics).Id);
    }

    private static Endpoints.Shared.Pages.PagesOptions Settings =>
        Endpoints.Shared.Pages.PagesOptions.Read([], Code.Options.Of([]).GlobalOptions);

    private static Code Shop(string a, string b) => new Code("pages/a.cs", $"{a} public static class A {{ public static int Get() => 1; }}")
        .With("pages/b.cs", $"{b} public static class B {{ public static int Get() => 1; }}")
        .With("pages/c.cs", "[Elevate(Callers.User)] public static class C { public static int Get() => 1; }");

    private static GeneratorDriverRunResult Run(Code code) => GuardLockGeneratorTests.Run(code, access: true);

    private static string Unsaid(Code code) =>
        string.Join(", ", Run(code).Diagnostics.Where(static found => found.Id == "EP1016").Select(Named).Order(StringComparer.Ordinal));

    // Nothing says who may call 'GET /a': ...
    private static string Named(Diagnostic found) =>
        found.GetMessage(null).Split('\'').First(static part => part.Contains(" /", StringComparison.Ordinal));

    private static string Describe(Code code)
    {
        var compilation = code.Compile();
        Assert.Empty(compilation.GetDiagnostics().Where(static found => found.Severity == DiagnosticSeverity.Error));
        return string.Join(", ", AccessReader.Read(compilation, Settings, default).Where(static access => access.IsSaid)
            .Select(static access =>
                ($"{access.Verb} {access.Route} {(access.Elevate is null ? access.Entry.Access[0] : "elevated")}: "
                    + string.Join("; ", access.Entry.Authorize)).TrimEnd())
            .Order(StringComparer.Ordinal));
    }
}
