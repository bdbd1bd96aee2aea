using Endpoints.Wix;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;

namespace GuardedSite;

[ApiController]
[Route("/baskets/[action]")]
[Elevate(Callers.User)]
public sealed class BasketController(ElevatedWixClient wix) : ControllerBase
{
    [HttpPut("{id:length(5)}")]
    [Elevate(Callers.Member | Callers.Visitor, RateLimit = "1/1h", Only = ["GET /site-properties/*"], Check = typeof(OwnsBasket))]
    public Task<string> Change(string id, BasketChange basket) => Work.Run(id.Length + basket.Count > 0 ? wix : wix);

    [HttpGet]
    public Task<string> All() => Work.Run(wix);

    [HttpPost]
    [Authorize(Roles = "Member")]
    [Elevate(Callers.Member | Callers.User)]
    public Task<string> Pay() => Work.Run(wix);
}

public sealed class HomeController(ElevatedWixClient wix) : Controller
{
    [HttpGet]
    [Elevate(Callers.Member)]
    public Task<string> Index() => Work.Run(wix);
}
