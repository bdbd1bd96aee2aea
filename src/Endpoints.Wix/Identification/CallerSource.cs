namespace Endpoints.Wix.Identification;

/// <summary>Where a caller's identity came from.</summary>
internal enum CallerSource
{
    /// <summary>Nowhere: the request carries neither token nor session.</summary>
    None,

    /// <summary>A token in the <c>Authorization</c> header, which no browser sends by itself.</summary>
    Header,

    /// <summary>The session cookie, which browsers send with any site's request.</summary>
    Cookie,
}
