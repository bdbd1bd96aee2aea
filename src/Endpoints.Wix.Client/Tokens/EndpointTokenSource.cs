using System.Net;
using Endpoints.Wix.Errors;

namespace Endpoints.Wix.Tokens;

/// <summary>Gets the app's tokens from Wix's token endpoint. This is the default source.</summary>
internal sealed class EndpointTokenSource(TokenEndpoint endpoint) : IWixTokenSource
{
    public async ValueTask<WixToken> GetTokenAsync(WixTokenRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        try
        {
            var issued =
                await endpoint.IssueAsync(TokenKey.ForApp(request.ClientId, request.InstanceId), cancellationToken).ConfigureAwait(false);
            return new(issued.Token, issued.ExpiresAt);
        }
        catch (TokenRefusedException e)
        {
            throw new WixApiException(e.Message, (HttpStatusCode)e.Status);
        }
    }
}
