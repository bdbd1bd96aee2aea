using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.OutputCaching;

namespace DropIn.Mvc.Controllers;

[AllowAnonymous]
public sealed class HomeController : Controller
{
    private static int _visits;

    public IActionResult Index() => View();

    public IActionResult Missing() => NotFound();

    public IActionResult Broken() => throw new InvalidOperationException("the application's own mistake");

    [OutputCache]
    public IActionResult Cached() => Content($"visit {Interlocked.Increment(ref _visits)}");

    public static void StartCounting() => _visits = 0;
}
