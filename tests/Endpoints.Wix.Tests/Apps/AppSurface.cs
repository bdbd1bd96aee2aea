using Endpoints.Wix.Tests.Surfaces;

namespace Endpoints.Wix.Tests.Apps;

/// <summary>Maps <c>/shop</c>, which names the app <c>shop</c>, and <c>/main</c>, which names none, on one of the surfaces.</summary>
internal static class AppSurface
{
    private const Callers Who = Callers.Member | Callers.User;

    public static TheoryData<string> All => new("file", "minimal", "group", "controller", "page", "mapped page");

    public static Task<AppsSite> StartAsync(string surface, Action<WixOptions>? main = null, Action<WixOptions>? shop = null,
        Action<WebApplicationBuilder>? build = null, bool hasMain = true) =>
        AppsSite.StartAsync(app => Map(app, surface, hasMain), main, shop, builder =>
        {
            builder.Services.AddFileRoutes();
            if (surface is "controller")
                OnlyControllers.AddTo(builder, typeof(AppsController));
            if (surface is "page")
                OnlyPages.AddTo(builder, ("/Shop", typeof(ShopPage)), ("/Main", typeof(MainPage)));
            if (surface is "mapped page")
                OnlyPages.AddTo(builder, ("/Shop", typeof(BareShopPage)));
            build?.Invoke(builder);
        }, hasMain);

    private static void Map(WebApplication app, string surface, bool hasMain)
    {
        switch (surface)
        {
            case "file":
                app.MapFileRoutes(
                [
                    new FileRoute("shop.cs", "/shop", typeof(ShopFile), [new("GET", nameof(ShopFile.Get))]),
                    .. hasMain ? new[] { new FileRoute("main.cs", "/main", typeof(MainFile), [new("GET", nameof(MainFile.Get))]) } : [],
                ]);
                break;
            case "group":
                app.MapGroup("/").Elevate(Who, static options => options.App = "shop").MapGet("shop", AppEndpoints.AnswerAsync);
                app.MapGroup("/").Elevate(Who).MapGet("main", AppEndpoints.AnswerAsync);
                break;
            case "controller":
                app.MapControllers();
                break;
            case "page":
                app.MapRazorPages();
                break;
            case "mapped page":
                app.MapRazorPages().Elevate(Who, static options => options.App = "shop");
                app.MapGet("/main", AppEndpoints.AnswerAsync).Elevate(Who);
                break;
            default:
                app.MapGet("/shop", AppEndpoints.AnswerAsync).Elevate(Who, static options => options.App = "shop");
                if (hasMain)
                    app.MapGet("/main", AppEndpoints.AnswerAsync).Elevate(Who);
                break;
        }
    }
}
