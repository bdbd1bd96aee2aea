namespace Endpoints.Wix.Identification;

/// <summary>Specifies the source of a caller's identity.</summary>
internal enum CallerSource
{
    /// <summary>No source: the request carries neither a token nor a session.</summary>
    None,

    /// <summary>A token in the <c>Authorization</c> header, which no browser sends by itself.</summary>
    Header,

    /// <summary>The session cookie, which browsers send with any site's request.</summary>
    Cookie,

    /// <summary>A call that Wix has signed, which names who caused it. Nobody has sent a token.</summary>
    Signed,
}
