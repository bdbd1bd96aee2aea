using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Endpoints.Wix.Tests.Surfaces.Identities;

/// <summary>The same as a Razor Page.</summary>
[IgnoreAntiforgeryToken]
public sealed class IdentityPage<T> : PageModel
{
    [BindProperty(SupportsGet = true)]
    public T? Who { get; set; }

    [BindProperty(SupportsGet = true, Name = "")]
    public Bag<T>? Carrier { get; set; }

    public IActionResult OnGet() => See(Who, Carrier);

    public IActionResult OnPost() => See(Who, Carrier);

    public IActionResult OnPostPlain(T who) => See(who, null);

    public IActionResult OnPostQuery([FromQuery] T who) => See(who, null);

    public IActionResult OnPostFromPath([FromRoute] T who) => See(who, null);

    public IActionResult OnPostHeader([FromHeader] T who) => See(who, null);

    public IActionResult OnPostForm([FromForm] T who) => See(who, null);

    public IActionResult OnPostBody([FromBody] T who) => See(who, null);

    public IActionResult OnPostRecord([FromBody] Carrier<T> carrier) => See(carrier is null ? default : carrier.Who, null);

    public IActionResult OnPostFormBag([FromForm] Bag<T> carrier) => See(default, carrier);

    private ContentResult See(T? who, Bag<T>? carrier)
    {
        var seen = HttpContext.RequestServices.GetRequiredService<Seen>();
        if (carrier is not null)
            seen.Add(HttpContext, carrier.Who);
        return Content(seen.Add(HttpContext, who));
    }
}
