namespace Endpoints.Testing;

/// <summary>A kind of caller, and how it says who it is.</summary>
public enum GuardMatrixCaller
{
    /// <summary>Without token and cookie: to the guards an anonymous visitor.</summary>
    Nobody,

    /// <summary>A visitor's token in <c>Authorization</c>.</summary>
    Visitor,

    /// <summary>A visitor's session cookie, sent from the site's own page.</summary>
    VisitorSession,

    /// <summary>A member's token in <c>Authorization</c>.</summary>
    Member,

    /// <summary>A member's session cookie, sent from the site's own page.</summary>
    MemberSession,

    /// <summary>A member's session cookie, sent from another site's page; tried with methods that change something, and never let in.</summary>
    MemberSessionElsewhere,

    /// <summary>The token of a Wix user, as dashboards send it.</summary>
    User,

    /// <summary>The app's own token.</summary>
    App,
}
