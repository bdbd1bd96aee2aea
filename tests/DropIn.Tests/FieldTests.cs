using System.Net.Http.Json;
using DropIn.Library;
using Endpoints.Wix;
using Endpoints.Wix.Emulator;
using FluentValidation;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Authorization;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace DropIn.Tests;

/// <summary>The field cases of other people's applications, by name.</summary>
public sealed class FieldTests
{
    [Fact]
    public async Task D1_A_scoped_authorization_handler_is_made_for_each_request()
    {
        await using var wix = await WixEmulator.StartAsync();
        await using var site = await SmallSite.StartAsync(
            builder =>
            {
                AddWix(builder, wix);
                builder.Services.AddScoped<RequestWork>().AddScoped<IAuthorizationHandler, OnceHandler>();
                builder.Services.AddAuthorizationBuilder().AddPolicy("Once", static policy => policy.AddRequirements(new Once()));
            },
            static app => app.MapGet("/once", static () => "in").Elevate(Callers.Visitor, options => options.Policy = "Once"),
            "Development");

        for (var i = 0; i < 3; i++)
            Assert.Equal((200, "in"), await site.SendAsync("GET", "/once"));
    }

    [Theory]
    [InlineData("Development")]
    [InlineData("Production")]
    public async Task D2_A_validator_that_no_container_can_make_stops_no_start(string environment)
    {
        await using var wix = await WixEmulator.StartAsync();
        await using var host = new RunningHost<Minimal.Host>(environment, wix);
        using var client = host.CreateClient();

        Assert.Equal("Hello from a file", await client.GetStringAsync("/api/hello"));
    }

    [Fact]
    public async Task D2_It_is_an_error_where_an_endpoint_binds_its_type()
    {
        await using var site = await SmallSite.StartAsync(
            static builder => builder.Services.AddEndpointValidators(typeof(Minimal.Host).Assembly),
            static app => app.MapPost("/lines", static (Minimal.NoteLine line) => line.Text).WithValidation());

        var e = await Assert.ThrowsAsync<InvalidOperationException>(
            () => site.SendAsync("POST", "/lines", JsonContent.Create(new { text = "" })));

        Assert.Contains(
            "LineValidator' validates what an endpoint takes and can't be created: no service of the type 'DropIn.Minimal.NewNote' is "
            + "registered.", e.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task D3_An_elevated_change_is_sent_once_whatever_the_application_says_of_its_clients()
    {
        await using var wix = await WixEmulator.StartAsync();
        wix.On("POST /stores/v3/products").Fail(503);
        await using var site = await SmallSite.StartAsync(
            builder =>
            {
                builder.Services.ConfigureHttpClientDefaults(static http => http.AddStandardResilienceHandler());
                AddWix(builder, wix);
            },
            static app => app.MapPost("/products", static async (ElevatedWixClient client) =>
                (int)(await client.FetchWithAuthAsync(HttpMethod.Post, "/stores/v3/products", JsonContent.Create(new { product = new { name = "Mug" } }))).Status).Elevate(Callers.User));

        await site.SendAsync("POST", "/products", null, ("Authorization", wix.IssueToken(EmulatedIdentity.User())));

        Assert.Equal(1, wix.CountOf("POST /stores/v3/products"));
    }

    [Fact]
    public async Task D3_Nothing_that_an_application_says_of_all_its_clients_reaches_the_calls_to_Wix()
    {
        await using var wix = await WixEmulator.StartAsync();
        var seen = new Seeing();
        await using var site = await SmallSite.StartAsync(
            builder =>
            {
                builder.Services.AddTransient(_ => new Passing(seen));
                builder.Services.ConfigureHttpClientDefaults(static http =>
                {
                    http.AddStandardHedgingHandler();
                    http.AddHttpMessageHandler<Passing>();
                    http.ConfigurePrimaryHttpMessageHandler(static () => new HttpClientHandler { MaxConnectionsPerServer = 1 });
                    http.ConfigureHttpClient(static client =>
                    {
                        (client.BaseAddress, client.Timeout) = (new("https://elsewhere.example"), TimeSpan.FromMilliseconds(1));
                        client.DefaultRequestHeaders.Add("X-Everywhere", "yes");
                        client.MaxResponseContentBufferSize = 1;
                    });
                    http.RedactLoggedHeaders(static _ => false);
                });
                builder.Services.ConfigureAll<Microsoft.Extensions.Http.HttpClientFactoryOptions>(options =>
                    options.HttpMessageHandlerBuilderActions.Add(handlers => handlers.AdditionalHandlers.Add(new Passing(seen))));
                builder.Services.AddSingleton<Microsoft.Extensions.Http.IHttpMessageHandlerBuilderFilter>(new Filter(seen));
                AddWix(builder, wix);
            },
            static app => app.MapMethods("/it", ["GET", "POST"], static async (ElevatedWixClient client, HttpRequest request) =>
                (int)(await client.FetchWithAuthAsync(new(request.Method),
                    request.Method == "GET" ? "/site-properties/v4/properties" : "/stores/v3/products",
                    request.Method == "GET" ? null : JsonContent.Create(new { product = new { name = "Mug" } }))).Status)
                .Elevate(Callers.User));
        var user = ("Authorization", wix.IssueToken(EmulatedIdentity.User()));

        Assert.Equal((200, "200"), await site.SendAsync("GET", "/it", null, user));
        Assert.Equal(200, (await site.SendAsync("POST", "/it", null, user)).Status);
        Assert.Equal((1, 1), (wix.CountOf("GET /site-properties/v4/properties"), wix.CountOf("POST /stores/v3/products")));
        Assert.Equal(0, seen.Count);
        using var own = site.Services.GetRequiredService<IHttpClientFactory>().CreateClient();
        await Assert.ThrowsAnyAsync<Exception>(() => own.GetAsync("/"));
        Assert.NotEqual(0, seen.Count); // which an application's own client does
    }

    private sealed class Seeing
    {
        public int Count { get; set; }
    }

    private sealed class Passing(Seeing seen) : DelegatingHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            seen.Count++;
            return base.SendAsync(request, cancellationToken);
        }
    }

    private sealed class Filter(Seeing seen) : Microsoft.Extensions.Http.IHttpMessageHandlerBuilderFilter
    {
        public Action<Microsoft.Extensions.Http.HttpMessageHandlerBuilder> Configure(
            Action<Microsoft.Extensions.Http.HttpMessageHandlerBuilder> next) => builder =>
        {
            next(builder);
            builder.AdditionalHandlers.Insert(0, new Passing(seen));
        };
    }

    [Fact]
    public async Task D4_What_existing_code_resolves_does_not_change()
    {
        await using var wix = await WixEmulator.StartAsync();
        await using var host = new RunningHost<Minimal.Host>("Production", wix);
        using var scope = host.Services.CreateScope();

        Assert.Empty(scope.ServiceProvider.GetServices<IValidator<Minimal.NewNote>>());
        Assert.Null(scope.ServiceProvider.GetService<Minimal.Host>());
    }

    [Fact]
    public async Task D5_A_library_without_files_maps_those_of_the_application()
    {
        await using var site = await SmallSite.StartAsync(AddWix, static app => SharedSetup.MapAll(app), application: "DropIn.Minimal");

        Assert.Equal((200, "Hello from a file"), await site.SendAsync("GET", "/api/hello"));
    }

    [Fact]
    public async Task D5_Files_of_the_application_that_nothing_maps_are_a_warning_whatever_else_is_mapped()
    {
        await using var site =
            await SmallSite.StartAsync(AddWix, static app => app.MapFileRoutes(typeof(Mvc.Host).Assembly), application: "DropIn.Minimal");

        Assert.Contains(site.Log.All,
            static line => line.Level == LogLevel.Warning
                && line.Text.Contains("The application has 4 endpoint files", StringComparison.Ordinal));
    }

    public static TheoryData<string, string, bool> Neighbours => new()
    {
        // Method, pattern, whether the start stops.
        { "GET", "/api/hello", true },
        { "GET", "/API/Hello", true },
        { "HEAD", "/api/hello", true },
        { "", "/api/hello", true },
        { "GET", "/api/items/{name}", true },
        { "GET", "/api/{folder}/{name}", false },
        { "GET", "/api/items/{number:int}", false },
        { "GET", "/api/items/{**rest}", false },
        { "POST", "/api/hello", false },
        { "GET", "/api/hello/{name?}", false },
        { "GET", "/api/other", false },
    };

    [Theory]
    [MemberData(nameof(Neighbours))]
    public async Task D6_A_file_and_an_endpoint_on_one_address_stop_the_start_and_are_named(string method, string pattern, bool stops)
    {
        Task<SmallSite> Start() => SmallSite.StartAsync(AddWix, app =>
        {
            if (method.Length == 0)
                app.Map(pattern, static () => "an endpoint");
            else
                app.MapMethods(pattern, [method], static () => "an endpoint");
            app.MapFileRoutes(typeof(Minimal.Host).Assembly);
        });
        if (stops)
        {
            var e = await Assert.ThrowsAsync<InvalidOperationException>(Start);
            Assert.Contains("pages/api/", e.Message, StringComparison.Ordinal);
            Assert.Contains(pattern, e.Message, StringComparison.Ordinal);
            return;
        }

        await using var site = await Start();
        Assert.Equal((200, "Hello from a file"), await site.SendAsync("GET", "/api/hello"));
        Assert.Equal((200, "Item x"), await site.SendAsync("GET", "/api/items/x"));
        if (method == "POST")
            Assert.Equal((200, "an endpoint"), await site.SendAsync("POST", "/api/hello"));
    }

    [Fact]
    public async Task D6_Hosts_tell_a_file_and_an_endpoint_apart()
    {
        await using var site = await SmallSite.StartAsync(AddWix, static app =>
        {
            app.MapGet("/api/hello", static () => "an endpoint").RequireHost("other.example");
            app.MapFileRoutes(typeof(Minimal.Host).Assembly);
        });

        Assert.Equal((200, "Hello from a file"), await site.SendAsync("GET", "/api/hello"));
    }

    [Fact]
    public async Task D7_A_project_with_a_class_called_Endpoints_builds_with_the_package()
    {
        await using var site =
            await SmallSite.StartAsync(AddWix, static app => DropIn.Names.SiteSetup.MapAll(app), application: "DropIn.Minimal");

        Assert.Equal((200, "own"), await site.SendAsync("GET", "/own"));
        Assert.Equal((200, "Hello from a file"), await site.SendAsync("GET", "/api/hello"));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task D8_Elevate_decides_on_its_endpoints_whatever_the_fallback_policy_is(bool isProviders)
    {
        await using var wix = await WixEmulator.StartAsync();
        await using var site = await SmallSite.StartAsync(
            builder =>
            {
                AddWix(builder, wix);
                builder.Services.AddAuthentication().AddCookie("Own");
                builder.Services.AddAuthorization(options =>
                {
                    if (!isProviders)
                        options.FallbackPolicy = new AuthorizationPolicyBuilder("Own").RequireAuthenticatedUser().Build();
                });
                if (isProviders)
                    builder.Services.AddSingleton<IAuthorizationPolicyProvider, OwnProvider>();
            },
            static app =>
            {
                app.UseAuthentication();
                app.UseAuthorization();
                app.MapFileRoutes(typeof(Minimal.Host).Assembly);
                app.MapGet("/own", static () => "own");
                app.MapGet("/both", static () => "both").Elevate(Callers.Visitor)
                    .RequireAuthorization(static policy => policy.AddAuthenticationSchemes("Own").RequireAuthenticatedUser());
                app.MapGet("/elevated", static () => "in").Elevate(Callers.Visitor);
                app.MapGet("/users", static () => "in").Elevate(Callers.User);
            },
            "Development");

        Assert.Equal((200, "Harbour Coffee"), await site.SendAsync("GET", "/api/my-api"));
        Assert.Equal((200, "in"), await site.SendAsync("GET", "/elevated"));
        Assert.Equal(401, (await site.SendAsync("GET", "/users")).Status);
        Assert.Equal(302, (await site.SendAsync("GET", "/own")).Status); // who says nothing has the fallback
        Assert.Equal(302, (await site.SendAsync("GET", "/both")).Status); // what is demanded beside it holds
        Assert.Equal(302, (await site.SendAsync("GET", "/api/hello")).Status);
    }

    [Fact]
    public async Task D8_Filters_for_all_actions_that_refuse_Wix_s_callers_are_said_at_the_start()
    {
        await using var site = await SmallSite.StartAsync(
            static builder =>
            {
                AddWix(builder);
                builder.Services.AddControllers(static mvc =>
                {
                    mvc.Filters.Add(new AuthorizeFilter());
                    mvc.Filters.Add(new AutoValidateAntiforgeryTokenAttribute());
                }).AddApplicationPart(typeof(FieldTests).Assembly);
            },
            static app => app.MapControllers());

        var said = site.Log.All.Where(static line => line.Category.EndsWith("ActionWarnings", StringComparison.Ordinal))
            .Select(static line => line.Text).ToList();
        said.RemoveAll(static text => !text.Contains("ElevatedController.Write", StringComparison.Ordinal));
        Assert.Equal(2, said.Count);
        Assert.Contains(
            said, static text => text.Contains("ElevatedController.Write", StringComparison.Ordinal)
                && text.Contains("[AllowAnonymous]", StringComparison.Ordinal));
        Assert.Contains(
            said, static text => text.Contains("ElevatedController.Write", StringComparison.Ordinal)
                && text.Contains("[IgnoreAntiforgeryToken]", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("Production", "https://{0}.wix.run")]
    [InlineData("Development", "http://localhost:4321")]
    public async Task D9_What_README_adds_lets_the_dashboard_read_endpoint_files_and_nothing_else(string environment, string origin)
    {
        await using var wix = await WixEmulator.StartAsync();
        await using var host = new RunningHost<Minimal.Host>(environment, wix);
        using var client = host.CreateClient();
        origin = string.Format(System.Globalization.CultureInfo.InvariantCulture, origin, wix.App.ClientId);

        async Task<bool> MayReadAsync(string path)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, path);
            request.Headers.Add("Origin", origin);
            using var response = await client.SendAsync(request);
            return response.Headers.Contains("Access-Control-Allow-Origin");
        }

        Assert.True(await MayReadAsync("/api/hello"));
        Assert.False(await MayReadAsync("/api/notes"));
        Assert.False(await MayReadAsync("/who"));
        Assert.False(await MayReadAsync("/api/nothing"));
        Assert.DoesNotContain("UseCors(WixDefaults", await File.ReadAllTextAsync(Path.Combine(Root, "README.md")),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task D10_An_elevated_action_without_endpoint_routing_is_guarded_and_said_at_the_start()
    {
        await using var site = await SmallSite.StartAsync(
            static builder =>
            {
                AddWix(builder);
                builder.Services.AddMvc(static mvc => mvc.EnableEndpointRouting = false).AddApplicationPart(typeof(FieldTests).Assembly);
            },
            static app => app.UseMvc());

        Assert.Equal(401, (await site.SendAsync("POST", "/elevated")).Status);
        Assert.Contains(site.Log.All, static line => line.Level == LogLevel.Warning
            && line.Text.Contains("ElevatedController.Write", StringComparison.Ordinal)
            && line.Text.Contains("guard matrix", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("GET", "/api/nothing", "own 404")]
    [InlineData("GET", "/api", "own 404")]
    [InlineData("PATCH", "/api/notes", "own 405")]
    [InlineData("GET", "/shop/nothing", "own 404")]
    public async Task D14_An_unknown_path_where_the_application_has_addresses_is_the_applications(string method, string path,
        string expected)
    {
        await using var site = await SmallSite.StartAsync(AddWix, static app =>
        {
            app.UseStatusCodePages(
                static context => context.HttpContext.Response.WriteAsync($"own {context.HttpContext.Response.StatusCode}"));
            app.MapGet("/api/notes", static () => "notes");
            app.MapFileRoutes(typeof(Minimal.Host).Assembly);
        });

        Assert.Equal(expected, (await site.SendAsync(method, path)).Body);
        // a folder of files alone
        Assert.Contains("urn:endpoints:problem:not-found", (await site.SendAsync("GET", "/api/items/1/2")).Body, StringComparison.Ordinal);
    }

    private static string Root =>
        typeof(FieldTests).Assembly.GetCustomAttributes(typeof(System.Reflection.AssemblyMetadataAttribute), false)
        .Cast<System.Reflection.AssemblyMetadataAttribute>().Single(static one => one.Key == "RepositoryRoot").Value!;

    private static void AddWix(WebApplicationBuilder builder)
    {
        builder.Services.AddFileRoutes();
        builder.Services.AddWix(static options =>
        {
            options.ClientId = "a-client";
            options.ClientSecret = new("a secret");
        });
    }

    private static void AddWix(WebApplicationBuilder builder, WixEmulator wix)
    {
        builder.Services.AddFileRoutes();
        builder.Services.AddWix(options =>
        {
            options.ClientId = wix.App.ClientId;
            options.ClientSecret = new(wix.App.ClientSecret);
            options.ApiBaseAddress = wix.Address;
        });
    }

    private sealed class RequestWork
    {
        public int Count { get; set; }
    }

    private sealed class Once : IAuthorizationRequirement;

    private sealed class OnceHandler(RequestWork work) : AuthorizationHandler<Once>
    {
        protected override Task HandleRequirementAsync(AuthorizationHandlerContext context, Once requirement)
        {
            if (++work.Count == 1)
                context.Succeed(requirement);
            return Task.CompletedTask;
        }
    }

    private sealed class OwnProvider(Microsoft.Extensions.Options.IOptions<AuthorizationOptions> options) : IAuthorizationPolicyProvider
    {
        private readonly DefaultAuthorizationPolicyProvider _named = new(options);

        public Task<AuthorizationPolicy?> GetPolicyAsync(string policyName) => _named.GetPolicyAsync(policyName);

        public Task<AuthorizationPolicy> GetDefaultPolicyAsync() => _named.GetDefaultPolicyAsync();

        public Task<AuthorizationPolicy?> GetFallbackPolicyAsync() =>
            Task.FromResult<AuthorizationPolicy?>(new AuthorizationPolicyBuilder("Own").RequireAuthenticatedUser().Build());
    }
}

[ApiController, Route("elevated")]
public sealed class ElevatedController : ControllerBase
{
    [HttpGet, Elevate(Callers.Visitor)]
    public IActionResult Read() => Ok("in");

    [HttpPost, Elevate(Callers.User)]
    public IActionResult Write() => Ok("in");

    [HttpPost("open"), Elevate(Callers.User), AllowAnonymous, IgnoreAntiforgeryToken]
    public IActionResult Open() => Ok("in");
}
