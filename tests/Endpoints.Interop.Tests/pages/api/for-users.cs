using Endpoints.Wix;

[Elevate(Callers.User)]
public static class ForUsers
{
    public static async Task<string?> Get(ElevatedWixClient wix) =>
        (await wix.SiteProperties.GetSitePropertiesAsync()).Properties.BusinessName;
}
