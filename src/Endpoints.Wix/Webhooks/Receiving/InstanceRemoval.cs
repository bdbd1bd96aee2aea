using Endpoints.Wix.Sharing;
using Endpoints.Wix.Tokens;
using Microsoft.Extensions.Options;

namespace Endpoints.Wix.Webhooks.Receiving;

/// <summary>Forgets what is known about the app on a site from which it has been removed.</summary>
/// <remarks>
/// On this node, the app's token there is gone at once, and whatever Wix has said of a caller's token for that instance is asked again. The
/// token that the nodes share is gone as well. Another node asks Wix again when the answer that it has is no longer fresh.
/// </remarks>
internal sealed class InstanceRemoval(AppTokens tokens, RemovedInstances removed, SharedCache cache, IOptions<WixOptions> options)
{
    /// <summary>Forgets an instance.</summary>
    public async Task ForgetAsync(string instanceId)
    {
        tokens.Forget(instanceId);
        removed.Add(instanceId);
        if (cache.IsOn && options.Value.ClientId is { } client)
        {
            var origin = options.Value.ApiBaseAddress.GetLeftPart(UriPartial.Authority);
            await cache.Begin().RemoveAsync(SharedTokenName.Of(origin, TokenKey.ForApp(client, instanceId))).ConfigureAwait(false);
        }
    }
}
