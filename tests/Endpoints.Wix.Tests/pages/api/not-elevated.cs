using Endpoints.Wix;

public static class NotElevated
{
    public static Task<SitePropertiesSnapshot> Get(SiteProperties siteProperties) => siteProperties.GetSitePropertiesAsync();
}
