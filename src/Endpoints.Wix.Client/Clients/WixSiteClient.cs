using System.Text.Json.Serialization;
using Endpoints.Wix.Modules;
using Endpoints.Wix.Values;

namespace Endpoints.Wix;

/// <summary>Provides the base class for clients of one site: Wix's modules, and a way to call methods that have no module.</summary>
[JsonConverter(typeof(ServerMadeJsonConverter<WixSiteClient>))]
public abstract class WixSiteClient : WixApiClient
{
    private protected WixSiteClient(WixChannel channel)
        : base(channel)
    {
    }

    private protected WixSiteClient()
    {
    }

    /// <summary>Gets the site's properties.</summary>
    public virtual SiteProperties SiteProperties => GetModule<SiteProperties>();

    /// <summary>Gets the products of the site's store.</summary>
    public virtual Products Products => GetModule<Products>();

    /// <summary>Gets the modules of the site's collections (CMS).</summary>
    public virtual WixData Data => new(this);
}
