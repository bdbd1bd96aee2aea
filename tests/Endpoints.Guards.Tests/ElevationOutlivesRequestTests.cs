namespace Endpoints.Guards.Tests;

public sealed class ElevationOutlivesRequestTests
{
    [Theory]
    [InlineData(
        "public sealed class S { private readonly ElevatedWixClient {|EP1003:_wix|}; public S(ElevatedWixClient wix) => _wix = wix; }")]
    [InlineData("public sealed class S { public WixAuth? {|EP1003:Auth|} { get; set; } }")]
    [InlineData("public static class S { public static ElevatedWixClient? {|EP1003:Wix|}; }")]
    [InlineData("public sealed class S { private readonly Lazy<ElevatedWixClient>? {|EP1003:_wix|} = null; }")]
    [InlineData("public sealed class S { private readonly List<WixAuth> {|EP1003:_all|} = []; }")]
    [InlineData("public sealed class S(ElevatedWixClient {|EP1003:wix|}) { public object A() => wix; public object B() => wix; }")]
    [InlineData("public sealed record S(WixAuth {|EP1003:Auth|});")]
    [InlineData("public sealed class S { private object? _kept; public void Keep(ElevatedWixClient wix) => {|EP1003:_kept|} = wix; }")]
    [InlineData(
        "public sealed class S { private static object? kept; public void Keep(ElevatedWixClient wix) => {|EP1003:kept|} ??= wix; }")]
    [InlineData(
        "public sealed class S { private Func<string, Task<string>>? _update; public void Keep(WixAuth auth, SiteProperties site) => "
        + "{|EP1003:_update|} = auth.Elevate(site.UpdateSitePropertiesAsync); }")]
    [InlineData(
        "public sealed class S { private SiteProperties? _site; public void Keep(ElevatedWixClient wix, WixClient plain) { "
        + "{|EP1003:_site|} = wix.SiteProperties; _site = plain.SiteProperties; } }")]
    [InlineData(
        "public sealed class S { private SiteProperties? _site; public void Keep(ElevatedWixClient wix, WixClient plain) { "
        + "{|EP1003:_site|} = wix.GetModule<SiteProperties>(); _site = plain.GetModule<SiteProperties>(); } }")]
    [InlineData(
        "public sealed class S { private SiteProperties? _site; public void Keep(ElevatedWixClient wix, WixClient plain) { "
        + "{|EP1003:_site|} = wix.Site(); _site = plain.Site(); } } public static class E { public static SiteProperties Site(this "
            + "object wix) => (SiteProperties)wix; }")]
    [InlineData(
        "public sealed class S { private readonly WixClient? _wix; public void Use(ElevatedWixClient wix) { var local = wix; object "
        + "other = local; } }")]
    [InlineData("public sealed class S { public object Use(ElevatedWixClient wix) => wix; public ElevatedWixClient Wix => null!; }")]
    [InlineData("public sealed class S { private readonly Func<Task<ElevatedWixClient>>? {|EP1003:_make|} = null; }")]
    [InlineData("public sealed class S { private readonly IReadOnlyDictionary<string, ElevatedWixClient>? {|EP1003:_all|} = null; }")]
    [InlineData(
        "public sealed class S { private readonly Box<ElevatedWixClient>? {|EP1003:_box|} = null; } public sealed class Box<T>(T value) "
        + "{ public override string ToString() => $\"{value}\"; }")]
    [InlineData(
        "public sealed class S { private readonly Bag<ElevatedWixClient>? {|EP1003:_bag|} = null; } public sealed class Bag<T> : List<T>;")]
    [InlineData(
        "public sealed class S { private readonly IMake<ElevatedWixClient>? {|EP1003:_make|} = null; } public interface IMake<T> { bool "
        + "TryMake(out T? made); }")]
    [InlineData(
        "public sealed class S(Microsoft.Extensions.Logging.ILogger<ElevatedWixClient> log) { private readonly "
        + "Microsoft.Extensions.Logging.ILogger<WixAuth> _log = null!; public object Log => log; public object Other => _log; }")]
    [InlineData(
        "public sealed class S { private readonly Action<ElevatedWixClient>? _use = null; private readonly Func<WixAuth, int>? _count = "
        + "null; private readonly IComparer<WixAuth>? _order = null; public object? Use => _use ?? (object?)_count ?? _order; }")]
    [InlineData(
        "public sealed class S { private readonly Named<ElevatedWixClient>? _named = null; public object? Named => _named; } public "
        + "sealed class Named<T> { public string Name => typeof(T).Name; }")]
    public async Task Elevation_in_a_field_or_property_of_a_service_is_reported(string code) => await new Code("S.cs", code).VerifyAsync();

    [Fact]
    public async Task Classes_that_are_made_for_each_request_may_hold_it_but_not_in_a_static() =>
        await new Code("pages/a.cs", """
            [Elevate(Callers.User)]
            public sealed class A
            {
                private readonly WixAuth _auth;
                private static WixAuth? {|EP1003:kept|};
                public A(WixAuth auth) => _auth = auth;
                public object? Get() { {|EP1003:any|} = _auth; return any ?? kept; }
                private static object? any;
            }
            """)
            .With("BController.cs",
                "[Elevate(Callers.User)] public sealed class BController(WixAuth auth) : ControllerBase { private readonly WixAuth _auth "
                + "= auth; public object Get() => _auth; }")
            .With("C.cs", "public readonly record struct Query(string Id, WixAuth Auth);")
            .VerifyAsync();

    [Theory]
    [InlineData("_ = Task.Run(() => {|EP1004:wix|}.GetAsync<string>(\"/a\"));", "Task.Run")]
    [InlineData("await Task.Run(async () => { await {|EP1004:wix|}.GetAsync<string>(\"/a\"); await wix.GetAsync<string>(\"/b\"); });",
        "Task.Run")]
    [InlineData("_ = Task.Factory.StartNew(() => {|EP1004:wix|});", "Task.Factory.StartNew")]
    [InlineData("ThreadPool.QueueUserWorkItem(_ => {|EP1004:auth|}.ToString());", "ThreadPool.QueueUserWorkItem")]
    [InlineData("_ = new Timer(_ => {|EP1004:wix|}.ToString());", "a timer")]
    [InlineData("_ = new Timer(_ => { }, {|EP1004:wix|}, 0, 0);", "a timer")]
    [InlineData("new Thread(() => {|EP1004:wix|}.ToString()).Start();", "a thread")]
    [InlineData("new System.Timers.Timer().Elapsed += (_, _) => {|EP1004:wix|}.ToString();", "the event Elapsed")]
    [InlineData("context.Response.OnCompleted(() => {|EP1004:wix|}.GetAsync<string>(\"/a\"));", "Response.OnCompleted")]
    [InlineData("context.RequestAborted.Register(() => {|EP1004:wix|}.ToString());", "CancellationToken.Register")]
    [InlineData("_ = Task.Delay(1).ContinueWith(_ => {|EP1004:wix|});", "Task.ContinueWith")]
    [InlineData("var update = auth.Elevate(site.UpdateSitePropertiesAsync); _ = Task.Run(() => {|EP1004:update|}(\"x\"));", "Task.Run")]
    [InlineData("var get = auth.Elevate(() => Task.CompletedTask); _ = Task.Run({|EP1004:get|});", "Task.Run")]
    [InlineData("var copy = wix; _ = Task.Run(() => {|EP1004:copy|});", "Task.Run")]
    [InlineData("_ = Task.Run({|EP1004:wix|}.ToString);", "Task.Run")]
    [InlineData("var properties = wix.SiteProperties; _ = Task.Run(() => {|EP1004:properties|}.GetSitePropertiesAsync());", "Task.Run")]
    [InlineData("var properties = wix.GetModule<SiteProperties>(); _ = Task.Run(() => {|EP1004:properties|}.GetSitePropertiesAsync());",
        "Task.Run")]
    [InlineData("_ = FillAsync({|EP1004:wix|}); static Task FillAsync(ElevatedWixClient wix) => wix.GetAsync<string>(\"/a\");",
        "a call that nothing awaits")]
    [InlineData("_ = {|EP1004:FillAsync()|}; Task FillAsync() => wix.GetAsync<string>(\"/a\");", "a call that nothing awaits")]
    [InlineData("_ = {|EP1004:wix|}.GetAsync<string>(\"/a\");", "a call that nothing awaits")]
    [InlineData("_ = {|EP1004:wix|}.GetAsync<string>(\"/a\").WaitAsync(TimeSpan.FromSeconds(1));", "a call that nothing awaits")]
    [InlineData("var update = auth.Elevate(site.UpdateSitePropertiesAsync); _ = {|EP1004:update|}(\"x\");", "a call that nothing awaits")]
    [InlineData(
        "var channel = System.Threading.Channels.Channel.CreateUnbounded<Func<Task>>(); await channel.Writer.WriteAsync(() => "
        + "{|EP1004:wix|}.GetAsync<string>(\"/a\"));", "WriteAsync")]
    [InlineData(
        "var channel = System.Threading.Channels.Channel.CreateUnbounded<(string, object)>(); "
        + "channel.Writer.TryWrite((\"a\", {|EP1004:wix|}));", "TryWrite")]
    [InlineData(
        "var jobs = new Jobs(); await jobs.QueueBackgroundWorkItemAsync(async ct => await {|EP1004:wix|}.GetAsync<string>(\"/a\"));",
        "QueueBackgroundWorkItemAsync")]
    [InlineData("Jobs.Enqueue(() => {|EP1004:wix|}.GetAsync<string>(\"/a\"));", "Enqueue")]
    [InlineData("Jobs.Schedule(new Job({|EP1004:wix|}));", "Schedule")]
    [InlineData("Jobs.Enqueue({|EP1004:wix|}.ToString);", "Enqueue")]
    public async Task Elevation_in_work_that_may_outlive_the_handler_is_reported(string statement, string work)
    {
        var reported = await Handler(statement).VerifyAsync();

        Assert.Contains($"is used by work given to {work}, which", Assert.Single(reported).GetMessage(null), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("var properties = plain.SiteProperties; _ = Task.Run(() => properties.GetSitePropertiesAsync());")]
    [InlineData("_ = Task.Run(() => plain.GetAsync<string>(\"/a\"));")]
    [InlineData("await Task.WhenAll(wix.GetAsync<string>(\"/a\"), wix.GetAsync<string>(\"/b\"));")]
    [InlineData("var ids = new[] { 1 }.Select(id => wix.GetAsync<string>($\"/{id}\")); await Task.WhenAll(ids);")]
    [InlineData("_ = Task.Run(() => { var wix = new object(); return wix.ToString(); });")]
    [InlineData("_ = Task.Run(() => Use(context.RequestServices)); static object Use(IServiceProvider services) => services;")]
    [InlineData("var text = await wix.GetAsync<string>(\"/a\"); _ = Task.Run(() => text);")]
    [InlineData("var text = await wix.GetAsync<string>(\"/a\"); Jobs.Enqueue(() => Task.FromResult(text));")]
    [InlineData("Jobs.Schedule(await wix.GetAsync<string>(\"/a\"));")]
    [InlineData("Jobs.Schedule($\"{wix.ToString()} {wix.SiteProperties.GetHashCode()}\");")]
    [InlineData("_ = plain.GetAsync<string>(\"/a\");")]
    [InlineData("_ = await wix.GetAsync<string>(\"/a\");")]
    [InlineData("_ = wix.ToString();")]
    [InlineData("ElevatedWixClient mock = null!; _ = mock.GetAsync<string>(\"/a\");")]
    public async Task Work_without_elevation_and_elevation_that_is_awaited_are_fine(string statement)
    {
        // A local of the same name as a parameter is a local of the work itself.
        await Handler(statement).VerifyAsync();
    }

    private static Code Handler(string statement) => new Code("pages/a.cs", $$"""
        [Elevate(Callers.User)]
        public static class A
        {
            public static async Task Post(WixAuth auth, ElevatedWixClient wix, WixClient plain, SiteProperties site, HttpContext context)
            {
                {{statement}}
                await Task.CompletedTask;
            }
        }
        """).With("Jobs.cs", """
        public sealed class Jobs
        {
            public ValueTask QueueBackgroundWorkItemAsync(Func<CancellationToken, ValueTask<string>> work) => default;
            public static string Enqueue(Func<object?> work) => "";
            public static void Schedule(object job) { }
        }
        public readonly record struct Job(ElevatedWixClient Wix);
        """);
}
