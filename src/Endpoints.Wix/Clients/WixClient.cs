using System.Text.Json.Serialization;
using Endpoints.Wix.Values;

namespace Endpoints.Wix;

/// <summary>
/// Represents Wix as the caller sees it. Every call is made with the caller's own token, and Wix decides what the caller may do.
/// </summary>
/// <remarks>
/// The client works for the request in which a call is made, wherever the client is kept; a client from a request's own services works for
/// that request only. A visitor without a token gets one from Wix at the first call. Outside a request a call throws an
/// <see cref="InvalidOperationException"/>, and after the request an <see cref="ObjectDisposedException"/>.
/// </remarks>
[JsonConverter(typeof(ServerMadeJsonConverter<WixClient>))]
public class WixClient : WixSiteClient
{
    internal WixClient(WixChannel channel)
        : base(channel)
    {
    }

    /// <summary>
    /// Initializes a new instance of the <see cref="WixClient"/> class for mocking. A mock is an instance of a derived class. It has no
    /// identity and calls nothing.
    /// </summary>
    protected WixClient() => ServerMadeJson.DemandDerived(this, typeof(WixClient));
}
