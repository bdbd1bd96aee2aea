using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;

namespace DropIn.Mvc.Controllers;

/// <summary>An API of the application's own, under the folder that endpoint files like to use.</summary>
[ApiController, Route("api/products"), AllowAnonymous]
public sealed class ProductsController : ControllerBase
{
    [HttpGet]
    public string[] All() => ["Harbour Blend", "Enamel Mug"];

    [HttpGet("{id:int}")]
    public ActionResult<string> One(int id) => id == 1 ? "Harbour Blend" : NotFound();

    [HttpPost, IgnoreAntiforgeryToken]
    public IActionResult Add(NewProduct product) => Created((string?)null, product);
}

public sealed record NewProduct(string Name, int Quantity);
