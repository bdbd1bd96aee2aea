using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Endpoints.Wix.Tests.Surfaces;

/// <summary>One elevated endpoint, <c>POST /api/orders/{id}</c>, written in each of the ways.</summary>
internal static class Orders
{
    public const string Limit = "6/1m";
    public const string Policy = "NotMallory";

    public static async Task<string> ChangeAsync(HttpContext context, string id, OrderChange change, ElevatedWixClient wix)
    {
        context.RequestServices.GetRequiredService<Journal>().Add($"handler {id} {change.Quantity}");
        await wix.SiteProperties.GetSitePropertiesAsync();
        return "changed";
    }
}

public static class OrdersFile
{
    [Elevate(Callers.Member, RateLimit = Orders.Limit, Policy = Orders.Policy, Check = typeof(OwnsOrder))]
    public static Task<string> Post(HttpContext context, string id, OrderChange change, ElevatedWixClient wix) =>
        Orders.ChangeAsync(context, id, change, wix);
}

/// <remarks>Not public, so that only the application that asks for it has it.</remarks>
[ApiController]
[Route("/api/orders/{id}")]
[Elevate(Callers.User)]
internal sealed class OrdersController : ControllerBase
{
    [HttpPost]
    [Elevate(Callers.Member, RateLimit = Orders.Limit, Policy = Orders.Policy, Check = typeof(OwnsOrder))]
    public Task<string> Post(string id, OrderChange change, [FromServices] ElevatedWixClient wix) =>
        Orders.ChangeAsync(HttpContext, id, change, wix);
}

/// <remarks>Without <c>[ApiController]</c> nothing of MVC's keeps an action from running with an invalid body.</remarks>
[Route("/api/orders/{id}")]
internal sealed class OrdersPageController : Controller
{
    [HttpPost]
    [Elevate(Callers.Member, RateLimit = Orders.Limit, Policy = Orders.Policy, Check = typeof(OwnsOrder))]
    public Task<string> Post(string id, [FromBody] OrderChange change, [FromServices] ElevatedWixClient wix) =>
        Orders.ChangeAsync(HttpContext, id, change, wix);
}

/// <remarks>Guarded by what it is mapped with.</remarks>
[Route("/api/orders/{id}")]
internal sealed class OrdersBareController : Controller
{
    [HttpPost]
    public Task<string> Post(string id, [FromBody] OrderChange change, [FromServices] ElevatedWixClient wix) =>
        Orders.ChangeAsync(HttpContext, id, change, wix);
}

[IgnoreAntiforgeryToken]
[Elevate(Callers.Member, RateLimit = Orders.Limit, Policy = Orders.Policy, Check = typeof(OwnsOrder))]
public sealed class OrdersPage : PageModel
{
    public async Task<IActionResult> OnPostAsync(string id, [FromBody] OrderChange change, [FromServices] ElevatedWixClient wix) =>
        Content(await Orders.ChangeAsync(HttpContext, id, change, wix));
}

/// <remarks>Guarded by what it is mapped with.</remarks>
[IgnoreAntiforgeryToken]
public sealed class OrdersBarePage : PageModel
{
    public async Task<IActionResult> OnPostAsync(string id, [FromBody] OrderChange change, [FromServices] ElevatedWixClient wix) =>
        Content(await Orders.ChangeAsync(HttpContext, id, change, wix));
}
