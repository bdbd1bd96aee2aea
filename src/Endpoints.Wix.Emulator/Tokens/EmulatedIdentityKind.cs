namespace Endpoints.Wix.Emulator;

/// <summary>Specifies the kinds of identity that Wix distinguishes.</summary>
public enum EmulatedIdentityKind
{
    /// <summary>An anonymous visitor of a site. Token-info calls it <c>VISITOR</c>.</summary>
    Visitor,

    /// <summary>A member of a site who has logged in. Token-info calls it <c>MEMBER</c>.</summary>
    Member,

    /// <summary>A Wix user: a site's owner or collaborator, as in the back office. Token-info calls it <c>USER</c>.</summary>
    User,

    /// <summary>An app, identified by its client credentials. Token-info calls it <c>APP</c>.</summary>
    App,

    /// <summary>An API key of an account. A key is not a token, and token-info does not recognize it.</summary>
    ApiKey,
}
