namespace Endpoints.Wix.Emulator.Tokens;

/// <summary>Specifies whether a token can be used, and if not, why.</summary>
internal enum TokenStatus
{
    Good,
    Unknown,
    Expired,
    NotYetValid,
    Revoked,
    Inactive,
}
