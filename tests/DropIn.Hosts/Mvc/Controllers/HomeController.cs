using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.OutputCaching;

namespace DropIn.Mvc.Controllers;

[AllowAnonymous]
public sealed class HomeController(Visits visits) : Controller
{
    public IActionResult Index() => View();

    public IActionResult Missing() => NotFound();

    public IActionResult Broken() => throw new InvalidOperationException("the application's own mistake");

    [OutputCache]
    public IActionResult Cached() => Content($"visit {visits.Next()}");
}

public sealed class Visits
{
    private int _count;

    public int Next() => Interlocked.Increment(ref _count);
}
