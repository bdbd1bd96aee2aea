using System.Text.Json.Serialization;
using Endpoints.Wix.Binding;
using Endpoints.Wix.Clients;

namespace Endpoints.Wix;

/// <summary>Wix as the caller sees it: every call is made with the caller's own token, and Wix decides what the caller may do.</summary>
/// <remarks>One per request. A visitor without a token gets one from Wix at the first call. It can't be used after the request.</remarks>
[JsonConverter(typeof(ServerMadeJsonConverter<WixClient>))]
public sealed class WixClient : WixSiteClient
{
    internal WixClient(WixChannel channel)
        : base(channel)
    {
    }
}
