namespace Endpoints.Wix.Elevation;

/// <summary>What ended a grant.</summary>
internal enum GrantEnd
{
    /// <summary>Nothing yet.</summary>
    None,

    /// <summary>Its handler has returned.</summary>
    Handler,

    /// <summary>The caller's token has expired.</summary>
    Expired,

    /// <summary>The caller's session was logged out.</summary>
    SessionEnded,

    /// <summary>Wix does not accept the caller's token any more, or says that it is somebody else's.</summary>
    NotAccepted,
}
