using Microsoft.AspNetCore.Mvc;

namespace Endpoints.Wix.Tests.Surfaces.Identities;

/// <summary>The same as actions.</summary>
[Route("/plain/{who}/{id}/[action]")]
internal sealed class IdentityController<T> : Controller
{
    [AcceptVerbs("GET", "POST")]
    public string Plain(T who) => See(who);

    [AcceptVerbs("GET", "POST")]
    public string Query([FromQuery] T who) => See(who);

    [AcceptVerbs("GET", "POST")]
    public string FromPath([FromRoute] T who) => See(who);

    [AcceptVerbs("GET", "POST")]
    public string Header([FromHeader] T who) => See(who);

    [AcceptVerbs("GET", "POST")]
    public string Form([FromForm] T who) => See(who);

    [AcceptVerbs("GET", "POST")]
    public string Body([FromBody] T who) => See(who);

    [AcceptVerbs("GET", "POST")]
    public string Bodies([FromBody] List<T> who) => (who ?? []).Select(See).FirstOrDefault() ?? "none";

    [AcceptVerbs("GET", "POST")]
    public string Several([FromQuery] List<T> who) => (who ?? []).Select(See).FirstOrDefault() ?? "none";

    [AcceptVerbs("GET", "POST")]
    public string Record([FromBody] Carrier<T> carrier) => See(carrier is null ? default : carrier.Who);

    [AcceptVerbs("GET", "POST")]
    public string QueryRecord([FromQuery] Carrier<T> carrier) => See(carrier is null ? default : carrier.Who);

    [AcceptVerbs("GET", "POST")]
    public string FormRecord([FromForm] Carrier<T> carrier) => See(carrier is null ? default : carrier.Who);

    [AcceptVerbs("GET", "POST")]
    public string FormBag([FromForm] Bag<T> carrier) => See(carrier is null ? default : carrier.Who);

    [AcceptVerbs("GET", "POST")]
    public async Task<string> Updated()
    {
        var bag = new Bag<T>();
        await TryUpdateModelAsync(bag);
        return See(bag.Who);
    }

    private string See(T? who) => HttpContext.RequestServices.GetRequiredService<Seen>().Add(HttpContext, who);
}

[Route("/property/{who}/{id}/[action]")]
internal sealed class IdentityPropertyController<T> : Controller
{
    [BindProperty(SupportsGet = true)]
    public T? Who { get; set; }

    [BindProperty(SupportsGet = true, Name = "")]
    public Bag<T>? Carrier { get; set; }

    [AcceptVerbs("GET", "POST")]
    public string Property()
    {
        var seen = HttpContext.RequestServices.GetRequiredService<Seen>();
        if (Carrier is not null)
            seen.Add(HttpContext, Carrier.Who);
        return seen.Add(HttpContext, Who);
    }
}

[ApiController]
[Route("/api/{who}/{id}/[action]")]
internal sealed class IdentityApiController<T> : ControllerBase
{
    [AcceptVerbs("GET", "POST")]
    public string Plain(T who) => See(who);

    [AcceptVerbs("GET", "POST")]
    public string Query([FromQuery] T who) => See(who);

    [AcceptVerbs("GET", "POST")]
    public string FromPath([FromRoute] T who) => See(who);

    [AcceptVerbs("GET", "POST")]
    public string Header([FromHeader] T who) => See(who);

    [AcceptVerbs("GET", "POST")]
    public string Form([FromForm] T who) => See(who);

    [AcceptVerbs("GET", "POST")]
    public string Body([FromBody] T who) => See(who);

    [AcceptVerbs("GET", "POST")]
    public string Record(Carrier<T> carrier) => See(carrier.Who);

    [AcceptVerbs("GET", "POST")]
    public string FormBag([FromForm] Bag<T> carrier) => See(carrier.Who);

    private string See(T? who) => HttpContext.RequestServices.GetRequiredService<Seen>().Add(HttpContext, who);
}
