using System.Security.Claims;
using Endpoints.Wix;

namespace Adversary.Site.Work;

/// <summary>
/// The work of every handler: one call to Wix that names the handler and the caller it believes in, and the same as its answer.
/// </summary>
internal static class Job
{
    /// <summary>The call that carries reports. The emulator keeps what else is in the body.</summary>
    public const string Path = "/members/v1/members/query";

    public const string Scheme = "Account";

    public static async Task<Report> RunAsync(HttpContext context, WixApiClient wix, string endpoint, Caller? caller = null,
        string? resource = null)
    {
        var report = Describe(context, endpoint, caller, resource);
        await SendAsync(wix, report, context.RequestAborted);
        return report;
    }

    public static async Task SendAsync(WixApiClient wix, Report report, CancellationToken ct)
    {
        using var body = JsonContent.Create(new { query = new { paging = new { limit = 1 } }, report });
        var answer = await wix.FetchWithAuthAsync(HttpMethod.Post, Path, body, ct);
        if ((int)answer.Status >= 400)
            throw new InvalidOperationException($"Wix answered {(int)answer.Status}.");
    }

    public static Report Describe(HttpContext context, string endpoint, Caller? caller = null, string? resource = null)
    {
        var seen = Seen.In("user", context.User);
        if (caller is not null)
            seen = seen.Append(Seen.By("caller", caller));
        string[] markers = [.. context.Request.Query["m"].Concat(context.Request.Headers["X-Marker"]).OfType<string>()];
        return new(endpoint, markers, context.Connection.RemotePort, [.. Holes.Bent(context, seen)], AccountOf(context.User), resource);
    }

    private static string? AccountOf(ClaimsPrincipal user) =>
        user.Identities.FirstOrDefault(static identity => identity.AuthenticationType == Scheme)?.Name;
}
