namespace Endpoints.Wix.Emulator;

/// <summary>The kinds of identity that Wix knows.</summary>
public enum EmulatedIdentityKind
{
    /// <summary>An anonymous visitor of a site. Token-info calls it <c>VISITOR</c>.</summary>
    Visitor,

    /// <summary>A member of a site who has logged in. Token-info calls it <c>MEMBER</c>.</summary>
    Member,

    /// <summary>A Wix user: a site's owner or collaborator, as in the back office. Token-info calls it <c>USER</c>.</summary>
    User,

    /// <summary>An app, by its client credentials. Token-info calls it <c>APP</c>.</summary>
    App,

    /// <summary>An API key of an account. It is not a token, and token-info does not know it.</summary>
    ApiKey,
}
