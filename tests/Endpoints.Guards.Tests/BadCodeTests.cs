using Microsoft.CodeAnalysis.CSharp;

namespace Endpoints.Guards.Tests;

public sealed class BadCodeTests
{
    private const string Sound = """
        [Elevate(Callers.Visitor, RateLimit = "30/1m", Only = ["GET /a/*"])]
        public sealed class Orders(WixAuth auth)
        {
            static object? kept;
            public async Task<string> Get(string siteId, ElevatedWixClient wix, HttpContext context)
            {
                var elevated = auth.Elevate(new SiteProperties().UpdateSitePropertiesAsync);
                _ = Task.Run(() => elevated(siteId));
                kept = wix;
                context.Response.OnCompleted(() => wix.GetAsync<string>("/a"));
                return await wix.PostAsync<string>("/a", context.RequestServices.GetRequiredService<WixAuth>());
            }
            public sealed record Change(string Name, List<Change> More) { [FromForm] public int Count { get; set; } }
            public void Put([AsParameters] Change change, [FromBody] Dictionary<string, Change[]> all) { }
            static void Map(WebApplication app)
            {
                var group = app.MapGroup("/g").Elevate(Callers.Visitor, o => o.RateLimit = "x");
                group.MapGet("/{siteId}", (string siteId, WixAuth auth) => auth).WithName("a");
                group.MapPut("/{id:regex(^\\d{{3}}$)}/{*rest}", (string id, Change change) => id);
            }
        }
        """;

    private static readonly IReadOnlyList<Microsoft.CodeAnalysis.MetadataReference> References = [WixStub.Reference, Code.FluentValidation];

    // Every state a file passes through while it is typed, and every single token left out.
    [Fact]
    public async Task Analyzers_never_throw_on_code_that_does_not_compile()
    {
        var tokens = CSharpSyntaxTree.ParseText(Sound).GetRoot().DescendantTokens().ToList();
        for (var i = 0; i < tokens.Count; i += 3)
        {
            var cut = Sound[..tokens[i].Span.End];
            var without = Sound.Remove(tokens[i].SpanStart, tokens[i].Span.Length);
            await new Code("pages/[siteId].cs", cut) { MayHaveErrors = true, References = References }.AnalyzeAsync();
            await new Code("pages/[siteId].cs", without) { MayHaveErrors = true, References = References }.AnalyzeAsync();
        }
    }

    [Theory]
    [InlineData("[Elevate] public static class A { public static void Get(WixAuth auth) { } }")]
    [InlineData("[Elevate(null, RateLimit = null, Only = null)] public static class A { public static void Get(WixAuth auth) { } }")]
    [InlineData("[Elevate((Callers)\"x\", Only = [null, 3, ..more])] public static class A { public static void Get(Missing siteId) { } }")]
    [InlineData(
        "[Elevate(Callers.Member)] public class A : List<A> { public void Post(A a, Dictionary<A, A> b, [FromBody] T c, ref A d, params "
        + "A[] e) { } public void Put([AsParameters] A a) { } }")]
    [InlineData(
        "class V : FluentValidation.AbstractValidator<>; [Elevate(Callers.Member)] public static class A { public static void Post(A.B "
        + "b) { } public record B(B b) : B; }")]
    [InlineData("public class A : A { public void Get(WixAuth auth, A siteId) { } }")]
    [InlineData(
        "public class A<T> where T : A<T> { public T SiteId { get; set; } public static void Post(A<A<T>> body, WixAuth auth) { } }")]
    public async Task Analyzers_never_throw_on_nonsense(string code) =>
        await new Code("pages/[id].cs", code) { MayHaveErrors = true, References = References }.AnalyzeAsync();
}
