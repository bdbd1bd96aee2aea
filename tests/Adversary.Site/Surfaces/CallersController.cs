using Adversary.Site.Work;
using Endpoints.Wix;
using Microsoft.AspNetCore.Mvc;

namespace Adversary.Site.Surfaces;

/// <summary>Actions that take the caller as a parameter, as minimal APIs may.</summary>
[Route("/callers/[action]")]
public sealed class CallersController(ElevatedWixClient wix) : ControllerBase
{
    [HttpGet, HttpPost]
    public IActionResult Who(Caller caller) => Ok(Job.Describe(HttpContext, "Callers.Who", caller));

    [HttpGet, HttpPost]
    [Elevate(Callers.Member | Callers.User)]
    public async Task<IActionResult> Act(Caller caller) =>
        Ok(await Job.RunAsync(HttpContext, wix, Request.Method.ToUpperInvariant() + " /callers/Act", caller));
}
