namespace Endpoints.Wix.Elevation;

/// <summary>Specifies the reason for which a grant ended.</summary>
internal enum GrantEnd
{
    /// <summary>The grant has not ended.</summary>
    None,

    /// <summary>The handler has returned.</summary>
    Handler,

    /// <summary>The caller's token has expired.</summary>
    Expired,

    /// <summary>The caller's session was logged out.</summary>
    SessionEnded,

    /// <summary>Wix no longer accepts the caller's token, or reports a different caller for it.</summary>
    NotAccepted,

    /// <summary>Wix has named no instance on which to act.</summary>
    NoInstance,

    /// <summary>The handler streams events to a page that may make no changes, and the endpoint does not declare the stream.</summary>
    UnsaidStream,
}
