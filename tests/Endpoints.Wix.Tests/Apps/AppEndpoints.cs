using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Endpoints.Wix.Tests.Apps;

/// <summary>What the endpoints of all surfaces do: they call Wix as their app, and say for whom.</summary>
public static class AppEndpoints
{
    public static async Task<string> AnswerAsync(Caller caller, ElevatedWixClient wix)
    {
        ArgumentNullException.ThrowIfNull(caller);
        ArgumentNullException.ThrowIfNull(wix);
        await wix.SiteProperties.GetSitePropertiesAsync();
        return $"{caller.Kind} {caller.Id} of {caller.ClientId}";
    }
}

/// <remarks>An endpoint file of the app <c>shop</c>.</remarks>
public static class ShopFile
{
    [Elevate(Callers.Member | Callers.User, App = "shop")]
    public static Task<string> Get(Caller caller, ElevatedWixClient wix) => AppEndpoints.AnswerAsync(caller, wix);
}

/// <remarks>One of whichever app the request is for.</remarks>
public static class MainFile
{
    [Elevate(Callers.Member | Callers.User)]
    public static Task<string> Get(Caller caller, ElevatedWixClient wix) => AppEndpoints.AnswerAsync(caller, wix);
}

[Route("/")]
internal sealed class AppsController : ControllerBase
{
    [HttpGet("shop")]
    [Elevate(Callers.Member | Callers.User, App = "shop")]
    public async Task<IActionResult> Shop(Caller caller, [FromServices] ElevatedWixClient wix) =>
        Content(await AppEndpoints.AnswerAsync(caller, wix));

    [HttpGet("main")]
    [Elevate(Callers.Member | Callers.User)]
    public async Task<IActionResult> Main(Caller caller, [FromServices] ElevatedWixClient wix) =>
        Content(await AppEndpoints.AnswerAsync(caller, wix));
}

[Elevate(Callers.Member | Callers.User, App = "shop")]
public sealed class ShopPage : PageModel
{
    public async Task<IActionResult> OnGetAsync(Caller caller, [FromServices] ElevatedWixClient wix) =>
        Content(await AppEndpoints.AnswerAsync(caller, wix));
}

[Elevate(Callers.Member | Callers.User)]
public sealed class MainPage : PageModel
{
    public async Task<IActionResult> OnGetAsync(Caller caller, [FromServices] ElevatedWixClient wix) =>
        Content(await AppEndpoints.AnswerAsync(caller, wix));
}

/// <remarks>Guarded by what it is mapped with.</remarks>
public sealed class BareShopPage : PageModel
{
    public async Task<IActionResult> OnGetAsync(Caller caller, [FromServices] ElevatedWixClient wix) =>
        Content(await AppEndpoints.AnswerAsync(caller, wix));
}
