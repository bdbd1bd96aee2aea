namespace Endpoints.Wix.Emulator;

/// <summary>
/// Specifies how a webhook or a service plugin call is signed: validly, or in one of the ways that a receiver must reject.
/// </summary>
public enum EmulatedSignature
{
    /// <summary>RS256 with the app's key, as at Wix.</summary>
    Valid,

    /// <summary>RS256 with a different key.</summary>
    ForeignKey,

    /// <summary>A valid signature, with the claims changed after signing.</summary>
    TamperedClaims,

    /// <summary>The algorithm <c>none</c>, without a signature.</summary>
    NotSigned,

    /// <summary>HS256 with the text of the app's public key as the secret.</summary>
    HmacWithPublicKey,

    /// <summary>RS256 with a different key that is embedded in the header as <c>jwk</c>.</summary>
    EmbeddedKey,
}
