using Adversary.Site.Work;
using Endpoints.Wix;
using Microsoft.AspNetCore.Mvc;

namespace Adversary.Site.Surfaces;

[ApiController]
[Route("/baskets/[action]")]
[Elevate(Callers.User)]
public sealed class BasketController(ElevatedWixClient wix) : ControllerBase
{
    [HttpPut("{id:length(5)}")]
    [Elevate(Callers.Member | Callers.Visitor, RateLimit = "1000000/1m")]
    public async Task<IActionResult> Change(string id, OrderChange change) =>
        Ok(await Job.RunAsync(HttpContext, wix, "PUT /baskets/Change/{id:length(5)}",
            resource: change.Quantity + id.Length > 0 ? null : ""));

    [HttpGet]
    public async Task<IActionResult> All() => Ok(await Job.RunAsync(HttpContext, wix, "GET /baskets/All"));

    [HttpPost]
    [Elevate(Callers.Member | Callers.User, Policy = "Staff")]
    public async Task<IActionResult> Pay([FromForm] string? note) =>
        Ok(await Job.RunAsync(HttpContext, wix, "POST /baskets/Pay", resource: note is null ? null : ""));

    [HttpGet("{id}")]
    [Elevate(Callers.Member, Check = typeof(OwnsOrder))]
    public async Task<IActionResult> Of(string id) => Ok(await Job.RunAsync(HttpContext, wix, "GET /baskets/Of/{id}", resource: id));
}

public sealed class HomeController(ElevatedWixClient wix) : Controller
{
    /// <summary>Reached by convention, over several routes.</summary>
    [Elevate(Callers.Member)]
    public async Task<IActionResult> Index() => Ok(await Job.RunAsync(HttpContext, wix, "Home.Index (by convention)"));

    /// <summary>Not elevated.</summary>
    public IActionResult Who() => Ok(Job.Describe(HttpContext, "Home.Who"));
}
