using Endpoints.Problems;
using Microsoft.AspNetCore.Cors.Infrastructure;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace Endpoints.Origins;

/// <summary>
/// Rejects requests that a browser sends on behalf of another site, unless CORS allows that site
/// (<see cref="FileRouteOptions.CheckOrigin"/>).
/// </summary>
/// <remarks><c>Sec-Fetch-Site</c> and <c>Origin</c>, if present, must both indicate the own site.</remarks>
internal sealed class OriginCheck(IOptions<FileRouteOptions> options, Senders senders)
{
    private readonly bool _isOn = options.Value.CheckOrigin;

    /// <summary>Wraps a request delegate in the check.</summary>
    /// <param name="next">The request delegate for requests that pass.</param>
    /// <param name="acts">
    /// <see langword="true"/> if each request is a change, regardless of its method; otherwise, <see langword="false"/>.
    /// </param>
    /// <param name="cors">The CORS metadata of the endpoint, or null for the default policy.</param>
    public RequestDelegate Wrap(RequestDelegate next, bool acts, ICorsMetadata? cors)
    {
        if (!_isOn)
            return next;

        return context =>
            (!acts && SafeRequest.Is(context)) || MaySend(context.Request) ? next(context) : AskCorsAsync(context, next, cors);
    }

    private static async Task AskCorsAsync(HttpContext context, RequestDelegate next, ICorsMetadata? cors)
    {
        var allowed = await CorsConsent.IsGivenAsync(context, cors).ConfigureAwait(false);
        await (allowed ? next(context) : ProblemWriter.WriteAsync(context, RequestProblems.CrossSite)).ConfigureAwait(false);
    }

    private bool MaySend(HttpRequest request) =>
        senders.Of(request) is not (Sender.OtherPage or Sender.OwnPageUnderAnotherName)
            || AmbientScheme.HasOther(request.Headers.Authorization);
}
