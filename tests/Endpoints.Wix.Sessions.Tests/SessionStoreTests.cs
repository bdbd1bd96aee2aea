using System.Collections.Concurrent;
using System.Net;
using System.Text;
using Endpoints.Wix.Sessions.Tests.Hosting;
using Microsoft.Extensions.Options;

namespace Endpoints.Wix.Sessions.Tests;

/// <summary>
/// A session store of the application's own: sessions are in it and only their keys in cookies, and it is believed nothing.
/// </summary>
public sealed class SessionStoreTests
{
    private const string Cookie = "__Host-wixSession";

    [Fact]
    public async Task Sessions_are_in_the_store_and_browsers_have_their_keys()
    {
        var store = new Store();
        await using var site = await StartAsync(store);
        using var browser = site.NewBrowser();
        await browser.LogInAsync();

        var (kind, id) = await browser.WhoAsync();

        Assert.Equal(Callers.Member, kind);
        Assert.NotNull(id);
        var (key, record) = Assert.Single(store.Records);
        Assert.InRange(browser.Jar[Cookie]!.Length, 1, 400); // of which a whole session has more than a thousand
        Assert.DoesNotContain(id, Encoding.Latin1.GetString(record), StringComparison.Ordinal);
        Assert.DoesNotContain("OauthNG", Encoding.Latin1.GetString(record), StringComparison.Ordinal);
        Assert.DoesNotContain(key, browser.Jar[Cookie], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_renewed_session_is_the_same_record_with_new_tokens_and_other_nodes_have_it()
    {
        var store = new Store();
        await using var site = await StartAsync(store);
        await using var other = await SessionSite.StartAsync(build: builder => Add(builder, store), beside: site);
        using var browser = site.NewBrowser();
        await browser.LogInAsync();
        var who = await browser.WhoAsync();
        var (key, before) = Assert.Single(store.Records);
        site.Clock.Advance(TimeSpan.FromHours(5));

        Assert.Equal(who, await browser.WhoAsync());
        var (same, after) = Assert.Single(store.Records);
        browser.Site = other;
        site.Wix.ClearCalls();
        Assert.Equal(who, await browser.WhoAsync());

        Assert.Equal(key, same);
        Assert.NotEqual(before, after);
        Assert.Equal(0, site.Wix.CountOf(SessionSite.Tokens)); // what this one has renewed, that one has
    }

    [Fact]
    public async Task A_logout_removes_the_session_and_a_copy_of_its_cookie_is_worth_nothing_on_any_node()
    {
        var store = new Store();
        await using var site = await StartAsync(store);
        await using var other = await SessionSite.StartAsync(build: builder => Add(builder, store), beside: site);
        using var browser = site.NewBrowser();
        await browser.LogInAsync();
        using var copy = browser.Copy();

        await browser.PostAsync("/api/auth/logout");

        Assert.Empty(store.Records);
        copy.Site = other;
        Assert.Equal((Callers.Visitor, null), await copy.WhoAsync());
    }

    [Fact]
    public async Task A_renewal_that_is_under_way_does_not_bring_a_session_back_that_was_removed()
    {
        var store = new Store();
        await using var site = await StartAsync(store);
        using var browser = site.NewBrowser();
        await browser.LogInAsync();
        site.Clock.Advance(TimeSpan.FromHours(5));
        store.BeforeReplace = store.Records.Clear; // by somebody else, at the last moment

        await browser.GetAsync("/who");

        Assert.Empty(store.Records);
        Assert.Equal((Callers.Visitor, null), await browser.WhoAsync());
    }

    [Fact]
    public async Task Each_login_has_a_key_of_its_own_and_the_one_before_is_gone()
    {
        var store = new Store();
        await using var site = await StartAsync(store);
        using var browser = site.NewBrowser();
        await browser.LogInAsync();
        var before = Assert.Single(store.Records).Key;

        await browser.LogInAsync();

        Assert.NotEqual(before, Assert.Single(store.Records).Key);
    }

    [Fact]
    public async Task What_is_stored_under_another_key_or_is_no_record_is_no_session()
    {
        var store = new Store();
        await using var site = await StartAsync(store);
        using var alice = site.NewBrowser();
        await alice.LogInAsync();
        var hers = Assert.Single(store.Records);
        using var eve = site.NewBrowser();
        await eve.GetAsync("/page");
        var evesKey = store.Records.Keys.Single(key => key != hers.Key);

        store.Records[evesKey] = hers.Value;
        Assert.Equal((Callers.Visitor, null), await eve.WhoAsync());
        store.Records[evesKey] = [1, 2, 3];
        Assert.Equal((Callers.Visitor, null), await eve.WhoAsync());
        store.Records[evesKey] = [];
        Assert.Equal((Callers.Visitor, null), await eve.WhoAsync());

        Assert.Equal(Callers.Member, (await alice.WhoAsync()).Kind);
    }

    [Theory]
    [InlineData("throws")]
    [InlineData("faulted")]
    [InlineData("hangs")]
    public async Task A_store_that_can_not_be_asked_lets_nobody_in_and_takes_nobody_for_a_visitor(string how)
    {
        var store = new Store();
        await using var site =
            await StartAsync(store, how == "hangs" ? static options => options.Resilience.TokenTimeout = TimeSpan.FromSeconds(2) : null);
        using var browser = site.NewBrowser();
        await browser.LogInAsync();
        store.Fail(how);

        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await browser.GetAsync("/members")).Status);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await browser.GetAsync("/open")).Status);
        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync("/hello")).Status); // which asks nobody
        using var stranger = site.NewBrowser();
        Assert.Equal(HttpStatusCode.OK, (await stranger.GetAsync("/open")).Status);

        store.Fail(null);
        Assert.Equal(Callers.Member, (await browser.WhoAsync()).Kind);
    }

    [Theory]
    [InlineData("throws")]
    [InlineData("faulted")]
    [InlineData("hangs")]
    public async Task A_session_that_can_not_be_stored_is_not_given_to_the_browser(string how)
    {
        var store = new Store();
        await using var site =
            await StartAsync(store, how == "hangs" ? static options => options.Resilience.TokenTimeout = TimeSpan.FromSeconds(2) : null);
        using var browser = site.NewBrowser();
        var callback = await browser.LogInAtWixAsync(await browser.BeginLoginAsync());
        var visitors = browser.Jar[Cookie];
        store.Fail(how, isNewOnly: true);

        await browser.GetAsync(callback.AbsoluteUri, crossSite: true);

        Assert.Equal(visitors, browser.Jar[Cookie]);
        Assert.Empty(store.Records); // the visitor's has ended
        Assert.Equal((Callers.Visitor, null), await browser.WhoAsync());
    }

    [Fact]
    public async Task Cookies_that_anybody_can_write_and_a_store_do_not_start_together()
    {
        var mend = await Assert.ThrowsAsync<OptionsValidationException>(
            () => StartAsync(new(), static options => options.Session.Cookie = WixSessionCookie.Compatible));

        Assert.Contains("Wix:Session:Cookie", mend.Message, StringComparison.Ordinal);
    }

    private static Task<SessionSite> StartAsync(Store store, Action<WixOptions>? configure = null) =>
        SessionSite.StartAsync(configure, build: builder => Add(builder, store));

    private static void Add(WebApplicationBuilder builder, Store store) =>
        builder.Services.AddSingleton(store).AddWix(static _ => { }).UseSessionStore<Forwarding>();

    private sealed class Store
    {
        private Func<Task> _wait = static () => Task.CompletedTask;
        private bool _isNewOnly;

        public ConcurrentDictionary<string, byte[]> Records { get; } = new(StringComparer.Ordinal);

        public Action BeforeReplace { get; set; } = static () => { };

        public Task WaitAsync(bool isNew = false) => _isNewOnly && !isNew ? Task.CompletedTask : _wait();

        public void Fail(string? how, bool isNewOnly = false)
        {
            _isNewOnly = isNewOnly;
            _wait = how switch
            {
                "throws" => static () => throw new InvalidOperationException("canary"),
                "faulted" => static () => Task.FromException(new TimeoutException("canary")),
                "hangs" => static () => new TaskCompletionSource().Task,
                _ => static () => Task.CompletedTask,
            };
        }
    }

    private sealed class Forwarding(Store store) : IWixSessionStore
    {
        public async ValueTask<byte[]?> FindAsync(string key, CancellationToken cancellationToken)
        {
            await store.WaitAsync();
            return store.Records.GetValueOrDefault(key);
        }

        public async ValueTask AddAsync(string key, byte[] session, DateTimeOffset expiresAt, CancellationToken cancellationToken)
        {
            await store.WaitAsync(isNew: true);
            Assert.True(store.Records.TryAdd(key, session));
        }

        public async ValueTask<bool> ReplaceAsync(string key, byte[] session, DateTimeOffset expiresAt, CancellationToken cancellationToken)
        {
            await store.WaitAsync();
            store.BeforeReplace();
            if (!store.Records.ContainsKey(key))
                return false;
            store.Records[key] = session;
            return true;
        }

        public async ValueTask RemoveAsync(string key, CancellationToken cancellationToken)
        {
            await store.WaitAsync();
            store.Records.TryRemove(key, out _);
        }
    }
}
