using System.Reflection;
using Endpoints.Wix;
using Endpoints.Wix.Emulator;
using GuardedSite;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace Endpoints.Testing.Tests;

/// <summary>The matrix finds every hole that an application or its lock can have, and runs nothing.</summary>
public sealed class GuardMatrixTests : IDisposable
{
    private static readonly string Folder = typeof(GuardMatrixTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(static data => data.Key == "GuardedSite").Value!;

    private readonly string _lock = Path.GetTempFileName();

    [Fact]
    public async Task S01_Every_endpoint_against_every_kind_of_caller_is_what_the_lock_says()
    {
        var report = await GuardMatrix.VerifyAsync<Program>();

        Assert.Empty(report.Differences);
        Assert.All(report.Cells,
            static cell => Assert.Equal(cell.IsLetIn, cell.Outcome is GuardMatrixOutcome.Admitted or GuardMatrixOutcome.RefusedByPolicy));
        // Every endpoint, by seven kinds of callers; those that change something by one more.
        string[] reading = ["ALL /api/[...rest] (GET)", "GET /admin/report", "GET /api/orders/[id]", "GET /baskets/All",
            "GET /items/{name}", "GET /minimal/{number:int}", "GET /reports", "GET Home.Index (by convention)"];
        string[] changing =
        [
            "ALL /api/[...rest] (POST)", "DELETE /admin/report/{id:guid}", "POST /api/orders/[id]", "POST /baskets/Pay", "POST /configured",
            "POST /jobs/sync", "POST /nightly",
            "PUT /baskets/Change/{id:length(5)}",
        ];
        Assert.Equal(
            reading.Select(static name => (name, 9)).Concat(changing.Select(static name => (name, 10))).Order(),
            report.Cells.GroupBy(static cell => cell.Endpoint).Select(static row => (row.Key, row.Count())).Order());
        Assert.Equal(0, Work.Runs);
    }

    [Fact]
    public async Task S01_An_endpoint_of_a_named_app_is_called_by_that_apps_callers()
    {
        await File.WriteAllTextAsync(_lock, Replaced(await Committed(), "\"endpoints\": [", """
            "endpoints": [
                { "method": "GET", "route": "/kiosk", "callers": ["Member"], "settings": ["App=kiosk"] },
            """));
        Delegate handler = Work.Run;

        var report = await GuardMatrix.VerifyAsync<Program>(options =>
        {
            options.LockFiles.Add(_lock);
            options.ConfigureServices = services =>
            {
                services.AddWix("kiosk", static _ => { });
                services.AddTransient<IStartupFilter>(_ => new Maps(
                    routes => routes.MapGet("/kiosk", handler).Elevate(Callers.Member, static guards => guards.App = "kiosk")));
            };
        });

        Assert.Equal([GuardMatrixCaller.Member, GuardMatrixCaller.MemberSession],
            report.Cells.Where(static cell => cell is { Endpoint: "GET /kiosk", Outcome: GuardMatrixOutcome.Admitted })
                .Select(static cell => cell.Caller));
        Assert.Equal(0, Work.Runs);
    }

    [Fact]
    public async Task In_Production_too()
    {
        var report =
            await GuardMatrix.VerifyAsync<Program>(
                static options => options.ConfigureHost = static host => host.UseEnvironment("Production"));

        Assert.NotEmpty(report.Cells);
    }

    [Fact]
    public async Task An_application_that_starts_an_emulator_of_its_own_is_tested_and_not_the_emulator()
    {
        var report = await GuardMatrix.VerifyAsync<Program>(static options => options.Settings["OwnEmulator"] = "true");

        Assert.NotEmpty(report.Cells);
    }

    [Fact]
    public async Task S47_Who_is_let_in_is_seen_to_get_past_the_guards_and_no_further()
    {
        var report = await GuardMatrix.VerifyAsync<Program>();

        Assert.Equal(
            [
                GuardMatrixCaller.Nobody, GuardMatrixCaller.Visitor, GuardMatrixCaller.VisitorSession, GuardMatrixCaller.Member,
                GuardMatrixCaller.MemberSession,
            ],
            report.Cells.Where(
                static cell => cell.Endpoint == "PUT /baskets/Change/{id:length(5)}" && cell.Outcome == GuardMatrixOutcome.Admitted)
                .Select(static cell => cell.Caller));
        Assert.Equal(
            [GuardMatrixCaller.App],
            report.Cells.Where(static cell => cell.Endpoint == "POST /jobs/sync" && cell.Outcome == GuardMatrixOutcome.Admitted)
                .Select(static cell => cell.Caller));
        Assert.Equal(
            [GuardMatrixCaller.Service],
            report.Cells.Where(static cell => cell.Endpoint == "POST /nightly" && cell.Outcome == GuardMatrixOutcome.Admitted)
                .Select(static cell => cell.Caller));
        Assert.Contains(report.Cells, static cell => cell is
        {
            Endpoint: "POST /nightly", Caller: GuardMatrixCaller.ServiceElsewhere, Outcome: GuardMatrixOutcome.Refused, Status: 403,
        });
        Assert.Equal(0, Work.Runs);
    }

    [Fact]
    public async Task What_a_policy_refuses_is_shown_and_is_no_difference()
    {
        var report = await GuardMatrix.VerifyAsync<Program>();

        var post = report.Cells.Where(static cell => cell.Endpoint == "POST /api/orders/[id]").ToDictionary(static cell => cell.Caller);
        Assert.Equal((GuardMatrixOutcome.RefusedByPolicy, 403),
            (post[GuardMatrixCaller.Member].Outcome, post[GuardMatrixCaller.Member].Status));
        Assert.Equal((GuardMatrixOutcome.RefusedByPolicy, 403),
            (post[GuardMatrixCaller.User].Outcome, post[GuardMatrixCaller.User].Status));
        Assert.Equal((GuardMatrixOutcome.Refused, 401), (post[GuardMatrixCaller.Nobody].Outcome, post[GuardMatrixCaller.Nobody].Status));
        Assert.Contains("403 p", report.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nor_is_what_a_demand_refuses_that_the_lock_does_not_know()
    {
        var report = await GuardMatrix.VerifyAsync<Program>();

        var reports = report.Cells.Where(static cell => cell.Endpoint == "GET /reports").ToDictionary(static cell => cell.Caller);
        Assert.Equal((GuardMatrixOutcome.RefusedByPolicy, 403),
            (reports[GuardMatrixCaller.User].Outcome, reports[GuardMatrixCaller.User].Status));
        Assert.Equal((GuardMatrixOutcome.Refused, 401),
            (reports[GuardMatrixCaller.Nobody].Outcome, reports[GuardMatrixCaller.Nobody].Status));
    }

    [Fact]
    public async Task A_caller_whom_the_policy_knows_gets_in()
    {
        var report =
            await GuardMatrix.VerifyAsync<Program>(
                static options => options.Identities[Callers.Member] = EmulatedIdentity.Member("the-boss"));

        var post = report.Cells.Where(static cell => cell.Endpoint == "POST /api/orders/[id]").ToDictionary(static cell => cell.Caller);
        Assert.Equal(GuardMatrixOutcome.Admitted, post[GuardMatrixCaller.Member].Outcome);
        Assert.Equal(GuardMatrixOutcome.Admitted, post[GuardMatrixCaller.MemberSession].Outcome);
        Assert.Equal(GuardMatrixOutcome.Refused, post[GuardMatrixCaller.MemberSessionElsewhere].Outcome);
        Assert.Equal(GuardMatrixOutcome.RefusedByPolicy, post[GuardMatrixCaller.User].Outcome);
    }

    [Theory]
    [InlineData("""GET", "route": "/api/orders/[id]", "callers": ["Member"]""",
        """GET", "route": "/api/orders/[id]", "callers": ["User"]""", "GET /api/orders/[id]: Member gets in; the lock lets in User")]
    [InlineData(""" "/baskets/Change/{id:length(5)}", "callers": ["Visitor", "Member"]""",
        """ "/baskets/Change/{id:length(5)}", "callers": ["Member"]""",
        "PUT /baskets/Change/{id:length(5)}: Nobody gets in; the lock lets in Member")]
    [InlineData(""" "/baskets/All", "callers": ["User"]""", """ "/baskets/All", "callers": ["App"]""",
        "GET /baskets/All: User gets in; the lock lets in App")]
    [InlineData(""" "Home.Index (by convention)", "callers": ["Member"]""", """ "Home.Index (by convention)", "callers": ["User"]""",
        "GET Home.Index (by convention): MemberSession gets in; the lock lets in User")]
    [InlineData(""" "/admin/**", "callers": ["User"]""", """ "/admin/**", "callers": ["App"]""",
        "DELETE /admin/report/{id:guid}: User gets in; the lock lets in App")]
    [InlineData(""" "/api/[...rest]", "callers": ["User", "App"]""", """ "/api/[...rest]", "callers": ["User"]""",
        "ALL /api/[...rest] (POST): App gets in; the lock lets in User")]
    public async Task S01_An_endpoint_that_is_open_wider_than_the_lock_is_found(string now, string locked, string difference)
    {
        var report = await FailAsync(text => Replaced(text, now, locked));

        Assert.Contains(difference, report.Differences);
        Assert.Contains("in !", report.ToString(), StringComparison.Ordinal);
        Assert.Equal(0, Work.Runs);
    }

    [Theory]
    [InlineData(""" "/nightly", "callers": ["Service"]""", """ "/nightly", "callers": ["App", "Service"]""",
        "POST /nightly: App is refused (403); the lock lets in App, Service")]
    [InlineData(""" "/jobs/sync", "callers": ["App"]""", """ "/jobs/sync", "callers": ["User", "App"]""",
        "POST /jobs/sync: User is refused (403); the lock lets in User, App")]
    [InlineData("""["Staff"]""", """["Owners"]""", "POST /api/orders/[id]: its policy is Staff; the lock has Owners")]
    [InlineData(""", "policies": ["Staff"]""", "", "POST /api/orders/[id]: Member is refused (403); the lock lets in Member, User")]
    [InlineData("GuardedSite.OwnsOrder", "GuardedSite.OwnsBasket",
        "POST /api/orders/[id]: its check is GuardedSite.OwnsOrder; the lock has GuardedSite.OwnsBasket")]
    [InlineData("1/1h", "1/2h", "PUT /baskets/Change/{id:length(5)}: its rate limit is 1/1h; the lock has 1/2h")]
    [InlineData("GET /site-properties/*", "GET /stores/*",
        "PUT /baskets/Change/{id:length(5)}: its elevation may call GET /site-properties/*; the lock has GET /stores/*")]
    [InlineData(""" "/items/{name}", "callers": ["Member"]""", """ "/items/{name}", "callers": ["Member"], "authorize": ["signed in"]""",
        "GET /items/{name}: nothing of [Authorize] holds for it any more; the lock has signed in")]
    public async Task Every_other_guard_is_held_against_the_lock(string now, string locked, string difference)
    {
        var report = await FailAsync(text => Replaced(text, now, locked));

        Assert.Contains(difference, report.Differences);
    }

    [Fact]
    public async Task An_endpoint_that_is_not_in_the_lock_is_found()
    {
        var report =
            await FailAsync(
                static text => Replaced(text, """
                    { "method": "GET", "route": "/items/{name}", "callers": ["Member"],
                          "calls": {
                            "GET /site-properties/v4/properties": ["SITE_SETTINGS.VIEW"] } },

                    """ + "    ", ""));

        Assert.Equal(["GET /items/{name} is elevated for Member and not in the lock"], report.Differences);
    }

    [Fact]
    public async Task An_entry_without_an_endpoint_is_found()
    {
        var report = await FailAsync(static text => Replaced(text, "\"/items/{name}\"", "\"/items/{id}\""));

        Assert.Equal(
            ["GET /items/{name} is elevated for Member and not in the lock",
                "GET /items/{id} is in the lock, and the application has no such endpoint"], report.Differences);
    }

    [Fact]
    public async Task S53_A_guard_that_was_lost_is_found_and_the_handler_is_not_run()
    {
        var report = await FailAsync(hole: "unguarded");

        Assert.Equal(["GET /minimal/{number:int} is in the lock, and the application has it without [Elevate]"], report.Differences);
        Assert.Equal(0, Work.Runs);
    }

    [Fact]
    public async Task S53_Guards_that_are_there_and_do_not_run_stop_the_start()
    {
        await File.WriteAllTextAsync(_lock, await Committed());

        var stopped = await Assert.ThrowsAsync<InvalidOperationException>(() => GuardMatrix.VerifyAsync<Program>(options =>
        {
            options.LockFiles.Add(_lock);
            options.Settings["Hole"] = "replaced";
        }));

        Assert.Contains("[Elevate] does not hold on HTTP: GET /items/{name}", stopped.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_middleware_that_answers_in_place_of_the_guards_is_found()
    {
        var report = await FailAsync(hole: "shortcut");

        Assert.Contains("GET /minimal/{number:int}: a request of User was answered 200 and not by the guards", report.Differences);
    }

    [Fact]
    public async Task An_application_that_throws_is_found()
    {
        var report = await FailAsync(hole: "throws");

        Assert.Contains(report.Differences,
            static difference => difference.StartsWith("GET /minimal/{number:int}: a request of Nobody", StringComparison.Ordinal));
        Assert.DoesNotContain(report.Cells, static cell => cell.Endpoint == "GET /minimal/{number:int}" && cell.Difference is null);
    }

    [Fact]
    public async Task A_limit_of_the_applications_own_is_never_taken_for_a_refusal()
    {
        var report = await FailAsync(hole: "application's limit");

        Assert.Contains(
            "POST /jobs/sync: a request of Visitor was over a limit of the application (429), so nothing is known of the guards. Lift it "
            + "in ConfigureServices or Settings.",
            report.Differences);
    }

    [Fact]
    public async Task An_endpoint_that_another_stands_before_is_reached_by_route_values_or_reported()
    {
        // The first value that is tried is a number, which leads elsewhere.
        Assert.Empty((await GuardMatrix.VerifyAsync<Program>(static options => options.Settings["Hole"] = "shadowed")).Differences);

        var failure = await Assert.ThrowsAsync<GuardMatrixException>(() => GuardMatrix.VerifyAsync<Program>(static options =>
        {
            options.Settings["Hole"] = "shadowed";
            options.RouteValues["name"] = "7";
        }));
        Assert.Contains(failure.Report.Differences, static difference =>
            difference.StartsWith("GET /items/{name}: a request for /items/7 reached HTTP: GET /items/{number:int}",
                StringComparison.Ordinal));
        Assert.Equal(0, Work.Runs);
    }

    [Fact]
    public async Task Callers_that_the_lock_does_not_know_are_held_against_the_guards_own_word()
    {
        var report = await GuardMatrix.VerifyAsync<Program>(static options => options.Settings["ConfiguredCallers"] = "Visitor");

        Assert.Equal(
            [GuardMatrixCaller.Nobody, GuardMatrixCaller.Visitor, GuardMatrixCaller.VisitorSession],
            report.Cells.Where(static cell => cell.Endpoint == "POST /configured" && cell.Outcome == GuardMatrixOutcome.Admitted)
                .Select(static cell => cell.Caller));
    }

    [Theory]
    [InlineData(WixSessionCookie.Protected)]
    [InlineData(WixSessionCookie.Compatible)]
    public async Task Sessions_are_tried_in_either_kind_of_cookie(WixSessionCookie kind)
    {
        var report =
            await GuardMatrix.VerifyAsync<Program>(
                options => options.ConfigureServices = services => services.Configure<WixOptions>(wix => wix.Session.Cookie = kind));

        Assert.Contains(report.Cells,
            static cell =>
                cell is { Endpoint: "GET /items/{name}", Caller: GuardMatrixCaller.MemberSession, Outcome: GuardMatrixOutcome.Admitted });
        Assert.Contains(
            report.Cells, static cell => cell is { Endpoint: "GET /items/{name}", Caller: GuardMatrixCaller.VisitorSession, Status: 403 });
    }

    [Fact]
    public async Task Sessions_are_tried_where_the_application_keeps_them_in_a_store_of_its_own()
    {
        var report = await GuardMatrix.VerifyAsync<Program>(
            static options => options.ConfigureServices = static services => services.AddWix(static _ => { }).UseSessionStore<NoStore>());

        Assert.Contains(report.Cells,
            static cell =>
                cell is { Endpoint: "GET /items/{name}", Caller: GuardMatrixCaller.MemberSession, Outcome: GuardMatrixOutcome.Admitted });
    }

    [Theory]
    [InlineData("no-such.lock.json", "There is no guard lock")]
    [InlineData("GuardedSite.csproj", "is no JSON")]
    public async Task Without_a_readable_lock_there_is_nothing_to_compare_and_that_is_said(string file, string message)
    {
        var failure =
            await Assert.ThrowsAsync<InvalidOperationException>(
                () => GuardMatrix.VerifyAsync<Program>(options => options.LockFiles.Add(Path.Combine(Folder, file))));

        Assert.Contains(file, failure.Message, StringComparison.Ordinal);
        Assert.Contains("dotnet build -p:WriteEndpointsLock=true", failure.Message, StringComparison.Ordinal);
        Assert.True(message == "is no JSON" || failure.Message.Contains(message, StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_message_of_a_failure_is_the_differences_and_the_whole_table()
    {
        await File.WriteAllTextAsync(
            _lock, Replaced(await Committed(), """ "/items/{name}", "callers": ["Member"]""", """ "/items/{name}", "callers": ["User"]"""));

        var failure =
            await Assert.ThrowsAsync<GuardMatrixException>(() => GuardMatrix.VerifyAsync<Program>(options => options.LockFiles.Add(_lock)));

        var lines = failure.Message.Split('\n');
        Assert.Equal("The guards are not as the lock says. 4 differences:", lines[0]);
        Assert.Contains("  - GET /items/{name}: it is open to Member; the lock has User", lines);
        Assert.Contains("  - GET /items/{name}: Member gets in; the lock lets in User", lines);
        var row = Assert.Single(lines, static line => line.StartsWith("GET /items/{name} ", StringComparison.Ordinal));
        Assert.Equal(["401", "403", "403", "in", "!", "in", "!", "403", "!", "403", "403", "403"],
            row["GET /items/{name}".Length..].Split(' ', StringSplitOptions.RemoveEmptyEntries));
    }

    public void Dispose() => File.Delete(_lock);

    private static Task<string> Committed() => File.ReadAllTextAsync(Path.Combine(Folder, "endpoints.lock.json"));

    private static string Replaced(string text, string now, string then)
    {
        Assert.Contains(now, text, StringComparison.Ordinal);
        return text.Replace(now, then, StringComparison.Ordinal);
    }

    private async Task<GuardMatrixReport> FailAsync(Func<string, string>? edit = null, string? hole = null)
    {
        await File.WriteAllTextAsync(_lock, edit?.Invoke(await Committed()) ?? await Committed());
        var failure = await Assert.ThrowsAsync<GuardMatrixException>(() => GuardMatrix.VerifyAsync<Program>(options =>
        {
            options.LockFiles.Add(_lock);
            options.Settings["Hole"] = hole;
        }));
        return failure.Report;
    }

    private sealed class NoStore : IWixSessionStore
    {
        public ValueTask<byte[]?> FindAsync(string key, CancellationToken cancellationToken) => throw new InvalidOperationException();

        public ValueTask AddAsync(string key, byte[] session, DateTimeOffset expiresAt, CancellationToken cancellationToken) =>
            throw new InvalidOperationException();

        public ValueTask<bool> ReplaceAsync(string key, byte[] session, DateTimeOffset expiresAt, CancellationToken cancellationToken) =>
            throw new InvalidOperationException();

        public ValueTask RemoveAsync(string key, CancellationToken cancellationToken) => throw new InvalidOperationException();
    }
}
