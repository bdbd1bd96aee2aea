namespace Endpoints.Wix.Identification;

/// <summary>Why a caller is not known.</summary>
internal enum Refusal
{
    /// <summary>It is known.</summary>
    None,

    /// <summary>Its <c>Authorization</c> header holds no token, or more than one.</summary>
    Malformed,

    /// <summary>Wix does not accept its token: unknown, expired, not valid yet, or issued for another app.</summary>
    NotAccepted,

    /// <summary>It is a member's session that Wix has ended.</summary>
    SessionEnded,

    /// <summary>Its network has sent too many tokens that Wix does not accept, and Wix was not asked.</summary>
    Limited,

    /// <summary>Wix could not be asked. Never a reason to let a caller pass.</summary>
    Unavailable,
}
