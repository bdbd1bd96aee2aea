using Endpoints.Problems;
using Microsoft.AspNetCore.Cors.Infrastructure;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace Endpoints.Origins;

/// <summary>Refuses requests that a browser sends on behalf of another site, unless CORS allows that site (<see cref="FileRouteOptions.CheckOrigin"/>).</summary>
/// <remarks><c>Sec-Fetch-Site</c> and <c>Origin</c> must both speak for the own site if they are there.</remarks>
internal sealed class OriginCheck(IOptions<FileRouteOptions> options, Senders senders)
{
    private readonly bool _isOn = options.Value.CheckOrigin;

    /// <summary>Puts the check before a request delegate.</summary>
    /// <param name="next">What answers requests that pass.</param>
    /// <param name="acts">Whether each request is a change, whatever it says.</param>
    /// <param name="cors">What the endpoint says of CORS; null for the default policy.</param>
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
        senders.Of(request) is not (Sender.OtherPage or Sender.OwnPageUnderAnotherName) || AmbientScheme.HasOther(request.Headers.Authorization);
}
