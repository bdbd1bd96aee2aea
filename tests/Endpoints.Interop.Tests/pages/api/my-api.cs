using Endpoints.Wix;

[Elevate(Callers.Visitor | Callers.Member | Callers.User | Callers.App)]
public static class MyApi
{
    public static async Task<SitePropertiesSnapshot> Get(WixAuth auth, SiteProperties siteProperties)
    {
        var elevatedGetSiteProperties = auth.Elevate(siteProperties.GetSitePropertiesAsync);
        return await elevatedGetSiteProperties();
    }

    public static async Task<string?> Post(WixAuth auth, SiteProperties siteProperties, Note note)
    {
        var elevatedUpdate = auth.Elevate(siteProperties.UpdateBusinessProfileAsync);
        return (await elevatedUpdate(new() { Description = note.Text })).Version;
    }
}
