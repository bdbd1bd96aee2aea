namespace Endpoints.Wix;

/// <summary>Specifies who caused an event or a service plugin call.</summary>
public enum WixEventIdentityKind
{
    /// <summary>Wix didn't say, or named a kind that is unknown.</summary>
    Unknown,

    /// <summary>A visitor who isn't logged in.</summary>
    Visitor,

    /// <summary>A member of the site.</summary>
    Member,

    /// <summary>A Wix user, such as the site's owner.</summary>
    User,

    /// <summary>An app.</summary>
    App,
}
