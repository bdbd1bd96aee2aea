using Endpoints.Wix;

[Elevate(Callers.Visitor | Callers.Member | Callers.User, RateLimit = "30/1m")]
public static class MyApi
{
    public static async Task<SitePropertiesSnapshot> Get(WixAuth auth, SiteProperties siteProperties)
    {
        var elevatedGetSiteProperties = auth.Elevate(siteProperties.GetSitePropertiesAsync);
        return await elevatedGetSiteProperties();
    }
}
