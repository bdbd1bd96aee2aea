namespace Endpoints.Origins;

/// <summary>Whose page sent a request, as its browser says.</summary>
internal enum Sender
{
    /// <summary>Nobody says: no browser sent it, or one that is too old to tell.</summary>
    Unsaid,

    /// <summary>No page: the user asked for it.</summary>
    User,

    /// <summary>One of the site's own pages.</summary>
    OwnPage,

    /// <summary>One of the site's own pages by the browser's word, on an origin that is not known here: a proxy hides the site's name.</summary>
    OwnPageUnderAnotherName,

    /// <summary>Another site's page, or words that contradict each other.</summary>
    OtherPage,
}
