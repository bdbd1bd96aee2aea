namespace Endpoints.Wix.Emulator.Tokens;

/// <summary>Represents the identity that a token speaks for, and the client, account, site and instance it is issued for.</summary>
internal sealed record TokenSubject(EmulatedIdentityKind Kind, string Id, string? ClientId, string? AccountId, string? SiteId,
    string? InstanceId)
{
    public static TokenSubject Of(TokenFacts facts) =>
        new(facts.Kind, facts.SubjectId, facts.ClientId, facts.AccountId, facts.SiteId, facts.InstanceId);

    public static TokenSubject On(EmulatedApp app, EmulatedSite site, EmulatedIdentityKind kind, string id) =>
        new(kind, id, app.ClientId, site.AccountId, site.Id, app.InstanceIdOn(site));
}
