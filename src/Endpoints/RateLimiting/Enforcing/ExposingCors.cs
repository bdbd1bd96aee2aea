using Microsoft.AspNetCore.Cors.Infrastructure;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Endpoints.RateLimiting.Enforcing;

/// <summary>
/// Applies CORS policies as the framework does, and keeps the fields of limits readable where a policy has exposed headers of its own,
/// which replace those that were there.
/// </summary>
internal sealed class ExposingCors(IOptions<CorsOptions> options, ILoggerFactory loggers) : CorsService(options, loggers)
{
    public override void ApplyResult(CorsResult result, HttpResponse response)
    {
        base.ApplyResult(result, response);
        if (result.IsOriginAllowed && !result.IsPreflightRequest)
            RateLimitHeaders.Expose(response);
    }
}
