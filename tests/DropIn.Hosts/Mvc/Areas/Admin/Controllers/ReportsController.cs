using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;

namespace DropIn.Mvc.Areas.Admin.Controllers;

[Area("Admin")]
public sealed class ReportsController : Controller
{
    public IActionResult Index() => View();

    [Authorize("Admins")]
    public IActionResult Secret() => Content("for admins");
}
