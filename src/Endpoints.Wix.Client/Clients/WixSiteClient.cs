using System.Text.Json.Serialization;
using Endpoints.Wix.Calls;
using Endpoints.Wix.Values;

namespace Endpoints.Wix;

/// <summary>What clients of one site have: Wix's modules, and a way to call what there is no module for.</summary>
[JsonConverter(typeof(ServerMadeJsonConverter<WixSiteClient>))]
public abstract class WixSiteClient : WixApiClient
{
    private protected WixSiteClient(WixChannel channel)
        : base(channel)
    {
        SiteProperties = new(channel);
        Products = new(channel);
    }

    /// <summary>The site's properties.</summary>
    public SiteProperties SiteProperties { get; }

    /// <summary>The products of the site's store.</summary>
    public Products Products { get; }
}
