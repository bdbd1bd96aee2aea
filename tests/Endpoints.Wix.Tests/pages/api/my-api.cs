using Endpoints.Wix;

[Elevate(Callers.Visitor | Callers.Member)]
public static class MyApi
{
    public static async Task<SitePropertiesSnapshot> Get(WixAuth auth, SiteProperties siteProperties)
    {
        var elevatedGetSiteProperties = auth.Elevate(siteProperties.GetSitePropertiesAsync);
        return await elevatedGetSiteProperties();
    }
}
