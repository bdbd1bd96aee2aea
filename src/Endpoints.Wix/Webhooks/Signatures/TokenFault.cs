namespace Endpoints.Wix.Webhooks.Signatures;

/// <summary>Specifies the reason for which a signed call is refused.</summary>
internal enum TokenFault
{
    /// <summary>The call is not refused.</summary>
    None,

    /// <summary>The body is not a token in the compact form.</summary>
    Malformed,

    /// <summary>The header names another algorithm, brings a key, or asks for what is not done here.</summary>
    Header,

    /// <summary>No configured key has signed the token.</summary>
    Signature,

    /// <summary>A signed claim is missing, is there twice, or has the wrong type.</summary>
    Claims,

    /// <summary>The token has expired.</summary>
    Expired,

    /// <summary>The token is not valid yet.</summary>
    NotYetValid,

    /// <summary>The token is older than the application accepts.</summary>
    TooOld,

    /// <summary>The issuer is not Wix.</summary>
    Issuer,

    /// <summary>The token is for another app.</summary>
    Audience,
}
