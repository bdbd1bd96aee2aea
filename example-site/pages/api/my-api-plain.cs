using Endpoints.Wix;

/// <summary>The call of my-api.cs as the caller's own identity: Wix refuses it to visitors and members.</summary>
public static class MyApiPlain
{
    public static Task<SitePropertiesSnapshot> Get(SiteProperties siteProperties, CancellationToken cancellationToken) =>
        siteProperties.GetSitePropertiesAsync(cancellationToken: cancellationToken);
}
