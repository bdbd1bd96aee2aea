namespace Endpoints.Wix.Emulator;

/// <summary>How a webhook or a service plugin call is signed: rightly, or in one of the ways that a receiver must refuse.</summary>
public enum EmulatedSignature
{
    /// <summary>RS256 with the app's key, as Wix does.</summary>
    Valid,

    /// <summary>RS256 with another key.</summary>
    ForeignKey,

    /// <summary>Signed rightly, and the claims changed afterwards.</summary>
    TamperedClaims,

    /// <summary>The algorithm <c>none</c>, without a signature.</summary>
    NotSigned,

    /// <summary>HS256 with the text of the app's public key as the secret.</summary>
    HmacWithPublicKey,

    /// <summary>RS256 with another key, which comes along in the header as <c>jwk</c>.</summary>
    EmbeddedKey,
}
