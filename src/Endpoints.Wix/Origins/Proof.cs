namespace Endpoints.Wix.Origins;

/// <summary>Specifies the proof by which the caller of a request is known, as far as it matters whose page sent the request.</summary>
internal enum Proof
{
    /// <summary>
    /// A token in <c>Authorization</c> that no browser sends by itself, and nothing else: no other site's page can send it.
    /// </summary>
    Token,

    /// <summary>
    /// Nothing, or such a token beside another identity: refused only where a browser says that another site's page sent it.
    /// </summary>
    NothingOrBoth,

    /// <summary>Something that a browser sends by itself: accepted from the site's own pages only.</summary>
    Ambient,
}
