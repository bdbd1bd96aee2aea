namespace Endpoints.Wix.Identification;

/// <summary>Specifies the reason why a caller is not known.</summary>
internal enum Refusal
{
    /// <summary>No reason: the caller is known.</summary>
    None,

    /// <summary>An <c>Authorization</c> header that contains no token, or more than one.</summary>
    Malformed,

    /// <summary>A token that Wix does not accept: unknown, expired, not valid yet, or issued for another app.</summary>
    NotAccepted,

    /// <summary>A member's session that Wix has ended.</summary>
    SessionEnded,

    /// <summary>Too many tokens from the caller's network that Wix does not accept. Wix was not asked.</summary>
    Limited,

    /// <summary>Wix could not be asked. Never a reason to let a caller pass.</summary>
    Unavailable,
}
