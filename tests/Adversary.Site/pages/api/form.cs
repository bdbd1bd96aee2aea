using Adversary.Site.Work;
using Endpoints.Wix;
using Microsoft.AspNetCore.Mvc;

[Elevate(Callers.Member | Callers.User)]
public static class FormFile
{
    public static async Task<IResult> Post(HttpContext context, [FromForm] OrderForm? form, ElevatedWixClient wix) =>
        Results.Ok(await Job.RunAsync(context, wix, "POST /api/form", resource: form?.Note is null ? null : ""));

    public static async Task<IResult> Put(HttpContext context, IFormFile file, ElevatedWixClient wix) =>
        Results.Ok(await Job.RunAsync(context, wix, "PUT /api/form", resource: file.Length > 0 ? "" : null));
}

public sealed class OrderForm
{
    public int Quantity { get; set; }

    public string? Note { get; set; }
}
