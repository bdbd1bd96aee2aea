using Microsoft.AspNetCore.Mvc;

namespace Endpoints.Wix.Tests.Surfaces.Identities;

/// <summary>Handlers of minimal APIs and endpoint files that ask for a value of a type in every way there is.</summary>
internal static class IdentityFile<T>
{
    public static string Plain(HttpContext context, T who) => See(context, who);

    public static string Query(HttpContext context, [FromQuery] T who) => See(context, who);

    public static string Route(HttpContext context, [FromRoute] T who) => See(context, who);

    public static string Header(HttpContext context, [FromHeader] T who) => See(context, who);

    public static string Form(HttpContext context, [FromForm] T who) => See(context, who);

    public static string Body(HttpContext context, [FromBody] T who) => See(context, who);

    public static string Bodies(HttpContext context, [FromBody] List<T> who) =>
        who.Select(one => See(context, one)).FirstOrDefault() ?? "none";

    public static string Record(HttpContext context, [FromBody] Carrier<T> carrier) => See(context, carrier.Who);

    public static string BagBody(HttpContext context, [FromBody] Bag<T> carrier) => See(context, carrier.Who);

    public static string FormRecord(HttpContext context, [FromForm] Carrier<T> carrier) => See(context, carrier.Who);

    public static string FormBag(HttpContext context, [FromForm] Bag<T> carrier) => See(context, carrier.Who);

    public static string FormBags(HttpContext context, [FromForm] List<Bag<T>> carrier) =>
        See(context, carrier.Count > 0 ? carrier[0].Who : default);

    public static string FormNames(HttpContext context, [FromForm] Dictionary<string, Carrier<T>> carrier) =>
        See(context, carrier.Count > 0 ? carrier.Values.First().Who : default);

    public static string FormMade(HttpContext context, [FromForm] Made<T> carrier) => See(context, carrier.Own);

    public static string FormMember(HttpContext context, [AsParameters] FormMembers<T> form) =>
        See(context, form.Carrier is null ? default : form.Carrier.Who);

    public static string BodyMember(HttpContext context, [AsParameters] BodyMembers<T> body) =>
        See(context, body.Carrier is null ? default : body.Carrier.Who);

    public static string BodyNames(HttpContext context, [FromBody] Dictionary<string, T> carrier) =>
        See(context, carrier.Count > 0 ? carrier.Values.First() : default);

    public static string BodyDeep(HttpContext context, [FromBody] Carrier<Carrier<T>> carrier) =>
        See(context, carrier.Who is null ? default : carrier.Who.Who);

    public static string Members(HttpContext context, [AsParameters] Bag<T> carrier) => See(context, carrier.Who);

    public static string Parameters(HttpContext context, [AsParameters] T who) => See(context, who);

    private static string See(HttpContext context, T? who) => context.RequestServices.GetRequiredService<Seen>().Add(context, who);
}
