using System.Text.Json.Serialization;
using Endpoints.Wix.Values;

namespace Endpoints.Wix;

/// <summary>
/// Represents Wix as the app sees it on the caller's site. It works in handlers of endpoints with <see cref="ElevateAttribute"/>, from
/// their start to their end.
/// </summary>
/// <remarks>
/// Elsewhere every call throws an <see cref="InvalidOperationException"/>, and after the handler an <see cref="ObjectDisposedException"/>.
/// Don't keep the client or pass it to work that outlives the handler. If the caller's own right ends first, because its token has expired,
/// its session was logged out or Wix no longer accepts it, a call throws a <see cref="WixApiException"/> with status 401, and nothing is
/// sent. Each call leaves an audit record.
/// </remarks>
[JsonConverter(typeof(ServerMadeJsonConverter<ElevatedWixClient>))]
public class ElevatedWixClient : WixSiteClient
{
    internal ElevatedWixClient(WixChannel channel)
        : base(channel)
    {
    }

    /// <summary>
    /// Initializes a new instance of the <see cref="ElevatedWixClient"/> class for mocking. A mock is an instance of a derived class. It
    /// has no identity and calls nothing.
    /// </summary>
    protected ElevatedWixClient() => ServerMadeJson.DemandDerived(this, typeof(ElevatedWixClient));
}
