namespace Endpoints.Origins;

/// <summary>Specifies the sender of a request, as the browser reports it.</summary>
internal enum Sender
{
    /// <summary>The sender is not reported: no browser sent the request, or one that is too old to report it.</summary>
    Unsaid,

    /// <summary>The user, not a page.</summary>
    User,

    /// <summary>One of the site's own pages.</summary>
    OwnPage,

    /// <summary>
    /// One of the site's own pages according to the browser, on an origin that is unknown here: a proxy hides the site's name.
    /// </summary>
    OwnPageUnderAnotherName,

    /// <summary>A page of another site, or contradictory headers.</summary>
    OtherPage,
}
