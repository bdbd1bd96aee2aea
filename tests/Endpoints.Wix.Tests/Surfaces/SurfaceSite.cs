using System.Net;
using System.Security.Claims;
using System.Text;
using Endpoints.Wix.Tests.Hosting;
using FluentValidation;

namespace Endpoints.Wix.Tests.Surfaces;

/// <summary>An application with <see cref="Orders"/> on one of the surfaces, and a journal of what happens in it.</summary>
internal sealed class SurfaceSite(WixSite site, Journal journal) : IAsyncDisposable
{
    public const string Address = "X-Test-Address";

    public static TheoryData<string> All =>
        new("file", "minimal", "group", "controller", "page controller", "mapped controller", "page", "mapped page");

    public WixSite Site => site;

    public Journal Journal => journal;

    public static async Task<SurfaceSite> StartAsync(string surface, Action<WebApplicationBuilder>? build = null)
    {
        var journal = new Journal();
        var site = await WixSite.StartAsync(
            app =>
            {
                app.Use(async (context, next) =>
                {
                    context.Connection.RemoteIpAddress = IPAddress.Parse(context.Request.Headers[Address].FirstOrDefault() ?? "192.0.2.1");
                    context.Request.Body = new JournalBody(context.Request.Body, journal);
                    var wix = context.RequestServices.GetRequiredService<ElevatedWixClient>();
                    await next();
                    journal.Add("late " + (await Record.ExceptionAsync(() => wix.SiteProperties.GetSitePropertiesAsync()))?.GetType().Name);
                });
                Map(app, surface);
            },
            configure: static options => options.Session.Cookie = WixSessionCookie.Compatible,
            build: builder =>
            {
                builder.Services.AddSingleton(journal);
                builder.Services.AddScoped<OwnsOrder>();
                builder.Services.AddSingleton<IValidator<OrderChange>, OrderChangeValidator>();
                builder.Services.AddFileRoutes();
                builder.Services.AddAuthorizationBuilder().AddPolicy(Orders.Policy, policy =>
                    policy.RequireAssertion(context => context.User.FindFirstValue(ClaimTypes.NameIdentifier) != "mallory"));
                if (surface is "controller")
                    OnlyControllers.AddTo(builder, typeof(OrdersController));
                if (surface is "page controller")
                    OnlyControllers.AddTo(builder, typeof(OrdersPageController));
                if (surface is "mapped controller")
                    OnlyControllers.AddTo(builder, typeof(OrdersBareController));
                if (surface is "page" or "mapped page")
                {
                    OnlyPages.AddTo(builder, ("/Orders", surface is "page" ? typeof(OrdersPage) : typeof(OrdersBarePage)))
                        .AddRazorPagesOptions(static options => options.Conventions.AddPageRoute("/Orders", "/api/orders/{id}"));
                }

                build?.Invoke(builder);
            });
        return new(site, journal);
    }

    /// <summary>Sends a change and says what came of it, with the journal of this request.</summary>
    public async Task<(Answer Answer, IReadOnlyList<string> Journal)> ChangeAsync(
        string id = "alice", string? token = null, string? cookie = null, string body = """{"quantity":3}""",
        params (string Name, string Value)[] headers)
    {
        journal.Clear();
        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        var answer = await site.SendAsync("POST", "/api/orders/" + id, token, cookie, content, headers);
        return (answer, journal.Lines);
    }

    public ValueTask DisposeAsync() => site.DisposeAsync();

    private static void Map(WebApplication app, string surface)
    {
        switch (surface)
        {
            case "file":
                app.MapFileRoutes(
                    [new FileRoute("api/orders/[id].cs", "/api/orders/[id]", typeof(OrdersFile), [new("POST", nameof(OrdersFile.Post))])]);
                break;
            case "minimal":
                app.MapPost("/api/orders/{id}", Orders.ChangeAsync)
                    .Elevate(Callers.Member,
                        options => { options.RateLimit = Orders.Limit; options.Policy = Orders.Policy; options.Check =
                            typeof(OwnsOrder); });
                break;
            case "group":
                app.MapGroup("/api")
                    .Elevate(Callers.Member,
                        options => { options.RateLimit = Orders.Limit; options.Policy = Orders.Policy; options.Check = typeof(OwnsOrder); })
                    .MapPost("/orders/{id}", Orders.ChangeAsync);
                break;
            case "mapped controller":
                app.MapControllers().Elevate(Callers.Member,
                    options => { options.RateLimit = Orders.Limit; options.Policy = Orders.Policy; options.Check = typeof(OwnsOrder); });
                break;
            case "page":
                app.MapRazorPages();
                break;
            case "mapped page":
                app.MapRazorPages().Elevate(Callers.Member,
                    options => { options.RateLimit = Orders.Limit; options.Policy = Orders.Policy; options.Check = typeof(OwnsOrder); });
                break;
            default:
                app.MapControllers();
                break;
        }
    }
}
