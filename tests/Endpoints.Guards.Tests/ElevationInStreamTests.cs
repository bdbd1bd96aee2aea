namespace Endpoints.Guards.Tests;

/// <summary>Content that is written after the handler has returned is written without elevation.</summary>
public sealed class ElevationInStreamTests
{
    [Theory]
    // The handler is the stream.
    [InlineData(
        "async IAsyncEnumerable<string> Get(ElevatedWixClient wix) { await Task.Yield(); yield return await "
        + "{|EP1004:wix|}.GetAsync<string>(\"/a\"); yield return await wix.GetAsync<string>(\"/b\"); }")]
    [InlineData(
        "async IAsyncEnumerable<string> Get(WixAuth auth, SiteProperties site) { var get = {|EP1004:auth|}.Elevate(site.BulkGetAsync); "
        + "yield return await get(); }")]
    [InlineData("IEnumerable<Task<string>> Get(ElevatedWixClient wix) { yield return {|EP1004:wix|}.GetAsync<string>(\"/a\"); }")]
    // It returns one.
    [InlineData("IAsyncEnumerable<string> Get(ElevatedWixClient wix) => Stream({|EP1004:wix|});")]
    [InlineData("async Task<IAsyncEnumerable<string>> Get(ElevatedWixClient wix) { await Task.Yield(); return Stream({|EP1004:wix|}); }")]
    [InlineData("Task<IAsyncEnumerable<string>> Get(ElevatedWixClient wix) => Task.FromResult(Stream({|EP1004:wix|}));")]
    [InlineData("object Get(ElevatedWixClient wix) => new { Items = Stream({|EP1004:wix|}) };")]
    [InlineData("object Get(ElevatedWixClient wix) => new ObjectResult(Stream({|EP1004:wix|}));")]
    [InlineData("object? Get(ElevatedWixClient wix, bool all) => all ? Stream({|EP1004:wix|}) : null;")]
    [InlineData("IAsyncEnumerable<string> Get(ElevatedWixClient wix) { var all = Stream({|EP1004:wix|}); return all; }")]
    [InlineData(
        "IAsyncEnumerable<string> Get(ElevatedWixClient wix) { return {|EP1004:Own()|}; async IAsyncEnumerable<string> Own() { yield "
        + "return await wix.GetAsync<string>(\"/a\"); } }")]
    [InlineData(
        "IEnumerable<Task<string>> Get(ElevatedWixClient wix, string[] ids) => ids.Select(id => {|EP1004:wix|}.GetAsync<string>(id));")]
    [InlineData(
        "IAsyncEnumerable<string> Get(WixAuth auth, SiteProperties site) { var get = auth.Elevate(site.BulkGetAsync); return "
        + "Of({|EP1004:get|}); }")]
    // It returns a result that is written by one.
    [InlineData("IResult Get(ElevatedWixClient wix) => TypedResults.ServerSentEvents(Stream({|EP1004:wix|}));")]
    [InlineData("IResult Get(ElevatedWixClient wix) => Results.Ok(Stream({|EP1004:wix|}));")]
    [InlineData(
        "IResult Get(ElevatedWixClient wix) { var events = Stream({|EP1004:wix|}); return TypedResults.ServerSentEvents(events, \"one\"); }")]
    [InlineData("IResult Get(ElevatedWixClient wix) => Results.Stream(async to => await {|EP1004:wix|}.GetAsync<string>(\"/a\"));")]
    [InlineData(
        "IResult Get(ElevatedWixClient wix) => TypedResults.Stream(async to => { var text = await "
        + "{|EP1004:wix|}.GetAsync<string>(\"/a\"); to.WriteByte((byte)text.Length); });")]
    // It returns a result of the application's own that is given what to write.
    [InlineData("object Get(ElevatedWixClient wix) => new CallbackResult(async to => await {|EP1004:wix|}.GetAsync<string>(\"/a\"));")]
    [InlineData(
        "IActionResult Get(ElevatedWixClient wix) { return new CallbackResult(async to => await "
        + "{|EP1004:wix|}.GetAsync<string>(\"/a\")); }")]
    // It does so before the answer starts, whenever that is.
    [InlineData(
        "void Get(ElevatedWixClient wix, HttpContext context) => context.Response.OnStarting(() => "
        + "{|EP1004:wix|}.GetAsync<string>(\"/a\"));")]
    public async Task F15_Elevation_in_what_is_written_after_the_handler_is_reported(string handler)
    {
        await Page(handler).VerifyAsync();

        await new Code("AController.cs",
            $"public sealed class AController : ControllerBase {{ [Elevate(Callers.User), HttpPost] public "
            + $"{handler} {Helpers} }}").VerifyAsync();
    }

    [Theory]
    [InlineData(
        "async Task<List<string>> Get(ElevatedWixClient wix) { var all = new List<string>(); await foreach (var one in Stream(wix)) "
        + "all.Add(one); return all; }")]
    [InlineData(
        "async Task<IEnumerable<string>> Get(ElevatedWixClient wix, string[] ids) => await Task.WhenAll(ids.Select(id => "
        + "wix.GetAsync<string>(id)));")]
    [InlineData("async IAsyncEnumerable<string> Get(WixClient wix) { yield return await wix.GetAsync<string>(\"/a\"); }")]
    [InlineData("IAsyncEnumerable<string> Get(WixClient wix, ElevatedWixClient app) { app.ToString(); return Stream(wix); }")]
    [InlineData("async Task<IAsyncEnumerable<string>> Get(ElevatedWixClient wix) => Texts(await wix.GetAsync<string>(\"/a\"));")]
    [InlineData(
        "async Task<IResult> Get(ElevatedWixClient wix) { var text = await wix.GetAsync<string>(\"/a\"); return Results.Stream(to => { "
        + "to.WriteByte((byte)text.Length); return Task.CompletedTask; }); }")]
    [InlineData("async Task<IResult> Get(ElevatedWixClient wix) => Results.Ok(await wix.GetAsync<string>(\"/a\"));")]
    [InlineData(
        "async Task<IResult> Get(ElevatedWixClient wix) => TypedResults.ServerSentEvents(Texts(await wix.GetAsync<string>(\"/a\")));")]
    public async Task F15_What_the_handler_has_read_itself_is_fine(string handler) => await Page(handler).VerifyAsync();

    [Fact]
    public async Task F15_What_the_handlers_object_holds_is_seen() =>
        await new Code("pages/a.cs", """
            [Elevate(Callers.User)]
            public sealed class A(ElevatedWixClient wix)
            {
                private readonly ElevatedWixClient _wix = wix;
                public IAsyncEnumerable<string> Get() => {|EP1004:All()|};
                public async IAsyncEnumerable<string> Put() { yield return await {|EP1004:_wix|}.GetAsync<string>("/a"); }
                private async IAsyncEnumerable<string> All() { yield return await _wix.GetAsync<string>("/a"); }
            }
            """).VerifyAsync();

    [Theory]
    [InlineData("endpoints.MapGet(\"/a\", (ElevatedWixClient wix) => Handlers.Stream({|EP1004:wix|})).Elevate(Callers.User);")]
    [InlineData(
        "endpoints.MapGet(\"/a\", (ElevatedWixClient wix) => "
        + "TypedResults.ServerSentEvents(Handlers.Stream({|EP1004:wix|}))).Elevate(Callers.User);")]
    [InlineData(
        "endpoints.MapGet(\"/a\", Local).Elevate(Callers.User); async IAsyncEnumerable<string> Local(ElevatedWixClient wix) { yield "
        + "return await {|EP1004:wix|}.GetAsync<string>(\"/a\"); }")]
    [InlineData("endpoints.MapGet(\"/a\", {|EP1004:Handlers.Stream|}).Elevate(Callers.User);")]
    [InlineData(
        "endpoints.MapGet(\"/a\", async (ElevatedWixClient wix) => { await foreach (var one in Handlers.Stream(wix)) return one; return "
        + "null; }).Elevate(Callers.User);")]
    public async Task F15_Minimal_APIs_are_looked_at(string route) =>
        await new Code(
            "Routes.cs", $"public static class Routes {{ public static void Map(IEndpointRouteBuilder endpoints) {{ {route} }} }}")
            .With("Handlers.cs",
                "public static class Handlers { public static async IAsyncEnumerable<string> Stream(ElevatedWixClient wix) { yield "
                + "return await wix.GetAsync<string>(\"/a\"); } }")
            .VerifyAsync();

    private const string Helpers = """
        private static async IAsyncEnumerable<string> Stream(ElevatedWixClient wix) { yield return await wix.GetAsync<string>("/a"); }
        private static async IAsyncEnumerable<string> Stream(WixClient wix) { yield return await wix.GetAsync<string>("/a"); }
        private static async IAsyncEnumerable<string> Of(Func<Task<string>> get) { yield return await get(); }
        private sealed class CallbackResult(Func<System.IO.Stream, Task> write) : IActionResult, IResult
        {
            public Task ExecuteResultAsync(ActionContext context) => write(context.HttpContext.Response.Body);
            public Task ExecuteAsync(HttpContext httpContext) => write(httpContext.Response.Body);
        }
        private static async IAsyncEnumerable<string> Texts(string text) { await Task.Yield(); yield return text; }
        """;

    private static Code Page(string handler) =>
        new("pages/a.cs",
            $"[Elevate(Callers.User)] public static class A {{ public static {handler.Replace(" Get(", " Post(", StringComparison.Ordinal)} {Helpers} }}");
}
