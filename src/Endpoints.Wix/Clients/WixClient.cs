using System.Text.Json.Serialization;
using Endpoints.Wix.Values;

namespace Endpoints.Wix;

/// <summary>Wix as the caller sees it: every call is made with the caller's own token, and Wix decides what the caller may do.</summary>
/// <remarks>
/// For the request that a call is made in, wherever the client is kept; one from a request's own services, for that request only. A visitor without a token gets one from Wix at the first
/// call. Elsewhere a call is an <see cref="InvalidOperationException"/>, and after the request an <see cref="ObjectDisposedException"/>.
/// </remarks>
[JsonConverter(typeof(ServerMadeJsonConverter<WixClient>))]
public class WixClient : WixSiteClient
{
    internal WixClient(WixChannel channel)
        : base(channel)
    {
    }

    /// <summary>Initializes a mock, which a derived class is: it has no identity, and calls nothing.</summary>
    protected WixClient() => ServerMadeJson.DemandDerived(this, typeof(WixClient));
}
