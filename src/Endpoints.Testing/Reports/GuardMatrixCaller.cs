namespace Endpoints.Testing;

/// <summary>Specifies a kind of caller and its credentials.</summary>
public enum GuardMatrixCaller
{
    /// <summary>A caller without a token or cookie, which the guards treat as an anonymous visitor.</summary>
    Nobody,

    /// <summary>A visitor's token in the <c>Authorization</c> header.</summary>
    Visitor,

    /// <summary>A visitor's session cookie, sent from the site's own page.</summary>
    VisitorSession,

    /// <summary>A member's token in the <c>Authorization</c> header.</summary>
    Member,

    /// <summary>A member's session cookie, sent from the site's own page.</summary>
    MemberSession,

    /// <summary>
    /// A member's session cookie, sent from another site's page. It is tried with methods that change something, and is never let in.
    /// </summary>
    MemberSessionElsewhere,

    /// <summary>A Wix user's token, as dashboards send it.</summary>
    User,

    /// <summary>The app's own token.</summary>
    App,

    /// <summary>The key of a service that may call every endpoint.</summary>
    Service,

    /// <summary>The key of a service that may call no endpoint. It is never let in.</summary>
    ServiceElsewhere,
}
