using Microsoft.AspNetCore.Http;

namespace Endpoints.Wix.Identification;

/// <summary>Gives limits the caller that Wix has confirmed. Who Wix can't be asked about is nobody, and counted by address.</summary>
internal sealed class WixRateLimitCallers : IRateLimitCallers
{
    public async ValueTask<RateLimitCaller> IdentifyAsync(HttpContext context, CancellationToken cancellationToken)
    {
        var identity = await RequestCaller.Of(context).ConfirmAsync(cancellationToken).ConfigureAwait(false);
        return identity.Caller?.ForLimits() ?? default;
    }
}
