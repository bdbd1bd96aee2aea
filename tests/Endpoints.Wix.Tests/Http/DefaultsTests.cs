using System.Diagnostics;
using System.Net;
using Endpoints.Wix.Emulator;
using Endpoints.Wix.Tests.Hosting;
using Microsoft.Extensions.Http;

namespace Endpoints.Wix.Tests.Http;

/// <summary>An application's defaults for HTTP clients do not apply to calls to Wix.</summary>
public sealed class DefaultsTests
{
    private static readonly string[] TraceHeaders = ["traceparent", "tracestate", "baggage", "Correlation-Context", "Request-Id"];

    private const string UpdateProfile = "/site-properties/v4/properties/business-profile";

    /// <summary>Everything that reaches every client of <see cref="IHttpClientFactory"/>.</summary>
    private static readonly Dictionary<string, Action<IServiceCollection, Spy>> Defaults = new()
    {
        ["none"] = static (_, _) => { },
        ["ConfigureHttpClientDefaults, a handler that retries"] = static (services, spy) =>
            services.ConfigureHttpClientDefaults(clients => clients.AddHttpMessageHandler(() => new Retrying(spy))),
        ["ConfigureHttpClientDefaults, headers"] =
            static (services, spy) => services.ConfigureHttpClientDefaults(clients => clients.ConfigureHttpClient(client =>
        {
            spy.Touch();
            client.DefaultRequestHeaders.Add("X-Everywhere", "1");
            client.BaseAddress = new("http://192.0.2.1");
            client.Timeout = TimeSpan.FromMilliseconds(1);
        })),
        ["ConfigureHttpClientDefaults, a primary handler"] =
            static (services, spy) => services.ConfigureHttpClientDefaults(clients => clients.ConfigurePrimaryHttpMessageHandler(() =>
        {
            spy.Touch();
            return new SocketsHttpHandler { AllowAutoRedirect = true, UseCookies = true };
        })),
        ["ConfigureAll of the factory's options"] = static (services, spy) => services.ConfigureAll<HttpClientFactoryOptions>(options =>
            options.HttpMessageHandlerBuilderActions.Add(builder => builder.AdditionalHandlers.Add(new Retrying(spy)))),
        ["PostConfigureAll of the factory's options"] =
            static (services, spy) => services.PostConfigureAll<HttpClientFactoryOptions>(options =>
        {
            options.HttpMessageHandlerBuilderActions.Add(
                builder => builder.PrimaryHandler = new Retrying(spy) { InnerHandler = new HttpClientHandler() });
            options.ShouldRedactHeaderValue = static _ => false;
        }),
        ["a filter of the handlers' builder"] =
            static (services, spy) => services.AddSingleton<IHttpMessageHandlerBuilderFilter>(new Filter(spy)),
        ["another factory of clients"] = static (services, spy) => services.AddSingleton<IHttpClientFactory>(new Factory(spy)),
        ["another factory of handlers"] = static (services, spy) => services.AddSingleton<IHttpMessageHandlerFactory>(new Factory(spy)),
        ["another builder of handlers"] = static (services, spy) => services.AddTransient<HttpMessageHandlerBuilder>(_ =>
        {
            spy.Touch();
            throw new NotSupportedException();
        }),
        ["a handler, client or invoker in the container"] = static (services, spy) =>
        {
            services.AddSingleton<HttpMessageHandler>(_ => new Retrying(spy) { InnerHandler = new SocketsHttpHandler() });
            services.AddSingleton(_ => new SocketsHttpHandler { AllowAutoRedirect = true });
            services.AddSingleton(_ => new HttpClient(new Retrying(spy) { InnerHandler = new SocketsHttpHandler() }));
            services.AddSingleton(_ => new HttpMessageInvoker(new Retrying(spy) { InnerHandler = new SocketsHttpHandler() }));
        },
        ["the named client of earlier versions"] =
            static (services, spy) => services.AddHttpClient("Endpoints.Wix").AddHttpMessageHandler(() => new Retrying(spy)),
    };

    public static TheoryData<string> Names => [.. Defaults.Keys, "all of them"];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task S61_A_write_reaches_Wix_once_whatever_the_applications_clients_do(string defaults)
    {
        Spy spy = new();
        await using var site = await StartAsync(defaults, spy);
        string[] methods = ["POST", "PUT", "PATCH", "DELETE"];
        // Before the trouble: what takes long the first time is no part of a call's time.
        await Task.WhenAll(methods.Select(method => site.SendAsync(method, "/write")));
        foreach (var trouble in new[] { "429", "503", "reset", "lost", "hang" })
        {
            site.Clock.Advance(TimeSpan.FromMinutes(2)); // the circuit breaker forgets
            var before = methods.Select(method => Writes(site, method)).ToArray();
            var fault = site.Wix.On("*")
                .When(static call => call.Method != "GET" && call.Path.StartsWith("/site-properties/", StringComparison.Ordinal));
            using var set = trouble switch
            {
                "reset" => fault.Drop(),
                "lost" => fault.LoseAnswer(),
                "hang" => fault.Hang(),
                _ => fault.Fail(int.Parse(trouble, System.Globalization.CultureInfo.InvariantCulture)),
            };

            // Side by side: what hangs takes its time.
            await Task.WhenAll(methods.Select(method => site.SendAsync(method, "/write")));

            Assert.All(methods,
                (method, i) => Assert.True(before[i] + 1 == Writes(site, method),
                    $"{method} with {trouble} under {defaults}: sent {Writes(site, method) - before[i]} times"));
        }

        Assert.Equal(0, spy.Touched);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task S61_Calls_look_the_same_and_go_to_Wix_alone(string defaults)
    {
        Spy spy = new();
        await using var plain = await StartAsync("none", new());
        await using var site = await StartAsync(defaults, spy);

        Assert.Equal(HttpStatusCode.OK, (await plain.GetAsync("/read", plain.Wix.IssueToken(EmulatedIdentity.Member()))).Status);
        Assert.Equal(HttpStatusCode.OK, (await site.GetAsync("/read", site.Wix.IssueToken(EmulatedIdentity.Member()))).Status);

        Assert.Equal(HeadersOf(plain), HeadersOf(site));
        Assert.Equal(0, spy.Touched);
        Assert.DoesNotContain(site.Logs.Lines, static line => line.Contains("OauthNG", StringComparison.Ordinal));
    }

    [Fact]
    public async Task S61_The_processs_proxy_sees_no_call()
    {
        await using var site = await StartAsync("none", new());
        var before = HttpClient.DefaultProxy;
        try
        {
            HttpClient.DefaultProxy = new ProxyTo(site.Wix.Address);
            Assert.Equal(HttpStatusCode.OK, (await site.GetAsync("/read", site.Wix.IssueToken(EmulatedIdentity.Member()))).Status);
        }
        finally
        {
            HttpClient.DefaultProxy = before;
        }
    }

    [Fact]
    public async Task S61_What_a_client_sends_along_with_a_trace_goes_no_further()
    {
        using var listener = new ActivityListener
        {
            ShouldListenTo = static _ => true,
            Sample = static (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
        };
        ActivitySource.AddActivityListener(listener);
        await using var wix = await WixEmulator.StartAsync();
        await using var app = await Wires.ServeAsync(wix, static app => app.MapGet("/", static async (ElevatedWixClient wix) =>
            (await wix.SiteProperties.GetSitePropertiesAsync()).Properties.SiteDisplayName).Elevate(Callers.Visitor));

        Assert.Equal(200, await Wires.StatusAsync(app, "GET",
        [
            "traceparent: 00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01", "tracestate: canary=1", "baggage: user=canary",
            "Correlation-Context: user=canary",
        ]));

        Assert.Equal(2, wix.Calls.Count); // the app's token, and the call
        Assert.All(wix.Calls, static call => Assert.All(TraceHeaders, name => Assert.Null(call.Header(name))));
    }

    [Fact]
    public async Task S61_The_option_is_the_way_in_and_its_handler_ends_with_the_application()
    {
        Spy spy = new();
        Watching? made = null;
        var site = await StartAsync("none", new(), options => options.HttpHandler = own =>
        {
            own.MaxConnectionsPerServer = 3;
            return made = new(spy) { InnerHandler = own };
        });

        Assert.Equal(HttpStatusCode.OK, (await site.GetAsync("/read", site.Wix.IssueToken(EmulatedIdentity.Member()))).Status);
        Assert.Equal(3, spy.Touched); // token-info, the app's token, the call
        Assert.False(made!.IsDisposed);
        await site.DisposeAsync();
        Assert.True(made.IsDisposed);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task S61_Not_even_the_option_makes_calls_follow_redirects_or_keep_cookies(bool other)
    {
        await using var site = await StartAsync("none", new(), options => options.HttpHandler = own =>
        {
            if (other)
                return new Watching(
                    new()) { InnerHandler =
                        new HttpClientHandler { AllowAutoRedirect = true, UseCookies = true, UseDefaultCredentials = true } };
            (own.AllowAutoRedirect, own.UseCookies, own.Credentials, own.PreAuthenticate) =
                (true, true, new NetworkCredential("u", "p"), true);
            return own;
        });
        using (site.Wix.On(WixSite.GetSiteProperties)
            .Answer(307, "", headers: new Dictionary<string, string> { ["Location"] = "/stores/v3/products", ["Set-Cookie"] = "a=b" }))
            Assert.NotEqual(HttpStatusCode.OK, (await site.GetAsync("/read", site.Wix.IssueToken(EmulatedIdentity.Member()))).Status);

        await site.GetAsync("/read", site.Wix.IssueToken(EmulatedIdentity.Member()));
        Assert.All(site.Wix.Calls, static call => Assert.Null(call.Header("Cookie")));
        Assert.DoesNotContain(site.Wix.Calls, static call => call.Path == "/stores/v3/products");
    }

    private static int Writes(WixSite site, string method) =>
        site.Wix.Calls.Count(call => call.Method == method && call.Path.StartsWith("/site-properties/", StringComparison.Ordinal));

    private static string[] HeadersOf(WixSite site) =>
        [.. site.Wix.Calls.Select(
            static call => $"{call.Method} {call.Path}: {string.Join(", ", call.Headers.Keys.Order(StringComparer.OrdinalIgnoreCase))}")];

    private static Task<WixSite> StartAsync(string defaults, Spy spy, Action<WixOptions>? configure = null) => WixSite.StartAsync(
        static app =>
        {
            app.MapGet("/read",
                async (ElevatedWixClient wix) => (await wix.SiteProperties.GetSitePropertiesAsync()).Properties.SiteDisplayName)
                .Elevate(Callers.Member);
            app.MapMethods("/write", ["POST", "PUT", "PATCH", "DELETE"], static async (HttpContext context, ElevatedWixClient wix) =>
                $"{(int)(await wix.FetchWithAuthAsync(new(context.Request.Method), UpdateProfile, new StringContent("{}"))).Status}")
                .Elevate(Callers.Visitor);
        },
        options =>
        {
            // a call that hangs ends, and a busy machine has sent the others by then
            options.Resilience.RequestTimeout = TimeSpan.FromMilliseconds(1500);
            options.Resilience.CircuitBreakDuration = TimeSpan.FromSeconds(0.5);
            configure?.Invoke(options);
        },
        builder =>
        {
            foreach (var (name, apply) in Defaults)
            {
                if (name == defaults || (defaults == "all of them" && name != "another builder of handlers"))
                    apply(builder.Services, spy);
            }
        });

    private sealed class Spy
    {
        private int _touched;

        public int Touched => Volatile.Read(ref _touched);

        public void Touch() => Interlocked.Increment(ref _touched);
    }

    /// <summary>A stand-in for the standard resilience handler, which tries everything four times.</summary>
    private sealed class Retrying(Spy spy) : DelegatingHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            spy.Touch();
            for (var left = 3; ; left--)
            {
                try
                {
                    var answer = await base.SendAsync(request, cancellationToken);
                    if (left == 0 || (answer.StatusCode != HttpStatusCode.TooManyRequests && (int)answer.StatusCode < 500))
                        return answer;
                }
                catch (HttpRequestException) when (left > 0)
                {
                }
            }
        }
    }

    private sealed class Watching(Spy spy) : DelegatingHandler
    {
        public bool IsDisposed { get; private set; }

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            spy.Touch();
            return base.SendAsync(request, cancellationToken);
        }

        protected override void Dispose(bool disposing)
        {
            IsDisposed = true;
            base.Dispose(disposing);
        }
    }

    /// <summary>A proxy that nobody can reach, for one origin: other tests are going on in this process.</summary>
    private sealed class ProxyTo(Uri origin) : IWebProxy
    {
        public ICredentials? Credentials { get; set; }

        public Uri? GetProxy(Uri destination) => IsBypassed(destination) ? null : new("http://192.0.2.1:9");

        public bool IsBypassed(Uri host) => host.Authority != origin.Authority;
    }

    private sealed class Filter(Spy spy) : IHttpMessageHandlerBuilderFilter
    {
        public Action<HttpMessageHandlerBuilder> Configure(Action<HttpMessageHandlerBuilder> next) => builder =>
        {
            next(builder);
            builder.AdditionalHandlers.Add(new Retrying(spy));
        };
    }

    private sealed class Factory(Spy spy) : IHttpClientFactory, IHttpMessageHandlerFactory
    {
        public HttpClient CreateClient(string name) => new(CreateHandler(name));

        public HttpMessageHandler CreateHandler(string name) => new Retrying(spy) { InnerHandler = new SocketsHttpHandler() };
    }
}
