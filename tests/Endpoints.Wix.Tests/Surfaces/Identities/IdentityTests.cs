using System.Net;
using System.Reflection;
using System.Text.Json;
using Endpoints.Wix.Binding;
using Endpoints.Wix.Emulator;
using Endpoints.Wix.Modules;
using Endpoints.Wix.Tests.Hosting;
using Microsoft.AspNetCore.Mvc;
using SampleModules;

namespace Endpoints.Wix.Tests.Surfaces.Identities;

/// <summary>
/// A type that states who somebody is, or what was granted, is the server's own word wherever it is bound: the true one, or a refusal.
/// </summary>
public sealed class IdentityTests(SharedSites sites) : IClassFixture<SharedSites>
{
    private static readonly Type[] Types =
    [
        typeof(Caller), typeof(WixClient), typeof(ElevatedWixClient), typeof(AdminWixClient), typeof(AppWixClient),
        typeof(AccountWixClient), typeof(WixAuth), typeof(SiteProperties),
        typeof(Products), typeof(ElevationCheckContext), typeof(WixInstallation), typeof(WixResponse), typeof(AccessToken),
        typeof(WixSecret), typeof(WixApiClient), typeof(WixSiteClient), typeof(WixModule),
        typeof(WixChannel),
    ];

    /// <summary>
    /// Types that derive from one of these: a module of another package, and mocks, which anybody can make and which are nobody.
    /// </summary>
    private static readonly Type[] Derived = [typeof(SampleMembers), typeof(FakeMembers), typeof(FakeClient)];

    /// <summary>Data about a site, and settings: anybody may create one, and no decision depends on it.</summary>
    private static readonly string[] Data =
    [
        nameof(BusinessContact), nameof(BusinessPeriod), nameof(BusinessProfile), nameof(BusinessSchedule),
        nameof(GetSitePropertiesOptions), nameof(Product), nameof(ProductPage),
        nameof(ProductPrice), nameof(ProductPriceRange), nameof(QueryProductsOptions), nameof(SiteAddress), nameof(SiteCategories),
        nameof(SiteLocale),
        nameof(SitePropertiesSnapshot), nameof(SitePropertiesValues), nameof(SitePropertiesVersion), nameof(SpecialHourPeriod),
        nameof(WixFieldViolation), nameof(WixOptions), nameof(WixClientOptions),
        nameof(ElevateOptions), nameof(WixBodyOptions), nameof(WixResilienceOptions), nameof(WixSessionOptions),
        nameof(WixTokenInfoOptions), nameof(WixInboxOptions), nameof(WixServiceOptions), nameof(WixServiceKeyOptions),
        nameof(WixEventOptions), nameof(WixEventHandlerOptions), nameof(WixPluginOptions),
        // what generated code registers
        "WixEventRegistration", "WixPluginRegistration", "WixFileTable",
        // which go from and to the application's own sources and sinks
        nameof(WixAuditEntry), nameof(WixInbox), nameof(WixToken), nameof(WixTokenInfo), nameof(WixTokenRequest),
        "DataAggregate", "DataBulkResult", "DataDateConverter", "DataFilter", "DataItem", "DataItemJsonConverter", "DataPage", "DataPatch",
        "DataQuery", "DataValue", "TypedItems`1", "WixData",
        "WixEnumJsonConverter`1", "WixKind`1", "WixMessage", "WixMessageJsonConverter`1", "WixRequest",
        nameof(WixOperation), typeof(WixOperation<>).Name, typeof(WixOperation<,>).Name, nameof(WixArguments), nameof(WixEmpty),
        typeof(WixSerializer<>).Name,
        // what Wix signed, and what is made of it: no binder makes one, and nothing goes by one that a program made
        nameof(WixEvent), nameof(WixEventIdentity), nameof(WixPlugin), nameof(WixPluginCall), nameof(WixPluginMethod),
        nameof(WixPluginTable), typeof(WixTool<,>).Name, nameof(WixToolAttribute),
    ];

    public static TheoryData<Type> All => new([.. Types, .. Derived]);

    public static TheoryData<string> Handlers =>
        new(typeof(IdentityFile<>).GetMethods(BindingFlags.Public | BindingFlags.Static).Select(static method => method.Name));

    [Fact]
    public async Task S55_An_action_sees_its_caller_and_nobody_else()
    {
        await using var site =
            await WixSite.StartAsync(app => app.MapControllers(), build: builder => OnlyControllers.AddTo(builder, typeof(WhoController)));

        Assert.Equal("GET Visitor", (await site.GetAsync("/who?kind=App&id=victim")).Body);
    }

    [Fact]
    public async Task S55_The_true_one_is_there_wherever_it_is_asked_for()
    {
        await using var site = await WixSite.StartAsync(
            app =>
            {
                app.MapControllers();
                app.MapRazorPages();
                app.MapPost(
                    "/minimal", (Caller who, WixClient wix, [AsParameters] Bag<Caller> bag) => $"{who.Id} {bag.Who?.Id} {wix is not null}");
            },
            build: builder =>
            {
                OnlyControllers.AddTo(builder, typeof(TrueController), typeof(TrueApiController));
                OnlyPages.AddTo(builder, ("/True", typeof(TruePage)));
            });
        var token = site.Wix.IssueToken(EmulatedIdentity.Member("alice"));

        foreach (var path in new[] { "/minimal", "/true", "/true-api", "/True" })
            Assert.Equal("alice alice True", (await site.SendAsync("POST", path + "?who=victim&who.id=victim&wix=x", token)).Body);
        foreach (var path in new[] { "/minimal", "/true", "/true-api", "/True" })
        {
            var answer = await site.SendAsync("POST", path, "forged");
            Assert.Equal((HttpStatusCode.Unauthorized, "wix-unauthorized"), (answer.Status, answer.Problem));
        }
    }

    [Fact]
    public void S55_A_caller_is_written_as_ever_and_never_read_or_copied()
    {
        var caller = new Caller(default, Callers.Member, "alice", "site", null, "client", DateTimeOffset.UnixEpoch);

        var json = JsonSerializer.Serialize(caller, JsonSerializerOptions.Web);

        Assert.Equal(
            """{"kind":"Member","id":"alice","siteId":"site","instanceId":null,"clientId":"client","expiresAt":"1970-01-01T00:00:00+00:00"}""", json);
        foreach (var type in Types)
        {
            foreach (var text in new[] { json, "{}", "\"alice\"" })
                Assert.Throws<JsonException>(() => JsonSerializer.Deserialize(text, type, JsonSerializerOptions.Web));
            Assert.Null(type.GetMethod("<Clone>$"));
            Assert.DoesNotContain(type.GetProperties(), static property => property.SetMethod?.IsPublic == true);
            if (type != typeof(WixSecret))
                Assert.Empty(type.GetConstructors());
        }
    }

    [Fact]
    public void S55_No_serializer_that_calls_constructors_of_any_access_finds_one_to_make_it_of_its_members()
    {
        // They take a constructor whose parameters all have the names of members, or one without any. A module is worth as much as its
        // channel, which has none.
        foreach (var type in Types.Append(typeof(SampleMembers)).Where(static type => !type.IsAbstract))
        {
            var members = type.GetMembers(BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance)
                .Where(static member => member is PropertyInfo or FieldInfo).Select(static member => member.Name).ToList();
            foreach (var constructor in type.GetConstructors(BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance))
            {
                if (constructor.GetParameters().All(parameter => members.Contains(parameter.Name, StringComparer.OrdinalIgnoreCase)))
                    Assert.True(
                        Record.Exception(
                            () => constructor.Invoke(new object?[constructor.GetParameters().Length]))?.InnerException is JsonException
                                or FormatException, $"{type}: {constructor}");
            }
        }
    }

    [Theory]
    [InlineData("minimal")]
    [InlineData("file")]
    [InlineData("action")]
    public async Task S55_Options_from_the_source_generator_that_can_not_refuse_it_stop_the_start(string surface)
    {
        var failure = await Record.ExceptionAsync(async () =>
        {
            await using var site = await StartAsync(
                app =>
                {
                    if (surface == "minimal")
                        app.MapPost("/", ([FromBody] Worded body) => body.Id);
                    if (surface == "file")
                        app.MapFileRoutes([new FileRoute("w.cs", "/w", typeof(WordedFile), [new("POST", nameof(WordedFile.Post))])]);
                    if (surface == "action")
                        app.MapControllers();
                },
                builder =>
                {
                    builder.Services.ConfigureHttpJsonOptions(
                        static options => options.SerializerOptions.TypeInfoResolverChain.Insert(0, WordedContext.Default));
                    OnlyControllers.AddTo(builder, surface == "action" ? [typeof(WordedController)] : []);
                    builder.Services.Configure<JsonOptions>(
                        static options => options.JsonSerializerOptions.TypeInfoResolverChain.Insert(0, WordedContext.Default));
                });
        });

        Assert.Contains("Take Caller as a parameter", Assert.IsType<InvalidOperationException>(failure).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void S55_Every_public_type_is_decided_about()
    {
        var undecided = typeof(Caller).Assembly.GetExportedTypes().Concat(typeof(AppWixClient).Assembly.GetExportedTypes())
            .Where(static type => !type.IsEnum && !type.IsInterface && !(type.IsAbstract && type.IsSealed)
            && !type.IsAssignableTo(typeof(Attribute)) && !type.IsAssignableTo(typeof(Exception)) && !ServerMade.Is(type)
            && !Data.Contains(type.Name));

        Assert.Empty(undecided); // does it say who somebody is, or what was granted? Then it belongs to ServerMade; otherwise to Data
        Assert.All(Types, static type => Assert.True(ServerMade.Is(type)));
    }

    [Theory]
    [MemberData(nameof(Handlers))]
    public async Task S55_Minimal_APIs_and_endpoint_files_get_the_true_one_or_nothing(string handler)
    {
        foreach (var type in Types.Concat(Derived))
            await Run(type, nameof(TryHandlerAsync), handler);
    }

    [Theory]
    [MemberData(nameof(All))]
    public Task S55_Actions_get_the_true_one_or_nothing(Type type) => Run(type, nameof(TryActionsAsync), false);

    // A WixSecret may be made of any text, as a setting is, and nothing goes by one that was: what Newtonsoft.Json makes of a client's text
    // is the client's text.
    public static TheoryData<Type> AllButSecret => new(Types.Concat(Derived).Except([typeof(WixSecret)]));

    [Theory]
    [MemberData(nameof(AllButSecret))]
    public Task S55_Actions_with_another_serializer_get_the_true_one_or_nothing(Type type) => Run(type, nameof(TryActionsAsync), true);

    [Theory]
    [MemberData(nameof(All))]
    public Task S55_Razor_Pages_get_the_true_one_or_nothing(Type type) => Run(type, nameof(TryPagesAsync));

    [Theory]
    [MemberData(nameof(All))]
    public Task S55_Hubs_get_the_true_one_or_nothing(Type type) => Run(type, nameof(TryHubAsync));

    private Task Run(Type type, string test, params object[] arguments) => (Task)typeof(IdentityTests)
        .GetMethod(test, BindingFlags.NonPublic | BindingFlags.Instance)!.MakeGenericMethod(type).Invoke(this, arguments)!;

    private async Task<IdentitySite> StartAsync(Action<WebApplication> map, Action<WebApplicationBuilder>? build = null) =>
        await IdentitySite.StartAsync(map, build, await sites.OfAsync("beside", static () => WixSite.StartAsync()));

    private async Task TryHandlerAsync<T>(string handler)
    {
        var method = typeof(IdentityFile<T>).GetMethod(handler)!;
        await TryAsync<T>("/api/victim/victim", app => app.MapFileRoutes(
            [new FileRoute("api/[who]/[id].cs", "/api/[who]/[id]", typeof(IdentityFile<T>), [new("GET", handler), new("POST", handler)])]));
        await TryAsync<T>("/minimal/victim/victim",
            app => app.MapMethods("/minimal/{who}/{id}", ["GET", "POST"], Delegate(method)).DisableAntiforgery());

        static Delegate Delegate(MethodInfo method) => method.CreateDelegate(System.Linq.Expressions.Expression.GetDelegateType(
            [.. method.GetParameters().Select(static parameter => parameter.ParameterType), method.ReturnType]));
    }

    private async Task TryAsync<T>(string path, Action<WebApplication> map)
    {
        IdentitySite site;
        try
        {
            site = await StartAsync(map);
        }
        catch (Exception e) when (e is InvalidOperationException or NotSupportedException)
        {
            Assert.NotEmpty(e.Message); // refused before there is anybody to refuse
            return;
        }

        await using (site)
            await site.TryAllAsync<T>(path);
    }

    private async Task TryActionsAsync<T>(bool newtonsoft)
    {
        await using var site = await StartAsync(
            app => app.MapControllers(),
            builder =>
            {
                OnlyControllers.AddTo(builder, typeof(IdentityController<T>), typeof(IdentityPropertyController<T>),
                    typeof(IdentityApiController<T>));
                if (newtonsoft)
                    builder.Services.AddControllers().AddNewtonsoftJson();
            });
        foreach (var (controller, prefix) in new[]
        {
            (typeof(IdentityController<T>), "plain"), (typeof(IdentityPropertyController<T>), "property"),
            (typeof(IdentityApiController<T>), "api"),
        })
        {
            foreach (var action in controller.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly)
                .Where(static method => method.IsDefined(typeof(AcceptVerbsAttribute))))
                await site.TryAllAsync<T>($"/{prefix}/victim/victim/{action.Name}");
        }
    }

    private async Task TryPagesAsync<T>()
    {
        await using var site = await StartAsync(
            app => app.MapRazorPages(),
            builder => OnlyPages.AddTo(builder, ("/Who", typeof(IdentityPage<T>))).AddRazorPagesOptions(static options =>
                options.Conventions.AddPageRoute("/Who", "/who/{who}/{id}")));
        await site.TryAllAsync<T>("/who/victim/victim");
        foreach (var handler in typeof(IdentityPage<T>).GetMethods()
            .Where(static method => method.Name.StartsWith("OnPost", StringComparison.Ordinal))
            .Select(static method => method.Name["OnPost".Length..]))
            await site.TryAllAsync<T>("/who/victim/victim", handler);
    }

    private async Task TryHubAsync<T>()
    {
        IdentitySite site;
        await using (site =
            await StartAsync(app => app.MapHub<IdentityHub<T>>("/hub"), builder => builder.Services.AddSignalR()))
            await site.TryHubAsync<T>("Plain", "Record", "Bag", "Several");
    }

    public class FakeClient : WixClient;

    internal sealed record Worded(string? Id, Caller? Who);

    internal static class WordedFile
    {
        public static string? Post([FromBody] Worded body) => body.Id;
    }

    [Route("/worded")]
    internal sealed class WordedController : ControllerBase
    {
        [HttpPost]
        public string? Post([FromBody] Worded body) => body.Id ?? HttpContext.TraceIdentifier;
    }

    [Route("/who")]
    internal sealed class WhoController : ControllerBase
    {
        [HttpGet]
        public string Get(Caller caller) => HttpContext.Request.Method + " " + caller.Kind + caller.Id;
    }

    [Route("/true")]
    internal sealed class TrueController : Controller
    {
        [BindProperty]
        public Caller? Who { get; set; }

        [HttpPost]
        public string Post([FromQuery] Caller who, [FromQuery] WixClient wix) =>
            $"{who.Id} {Who?.Id} {ReferenceEquals(wix, HttpContext.RequestServices.GetService<WixClient>())}";
    }

    [ApiController]
    [Route("/true-api")]
    internal sealed class TrueApiController : ControllerBase
    {
        [HttpPost]
        public string Post(Caller who, [FromForm] Caller same, WixClient wix) =>
            $"{who.Id} {same.Id} {ReferenceEquals(wix, HttpContext.RequestServices.GetService<WixClient>())}";
    }

    [IgnoreAntiforgeryToken]
    public sealed class TruePage : Microsoft.AspNetCore.Mvc.RazorPages.PageModel
    {
        [BindProperty]
        public Caller? Who { get; set; }

        public ContentResult OnPost(Caller who, [FromQuery] WixClient wix) =>
            Content($"{who.Id} {Who?.Id} {ReferenceEquals(wix, HttpContext.RequestServices.GetService<WixClient>())}");
    }
}
