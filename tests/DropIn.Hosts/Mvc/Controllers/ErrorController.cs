using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Mvc;

namespace DropIn.Mvc.Controllers;

[AllowAnonymous, IgnoreAntiforgeryToken]
public sealed class ErrorController : Controller
{
    [Route("error/{status:int}")]
    public IActionResult Index(int status)
    {
        var path = HttpContext.Features.Get<IStatusCodeReExecuteFeature>()?.OriginalPath
            ?? HttpContext.Features.Get<IExceptionHandlerPathFeature>()?.Path;
        return View("Error", $"{status} for {Request.Method} {path}");
    }
}
