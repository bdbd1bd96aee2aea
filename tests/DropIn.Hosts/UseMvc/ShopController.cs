using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;

namespace DropIn.UseMvc;

public sealed class ShopController : Controller
{
    public IActionResult Index() => Content("Shop");

    public IActionResult Item(int id) => Json(new { Id = id, Link = Url.Action("Item", new { id }) });

    [HttpPost]
    public IActionResult Order(string what, int count) =>
        ModelState.IsValid ? RedirectToAction("Item", new { id = count }) : BadRequest(ModelState);

    [Authorize]
    public IActionResult Mine() => Content("mine");

    public IActionResult Missing() => NotFound();

    public IActionResult Broken() => throw new InvalidOperationException("the application's own mistake");

    [ResponseCache(Duration = 60)]
    public IActionResult Cached() => Content("cached");

    public IActionResult Error() => StatusCode(500, "Something went wrong");
}
