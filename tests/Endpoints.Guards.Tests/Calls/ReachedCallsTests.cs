using Endpoints.Shared.Lock;
using Endpoints.Shared.Pages;
using Endpoints.Wix.Analyzers.Lock;
using Endpoints.Wix.Analyzers.Webhooks;
using Microsoft.CodeAnalysis;

namespace Endpoints.Guards.Tests.Calls;

/// <summary>What the code of an elevated endpoint can call as the app, as the guard lock has it.</summary>
public sealed class ReachedCallsTests
{
    private const string Get = "GET /site-properties/v4/properties";
    private const string Profile = "POST /site-properties/v4/properties/business-profile";
    private const string Product = "GET /stores/v3/products/{id}";
    private const string Items = "POST /wix-data/v2/items/query";

    // A package that knows Wix, and one that doesn't.
    private static readonly MetadataReference Library = Code.Emit("Shop.Library", """
        using System.Threading.Tasks;
        using Endpoints.Wix;

        namespace Shop.Library;

        public static class Tools
        {
            public static Task Repair(ElevatedWixClient wix) => wix.SiteProperties.GetSitePropertiesAsync();
            public static int Add(int a) => a;
        }
        public interface IRepairs { Task RunAsync(); }
        public sealed class Settings { public string Name { get; set; } = ""; }
        public class Bare : WixModule, IWixModule<Bare>
        {
            private Bare(WixChannel channel) : base(channel) { }
            static Bare IWixModule<Bare>.Create(WixChannel channel) => new(channel);
            public Task GoAsync() => Task.CompletedTask;
        }
        public class Spoken : WixModule, IWixModule<Spoken>
        {
            private Spoken(WixChannel channel) : base(channel) { }
            static Spoken IWixModule<Spoken>.Create(WixChannel channel) => new(channel);
            [CallsWix("POST /spoken/v1", "SPOKEN.GO", "SPOKEN.STAY"), CallsWix("GET /spoken/v1")]
            public Task GoAsync() => Task.CompletedTask;
            public int Plain() => 1;
        }
        """, [.. Code.RealWix]);

    private static readonly MetadataReference Stranger = Code.Emit("Stranger", """
        namespace Stranger;

        public interface ISender { void Send(object request); }
        public static class Text { public static string Trim(string text) => text.Trim(); public static void Take(object value) { } }
        """);

    [Theory]
    // As whom: clients say it by their type, and modules that are handed over are the caller's.
    [InlineData("Task Get(ElevatedWixClient wix) => wix.SiteProperties.GetSitePropertiesAsync();", Get)]
    [InlineData("Task Get(WixClient wix) => wix.SiteProperties.GetSitePropertiesAsync();", "")]
    [InlineData("Task Get(WixClient wix, ElevatedWixClient elevated) => wix.SiteProperties.GetSitePropertiesAsync();", "")]
    [InlineData("Task Get(SiteProperties properties) => properties.GetSitePropertiesAsync();", "")]
    [InlineData("Task Get(AdminWixClient wix) => wix.ForSite(\"x\").SiteProperties.GetSitePropertiesAsync();", Get)]
    [InlineData("Task Get(AppWixClient wix) => wix.ForInstance(\"x\").Products.GetAsync(\"x\");", Product)]
    [InlineData("Task Get(ElevatedWixClient? wix) => wix?.Products.GetAsync(\"x\") ?? Task.CompletedTask;", Product)]
    [InlineData("async Task Get(ElevatedWixClient wix) { var products = wix.Products; var again = products; await "
        + "again.GetAsync(\"x\"); }", Product)]
    [InlineData("async Task Get(WixClient wix) { var products = wix.Products; await products.GetAsync(\"x\"); }", "")]
    [InlineData("async Task Get(WixClient wix, ElevatedWixClient app) { var products = wix.Products; products = app.Products; await "
        + "products.GetAsync(\"x\"); }", Product)]
    [InlineData("Task Get(ElevatedWixClient wix) => Read(wix.Products); static Task Read(Products products) => "
        + "products.GetAsync(\"x\");", Product)]
    [InlineData("Task Get(WixClient wix) => Read(wix.Products); static Task Read(Products products) => products.GetAsync(\"x\");", "")]
    [InlineData("Task Get(WixClient wix, ElevatedWixClient app) => Read(wix.Products); static Task Read(Products products) => "
        + "products.GetAsync(\"x\"); "
        + "static Products Other(ElevatedWixClient app) => app.Products;", Product)]
    // auth.Elevate: a method by its name, and whatever else it is given.
    [InlineData("Task Get(WixAuth auth, SiteProperties properties) => auth.Elevate(properties.GetSitePropertiesAsync)();", Get)]
    [InlineData("async Task Get(WixAuth auth, SiteProperties properties) { await properties.GetSitePropertiesAsync(); "
        + "var update = auth.Elevate(properties.UpdateBusinessProfileAsync); await update(new(), default); }", Profile)]
    [InlineData("Task Get(WixAuth auth, Products products) { Func<string, CancellationToken, Task<Endpoints.Wix.Modules.Product>> get = "
        + "products.GetAsync; return auth.Elevate(get)(\"x\", default); }",
        Product)]
    // Data, which is called where the query ends.
    [InlineData("Task Get(ElevatedWixClient wix) => wix.Data.Items.Query(\"C\").Eq(\"a\", 1).Limit(2).FindAsync();", Items)]
    [InlineData("Task Get(WixClient wix) => wix.Data.Items.Query(\"C\").Eq(\"a\", 1).Limit(2).FindAsync();", "")]
    [InlineData("object Get(ElevatedWixClient wix) => wix.Data.Items.Query(\"C\");", "")]
    [InlineData("async Task Get(ElevatedWixClient wix) { await foreach (var item in wix.Data.Items.Query(\"C\").AllAsync()) { } }", Items)]
    // Where the code goes on.
    [InlineData("Task Get(ElevatedWixClient wix) => One(wix); static Task One(ElevatedWixClient wix) => Two(wix); "
        + "static Task Two(ElevatedWixClient wix) => wix.Products.GetAsync(\"x\");", Product)]
    [InlineData("Task Get(ElevatedWixClient wix) { return Inner(); Task Inner() => wix.Products.GetAsync(\"x\"); }", Product)]
    [InlineData("Task Get(ElevatedWixClient wix) => Task.Run(async () => await wix.Products.GetAsync(\"x\"));", Product)]
    [InlineData("Task Get(ElevatedWixClient wix) => new Helper(wix).Run(); sealed class Helper(ElevatedWixClient wix) { "
        + "public Task Run() => wix.Products.GetAsync(\"x\"); }", Product)]
    [InlineData("object Get(ElevatedWixClient wix) => new Helper(wix).Value; sealed class Helper(ElevatedWixClient wix) { "
        + "public object Value => wix.Products.GetAsync(\"x\"); }", Product)]
    [InlineData("object Get(ElevatedWixClient wix) => new Helper(wix); sealed class Helper(ElevatedWixClient wix) { "
        + "private readonly Task _value = wix.Products.GetAsync(\"x\"); }", Product)]
    [InlineData("object Get(ElevatedWixClient wix) => new Helper(wix); sealed class Helper { "
        + "public Helper(ElevatedWixClient wix) : this(wix.Products.GetAsync(\"x\")) { } private Helper(Task task) { } }", Product)]
    [InlineData("object Get(ElevatedWixClient wix) => (string)new Helper(wix); sealed class Helper(ElevatedWixClient wix) { "
        + "public static implicit operator string(Helper helper) => helper.ToString() + helper.Go(); Task Go() => "
            + "wix.Products.GetAsync(\"x\"); }", Product)]
    [InlineData("Task Get(ElevatedWixClient wix) => Call(wix); static readonly Func<ElevatedWixClient, Task> Call = static wix => "
        + "wix.Products.GetAsync(\"x\");", Product)]
    [InlineData("Task Get(ElevatedWixClient wix) => s_call!(wix); static Func<ElevatedWixClient, Task>? s_call; "
        + "static void Set() => s_call = static wix => wix.Products.GetAsync(\"x\");", Product)]
    [InlineData("Task Get(ElevatedWixClient wix) => All[\"x\"](wix); static Dictionary<string, Func<ElevatedWixClient, Task>> All { "
        + "get; } = new() { [\"x\"] = One }; "
        + "static Task One(ElevatedWixClient wix) => wix.Products.GetAsync(\"x\");", Product)]
    [InlineData("Task Get(ElevatedWixClient wix, IHelper helper) => helper.Run(wix); public interface IHelper { Task "
        + "Run(ElevatedWixClient wix); } "
        + "sealed class First : IHelper { public Task Run(ElevatedWixClient wix) => wix.Products.GetAsync(\"x\"); } "
        + "sealed class Second : IHelper { Task IHelper.Run(ElevatedWixClient wix) => wix.SiteProperties.GetSitePropertiesAsync(); }",
        Get + "; " + Product)]
    [InlineData("Task Get(ElevatedWixClient wix, Base helper) => helper.Run(wix); public class Base { public virtual Task "
        + "Run(ElevatedWixClient wix) => Task.CompletedTask; } "
        + "sealed class First : Base { public override Task Run(ElevatedWixClient wix) => wix.Products.GetAsync(\"x\"); }", Product)]
    [InlineData("IResult Get(ElevatedWixClient wix) => new Answer(wix); sealed class Answer(ElevatedWixClient wix) : IResult { "
        + "public Task ExecuteAsync(HttpContext context) => wix.Products.GetAsync(\"x\"); }", Product)]
    [InlineData("void Get(ElevatedWixClient wix) { using var helper = new Helper(wix); } sealed class Helper(ElevatedWixClient wix) : "
        + "IDisposable { "
        + "public void Dispose() => wix.Products.GetAsync(\"x\"); }", Product)]
    [InlineData("Task Get(IServiceProvider services) => services.GetRequiredService<Helper>().Run(); public sealed class "
        + "Helper(ElevatedWixClient wix) { "
        + "public Task Run() => wix.Products.GetAsync(\"x\"); }", Product)]
    [InlineData("Task Get(ElevatedWixClient wix) => First(wix); static Task First(ElevatedWixClient wix) => Second(wix, 1); "
        + "static Task Second(ElevatedWixClient wix, int left) => left > 0 ? First(wix) : wix.Products.GetAsync(\"x\");", Product)]
    // Not what only stands there, or is another handler's.
    [InlineData("object Get(ElevatedWixClient wix) => nameof(wix.Products.GetAsync);", "")]
    [InlineData("object Get(ElevatedWixClient wix) => 1; static Task Other(ElevatedWixClient wix) => wix.Products.GetAsync(\"x\");", "")]
    [InlineData("object Get(Jobs jobs) => jobs.Name; public sealed class Jobs(ElevatedWixClient wix) : "
        + "Microsoft.Extensions.Hosting.BackgroundService { public string Name => \"\"; "
        + "protected override Task ExecuteAsync(CancellationToken stoppingToken) => wix.Products.GetAsync(\"x\"); }", "")]
    // By its address.
    [InlineData("Task Get(ElevatedWixClient wix) => wix.FetchWithAuthAsync(HttpMethod.Get, \"/a/b?c=d\");", "GET /a/b")]
    [InlineData("Task Get(ElevatedWixClient wix, string id) => wix.FetchWithAuthAsync(HttpMethod.Post, $\"/a/{id}/c\");", "POST /a/{id}/c")]
    [InlineData("Task Get(ElevatedWixClient wix, string id) => wix.FetchWithAuthAsync(new HttpMethod(\"PUT\"), "
        + "$\"https://www.wixapis.com/a/{Uri.EscapeDataString(id)}\");",
        "PUT /a/{id}")]
    [InlineData("Task Get(ElevatedWixClient wix, string id) => wix.FetchWithAuthAsync(HttpMethod.Get, \"/a/\" + id);", "unseen "
        + "Endpoints.Wix.WixApiClient.FetchWithAuthAsync")]
    [InlineData("Task Get(ElevatedWixClient wix, string id) => wix.FetchWithAuthAsync(HttpMethod.Get, $\"/a/x{id}\");", "unseen "
        + "Endpoints.Wix.WixApiClient.FetchWithAuthAsync")]
    [InlineData("Task Get(WixClient wix, string id) => wix.FetchWithAuthAsync(HttpMethod.Get, \"/a/\" + id);", "")]
    [InlineData("Task Get(WixAuth auth, WixClient wix, string id) => auth.Elevate(wix.FetchWithAuthAsync)(HttpMethod.Get, id, null, "
        + "default);",
        "unseen Endpoints.Wix.WixApiClient.FetchWithAuthAsync")]
    // What can't be seen is named.
    [InlineData("Task Get(ElevatedWixClient wix) => Shop.Library.Tools.Repair(wix);", "unseen Shop.Library.Tools.Repair")]
    [InlineData("object Get(ElevatedWixClient wix) => Shop.Library.Tools.Add(1) + new Shop.Library.Settings { Name = \"x\" }.Name;",
        "unseen Shop.Library.Tools.Add")]
    [InlineData("Task Get(ElevatedWixClient wix, Shop.Library.IRepairs repairs) => repairs.RunAsync();", "unseen "
        + "Shop.Library.IRepairs.RunAsync")]
    [InlineData("Task Get(ElevatedWixClient wix, Shop.Library.IRepairs repairs) => repairs.RunAsync(); sealed class "
        + "Own(ElevatedWixClient wix) : Shop.Library.IRepairs { "
        + "public Task RunAsync() => wix.Products.GetAsync(\"x\"); }", Product + "; unseen Shop.Library.IRepairs.RunAsync")]
    [InlineData("void Get(ElevatedWixClient wix, Stranger.ISender sender) => sender.Send(1);", "unseen Stranger.ISender.Send")]
    [InlineData("object Get(ElevatedWixClient wix) => Stranger.Text.Trim(\"x\");", "")]
    [InlineData("void Get(ElevatedWixClient wix) => Stranger.Text.Take(wix);", "unseen Stranger.Text.Take")]
    [InlineData("void Get(ElevatedWixClient wix) => Stranger.Text.Take(wix.Products);", "unseen Stranger.Text.Take")]
    [InlineData("void Get(WixClient wix) => Stranger.Text.Take(wix.Products);", "")]
    [InlineData("Task Get(ElevatedWixClient wix, IHelper helper) => helper.Run(wix); public interface IHelper { Task "
        + "Run(ElevatedWixClient wix); }",
        "unseen Pages.A.IHelper.Run")]
    [InlineData("object Get(ElevatedWixClient wix) { dynamic any = wix; return any.Anything(); }", "unseen dynamic Anything")]
    // Modules of others, with and without their facts, and of the project's own.
    [InlineData("Task Get(ElevatedWixClient wix) => wix.GetModule<Shop.Library.Bare>().GoAsync();", "unseen Shop.Library.Bare.GoAsync")]
    [InlineData("Task Get(WixClient wix) => wix.GetModule<Shop.Library.Bare>().GoAsync();", "")]
    [InlineData("Task Get(ElevatedWixClient wix) => wix.GetModule<Shop.Library.Spoken>().GoAsync();", "GET /spoken/v1; POST /spoken/v1 "
        + "(SPOKEN.GO, SPOKEN.STAY)")]
    [InlineData("object Get(ElevatedWixClient wix) => wix.GetModule<Shop.Library.Spoken>().Plain();", "")]
    [InlineData("Task Get(ElevatedWixClient wix) => wix.GetModule<Own>().GoAsync();" + OwnModule, "GET /own/{id} (OWN.READ)")]
    [InlineData("Task Get(WixClient wix) => wix.GetModule<Own>().GoAsync();" + OwnModule, "")]
    [InlineData("Task Get(ElevatedWixClient wix) => wix.GetModule<Own>().AnyAsync(null!);" + OwnModule, "unseen "
        + "Endpoints.Wix.WixModule.SendAsync")]
    public void The_lock_has_what_the_code_can_call(string members, string calls)
    {
        var (entry, _) = Assert.Single(Read(Page(members)), static found => found.Endpoint.Code is null);

        Assert.Equal(calls, Text(entry));
    }

    private const string OwnModule = """
         public sealed class Own : WixModule, IWixModule<Own>
        {
            private static readonly WixOperation<WixEmpty> One = new(HttpMethod.Get, "/own/{id}",
                WixSerializer.Empty) { PermissionIds = ["OWN.READ"] };
            private Own(WixChannel channel) : base(channel) { }
            static Own IWixModule<Own>.Create(WixChannel channel) => new(channel);
            public Task GoAsync() => SendAsync(One, new WixArguments("x"));
            public Task AnyAsync(WixOperation<WixEmpty> operation) => SendAsync(operation);
        }
        """;

    [Fact]
    public void Permissions_are_those_of_the_attribute()
    {
        var (entry, _) = Assert.Single(Read(Page("Task Get(ElevatedWixClient wix) => wix.SiteProperties.GetSitePropertiesAsync();")));

        Assert.Equal("GET /site-properties/v4/properties (SITE_SETTINGS.VIEW)", Assert.Single(entry.Calls!.Value).ToString());
    }

    [Fact]
    public void Handlers_of_all_kinds_have_their_own_calls()
    {
        var code = new Code("Program.cs", """
            var app = WebApplication.Create();
            Func<ElevatedWixClient, Task> kept = wix => wix.SiteProperties.GetSitePropertiesAsync();
            app.MapGet("/lambda", (ElevatedWixClient wix) => wix.Products.GetAsync("x")).Elevate(Callers.User);
            app.MapGet("/local", Local).Elevate(Callers.User);
            app.MapGet("/group", Handlers.Get).Elevate(Callers.User);
            app.MapGet("/kept", kept).Elevate(Callers.User);
            app.MapGet("/none", () => 1).Elevate(Callers.User);
            app.MapGroup("/admin").Elevate(Callers.User);
            static Task Local(ElevatedWixClient wix) => wix.Data.Items.Query("C").FindAsync();
            public static class Handlers { public static Task Get(ElevatedWixClient wix) => wix.Products.QueryAsync(); }
            [ApiController] public sealed class Orders(ElevatedWixClient wix) : ControllerBase
            {
                [HttpGet("/action"), Elevate(Callers.User)] public Task Get() => wix.Products.GetAsync("x");
                [HttpGet("/other"), Elevate(Callers.User)] public Task Other() => wix.SiteProperties.GetSitePropertiesAsync();
            }
            """) { References = [.. Code.RealWix] };

        Assert.Equal(
            [
                "GET /action: " + Product, $"ALL /admin/**: unseen ?", "GET /group: POST /stores/v3/products/query", "GET /kept: " + Get,
                "GET /lambda: " + Product, "GET /local: " + Items, "GET /none: ", "GET /other: " + Get,
            ],
            Read(code).Select(static found => $"{found.Endpoint.Name}: {Text(found.Endpoint)}").Order(StringComparer.Ordinal)
                .OrderBy(static text => text.Split(' ')[1], StringComparer.Ordinal));
    }

    [Fact]
    public void Two_handlers_of_a_class_have_each_its_own_calls()
    {
        var found = Read(Page("Task Get(ElevatedWixClient wix) => wix.Products.GetAsync(\"x\"); "
            + "public static Task Post(ElevatedWixClient wix) => wix.SiteProperties.GetSitePropertiesAsync();"));

        Assert.Equal(["GET: " + Product, "POST: " + Get], found.Select(static one => $"{one.Endpoint.Method}: "
            + $"{Text(one.Endpoint)}").Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_new_call_fails_the_build_as_any_widening_does()
    {
        var written = Lock.GuardLockGeneratorTests.Run(Page("object Get(ElevatedWixClient wix) => 1;"), write: true);
        var lockText = Lock.GuardLockGeneratorTests.LockOf(written);
        var wider = Page("Task Get(ElevatedWixClient wix) => Read(wix); static Task Read(ElevatedWixClient wix) => "
            + "wix.SiteProperties.GetSitePropertiesAsync();");

        var diagnostic = Assert.Single(Lock.GuardLockGeneratorTests.Run(wider, lockText).Diagnostics);

        Assert.Equal("EP1102", diagnostic.Id);
        Assert.StartsWith("'GET /a' opens wider than endpoints.lock.json: its code can call GET /site-properties/v4/properties "
            + "(SITE_SETTINGS.VIEW). If",
            diagnostic.GetMessage(null), StringComparison.Ordinal);
        var rewritten = Lock.GuardLockGeneratorTests.LockOf(Lock.GuardLockGeneratorTests.Run(wider, write: true));
        Assert.Contains("\"calls\": {\n        \"GET /site-properties/v4/properties\": [\"SITE_SETTINGS.VIEW\"] } }", rewritten,
            StringComparison.Ordinal);
        Assert.Empty(Lock.GuardLockGeneratorTests.Run(wider, rewritten).Diagnostics);
        Assert.Equal("EP1103", Assert.Single(Lock.GuardLockGeneratorTests.Run(Page("object Get(ElevatedWixClient wix) => 1;"),
            rewritten).Diagnostics).Id);
    }

    [Theory]
    [InlineData("GET /site-properties/*", 0)]
    [InlineData("GET /site-properties/v4/properties", 0)]
    [InlineData("* /*", 0)]
    [InlineData("POST /site-properties/*", 1)]
    [InlineData("GET /site-properties/v4/properties/{id}", 1)]
    public void A_call_that_Only_refuses_is_a_warning(string only, int warnings)
    {
        var code = new Code("pages/a.cs", $"[Elevate(Callers.User, Only = [\"{only}\"])] public static class A {{ public static Task "
            + "Get(ElevatedWixClient wix) => wix.SiteProperties.GetSitePropertiesAsync(); }") { References = [.. Code.RealWix] };

        var reported = Lock.GuardLockGeneratorTests.Run(code).Diagnostics;

        Assert.Equal(Enumerable.Repeat("EP1109", warnings), reported.Select(static one => one.Id));
        Assert.All(reported, one => Assert.Equal(
            $"The code of 'GET /a' calls GET /site-properties/v4/properties (SITE_SETTINGS.VIEW), and Only allows {only}, so the call "
                + $"is refused: "
            + "add it to Only, or leave it out of the code", one.GetMessage(null)));
    }

    [Fact]
    public void A_typed_call_in_Only_is_checked_by_the_compiler()
    {
        Code Page(string call) => new("pages/a.cs", $"[Elevate(Callers.User, Only = [SiteProperties.Calls.{call}])] public static class "
            + $"A {{ "
            + "public static Task Get(ElevatedWixClient wix) => wix.SiteProperties.GetSitePropertiesAsync(); "
                + "}") { References = [.. Code.RealWix] };

        var (entry, _) = Assert.Single(Read(Page("GetSiteProperties")));
        Assert.Equal("GET /site-properties/v4/properties", Assert.Single(entry.Only!.Value));
        Assert.Equal("CS0117", Assert.Single(Page("GetSiteProprties").Compile().GetDiagnostics(),
            static one => one.Severity == DiagnosticSeverity.Error).Id);
    }

    [Fact]
    public void Event_handlers_and_plugins_have_their_calls()
    {
        var code = new Code("events/a.cs", """
            public class A(ElevatedWixClient wix)
            {
                public Task Handle(WixEvent e) => wix.Products.GetAsync("x");
                public Task Other() => wix.SiteProperties.GetSitePropertiesAsync();
            }
            """.Replace("public class A", "[WixEvent(\"a.b_c\")] public class A", StringComparison.Ordinal))
        {
            References = [.. Code.RealWix],
        };

        Assert.Equal(Product, Text(Assert.Single(Read(code)).Endpoint));
    }

    private static Code Page(string members) => new("pages/a.cs",
        $"using Endpoints.Wix.Modules; namespace Pages; [Elevate(Callers.User)] public static class A {{ public static {members} }}")
    {
        References = [.. Code.RealWix, Library, Stranger],
    };

    private static IReadOnlyList<(LockedEndpoint Endpoint, Location Location)> Read(Code code)
    {
        var compilation = code.Compile();
        Assert.Empty(compilation.GetDiagnostics().Where(static diagnostic => diagnostic.Severity == DiagnosticSeverity.Error));
        var options = Code.Options.Of([]).GlobalOptions;
        return GuardedCode.ReadAll(compilation, PagesOptions.Read([], options), default, webhooks: WebhookOptions.Read([], options));
    }

    private static string Text(LockedEndpoint entry) => string.Join(
        "; ",
        entry.Calls!.Value.Select(static call =>
            call.Operation.Contains("site-prop", StringComparison.Ordinal) || call.Operation.Contains("stores", StringComparison.Ordinal)
                ? call.Operation : call.ToString())
            .Concat(entry.Unseen.Select(static name => $"unseen {name}")));
}
