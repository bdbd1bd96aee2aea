using Endpoints.Wix;

namespace DropIn.Files;

[Elevate(Callers.Visitor | Callers.Member | Callers.User, RateLimit = "1000/1m")]
public static class MyApi
{
    public static async Task<string?> Get(WixAuth auth, SiteProperties siteProperties)
    {
        var elevatedGetSiteProperties = auth.Elevate(siteProperties.GetSitePropertiesAsync);
        return (await elevatedGetSiteProperties()).Properties.SiteDisplayName;
    }
}
