using Adversary.Site.Work;
using Endpoints.Wix;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Adversary.Site.Surfaces;

/// <summary>A Razor Page: guarded, and granted nothing.</summary>
[Elevate(Callers.Member)]
[IgnoreAntiforgeryToken]
public sealed class PageWithGuard : PageModel
{
    internal object Report { get; private set; } = "";

    public void OnGet() => Report = Job.Describe(HttpContext, "GET /page");

    public void OnPost() => Report = Job.Describe(HttpContext, "POST /page");
}
