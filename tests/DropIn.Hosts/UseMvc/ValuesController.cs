using Microsoft.AspNetCore.Mvc;

namespace DropIn.UseMvc;

[ApiController, Route("api/values")]
public sealed class ValuesController : ControllerBase
{
    [HttpGet]
    public string[] Get() => ["one", "two"];

    [HttpGet("{id:int}")]
    public ActionResult<string> Get(int id) => id == 1 ? "one" : NotFound();

    [HttpPost]
    public IActionResult Post(NewValue value) => Created((string?)null, value);

    [HttpPut("{id:int}")]
    public IActionResult Put(int id, NewValue value) => Ok(new { id, value });
}

public sealed record NewValue(string Text, int Weight);
