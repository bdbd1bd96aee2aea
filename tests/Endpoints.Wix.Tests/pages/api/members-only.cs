using Endpoints.Wix;

/// <summary>An instance handler with the client injected, whose method's attribute is nearer than its class's.</summary>
[Elevate(Callers.Visitor)]
public class MembersOnly(ElevatedWixClient wix)
{
    [Elevate(Callers.Member, Only = ["GET /site-properties/*"])]
    public async Task<string?> Get() => (await wix.SiteProperties.GetSitePropertiesAsync()).Properties.BusinessName;

    public async Task<string?> Post(Renaming renaming) =>
        (await wix.SiteProperties.UpdateBusinessProfileAsync(new() { BusinessName = renaming.Name })).Version;
}

public record Renaming(string Name);
