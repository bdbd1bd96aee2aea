namespace Endpoints.Guards.Tests;

public sealed class ClientMadeIdentityTests
{
    public static TheoryData<string> Identities =>
        ["Caller", "WixClient", "ElevatedWixClient", "AdminWixClient", "AppWixClient", "WixAuth", "SiteProperties"];

    private static readonly string[] Sources = ["FromQuery", "FromBody", "FromForm", "FromRoute", "FromHeader"];

    [Theory]
    [MemberData(nameof(Identities))]
    public async Task S55_No_attribute_makes_an_identity_of_a_part_of_a_request(string type)
    {
        foreach (var source in Sources)
        {
            await new Code("pages/a.cs",
                $"[Elevate(Callers.User)] public static class A {{ public static void Get([{source}] "
                + $"{type} {{|EP1014:x|}}) {{ }} }}").VerifyAsync("EP1003");
            await new Code("AController.cs",
                $"[Elevate(Callers.User)] public sealed class AController : ControllerBase {{ [HttpGet] public void "
                + $"Get([{source}] {type} {{|EP1014:x|}}) {{ }} }}").VerifyAsync("EP1003");
            await new Code("A.cshtml.cs",
                $"public sealed class AModel : Microsoft.AspNetCore.Mvc.RazorPages.PageModel {{ public void "
                + $"OnGet([{source}] {type} {{|EP1014:x|}}) {{ }} }}").VerifyAsync("EP1003");
            await new Code("Program.cs",
                $"var app = WebApplication.Create(); app.MapGet(\"/\", ([{source}] {type} {{|EP1014:x|}}) => 1).Elevate(Callers.User); "
                + $"app.MapGet(\"/b\", B).Elevate(Callers.User); int B([{source}] {type} {{|EP1014:x|}}) => 1;").VerifyAsync("EP1003");
            await new Code("Q.cs", $"public sealed class Q {{ [{source}] public {type}? {{|EP1014:X|}} {{ get; set; }} }}").VerifyAsync(
                "EP1003");
        }
        await new Code("pages/a.cs",
            $"[Elevate(Callers.User)] public static class A {{ public static void Get({type} x, [AsParameters] Q q) {{ }} public record "
            + $"struct Q(string Id, {type} X); }}").VerifyAsync("EP1003");
        await new Code("AController.cs",
            $"[Elevate(Callers.User)] public sealed class AController : ControllerBase {{ [HttpGet] public void "
            + $"Get({type} x, [FromServices] {type} y) {{ }} }}").VerifyAsync("EP1003");
    }

    [Theory]
    [MemberData(nameof(Identities))]
    public async Task S55_No_type_that_is_read_from_JSON_has_an_identity_in_it(string type)
    {
        string[] bodies =
        [
            $"public sealed record B(string Name, {type} X);",
            $"public class Base {{ public {type}? X {{ get; set; }} }} public sealed class B : Base {{ public string? Name {{ get; set; "
            + $"}} }}",
            $"public sealed record B(C C); public sealed record C(List<D> All); public sealed class D {{ public "
            + $"{type}? X {{ get; init; }} }}",
            $"public sealed record B(Dictionary<string, {type}> All);",
            $"public sealed class B({type}? x) {{ public {type}? X {{ get; }} = x; public string? Name {{ get; set; }} }}",
        ];
        foreach (var body in bodies)
        {
            await new Code("pages/a.cs",
                "public static class A { public static void Post(B {|EP1014:b|}) { } public static void Get(B b) { } }").With("B.cs", body)
                .VerifyAsync("EP1003");
            await new Code("pages/a.cs", "public static class A { public static void Post([FromBody] List<B> {|EP1014:b|}) { } }").With(
                "B.cs", body).VerifyAsync("EP1003");
            await new Code("AController.cs",
                "[ApiController, Route(\"a\")] public sealed class AController : ControllerBase { [HttpPost] public void Post(B "
                + "{|EP1014:b|}) { } }").With("B.cs", body).VerifyAsync("EP1003");
            await new Code("BController.cs",
                "public sealed class BController : Controller { [HttpPost] public void Post(B b) { } [HttpPut] public void "
                + "Put([FromBody] B {|EP1014:b|}) { } }").With("B.cs", body).VerifyAsync("EP1003");
            await new Code("Program.cs", "var app = WebApplication.Create(); app.MapPost(\"/\", (B {|EP1014:b|}) => 1);").With("B.cs", body)
                .VerifyAsync("EP1003");
            await new Code("Read.cs", $$"""
                using System.Text.Json;
                using System.Net.Http.Json;
                public static class Read
                {
                    public static object? A(string text) => {|EP1014:JsonSerializer.Deserialize<B>(text)|};
                    public static object? C(string text) => {|EP1014:JsonSerializer.Deserialize(text, typeof({{type}}))|};
                    public static async Task<object?> D(HttpRequest request) => await {|EP1014:request.ReadFromJsonAsync<B>()|};
                    public static async Task<object?> E(HttpClient http) => await {|EP1014:http.GetFromJsonAsync<List<{{type}}>>("/")|};
                    public static string F(B b) => JsonSerializer.Serialize(b);
                }
                """).With("B.cs", body).VerifyAsync("EP1003");
            await new Code(
                "H.cs", "public sealed class H : Microsoft.AspNetCore.SignalR.Hub { public void Send(string text, B {|EP1014:b|}) { } "
                    + "private void Own(B b) { } }").With("B.cs", body).VerifyAsync("EP1003");
        }
    }

    [Fact]
    public async Task S55_A_hub_takes_no_caller_from_its_clients() =>
        await new Code(
            "H.cs", "public sealed class H : Microsoft.AspNetCore.SignalR.Hub { public void Send(Caller {|EP1014:caller|}) { } public "
                + "void Call(WixClient wix, [FromServices] SiteProperties site) { } }").VerifyAsync();

    [Theory]
    [InlineData("public sealed record B(string Name) { [System.Text.Json.Serialization.JsonIgnore] public Caller? Caller { get; set; } }")]
    [InlineData(
        "public sealed record B(string Name) { public Caller? Caller => null; public static Caller? Last => null; private Caller? Own { "
        + "get; set; } }")]
    [InlineData("public sealed record B(string CallerId, Callers Kind);")]
    [InlineData("public sealed record B(string Name, B? Next);")]
    public async Task What_is_not_filled_from_outside_is_fine(string body) =>
        await new Code("pages/a.cs",
            "public static class A { public static void Post(B b) { } public static object? Read(string text) => "
            + "System.Text.Json.JsonSerializer.Deserialize<B>(text); }").With("B.cs", body).VerifyAsync();

    [Theory]
    [InlineData("new ClaimsIdentity([], {|EP1015:\"Wix\"|})")]
    [InlineData("new ClaimsIdentity({|EP1015:WixDefaults.AuthenticationScheme|})")]
    [InlineData("new ClaimsPrincipal(new ClaimsIdentity(Array.Empty<Claim>(), authenticationType: {|EP1015:Own.Scheme|}))")]
    [InlineData("new System.Security.Principal.GenericIdentity(\"ann\", {|EP1015:\"Wix\"|})")]
    [InlineData("new Claim({|EP1015:\"wix:site\"|}, \"a\")")]
    [InlineData("new Claim({|EP1015:WixDefaults.InstanceIdClaim|}, \"a\")")]
    [InlineData("new Claim({|EP1015:\"WIX:Client\"|}, \"a\", ClaimValueTypes.String)")]
    [InlineData("new AuthenticationTicket(context.User, {|EP1015:\"Wix\"|})")]
    [InlineData("context.SignInAsync({|EP1015:\"Wix\"|}, context.User)")]
    [InlineData("Results.SignIn(context.User, authenticationScheme: {|EP1015:\"Wix\"|})")]
    [InlineData("new AuthenticationBuilder(new ServiceCollection()).AddCookie({|EP1015:\"Wix\"|})")]
    [InlineData("new AuthenticationBuilder(new ServiceCollection()).AddPolicyScheme({|EP1015:\"Wix\"|}, null, _ => { })")]
    [InlineData("new ClaimsIdentity([], \"Support\")")]
    [InlineData("new ClaimsIdentity([], null)")]
    [InlineData("new Claim(\"shop:site\", \"wix:site\")")]
    [InlineData("context.AuthenticateAsync(\"Wix\")")]
    [InlineData("context.ChallengeAsync(WixDefaults.AuthenticationScheme)")]
    [InlineData("context.SignOutAsync(\"Wix\")")]
    [InlineData("context.User.FindFirst(\"wix:site\")!")]
    [InlineData("new AuthenticationBuilder(new ServiceCollection()).AddCookie(\"Shop\")")]
    public async Task S55_Principals_and_claims_of_ones_own_do_not_look_like_those_of_Wix(string made) =>
        await new Code("Own.cs", $$"""
            using System.Security.Claims;
            using Microsoft.AspNetCore.Authentication;
            public static class Own { public const string Scheme = "W" + "ix"; public static object Make(HttpContext context) => {{made}}; }
            """).VerifyAsync();

    [Fact]
    public async Task S55_A_class_derived_from_an_identity_is_one_as_well() =>
        await new Code("Own.cs",
            "using System.Security.Claims; public sealed class Own() : ClaimsIdentity([new Claim({|EP1015:\"wix:site\"|}, \"a\")], "
            + "{|EP1015:\"Wix\"|});").VerifyAsync();
}
