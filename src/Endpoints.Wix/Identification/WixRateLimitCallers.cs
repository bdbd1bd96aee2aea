using Microsoft.AspNetCore.Http;

namespace Endpoints.Wix.Identification;

/// <summary>
/// Provides rate limits with the caller that Wix has confirmed. If Wix can't be asked, the caller is nobody, and is counted by address.
/// </summary>
internal sealed class WixRateLimitCallers : IRateLimitCallers
{
    public async ValueTask<RateLimitCaller> IdentifyAsync(HttpContext context, CancellationToken cancellationToken)
    {
        var request = RequestCaller.Of(context);
        var identity = await request.ConfirmAsync(cancellationToken).ConfigureAwait(false);
        return identity.Caller?.ForLimits(request.App.Name) ?? default;
    }
}
