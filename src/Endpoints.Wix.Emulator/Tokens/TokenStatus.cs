namespace Endpoints.Wix.Emulator.Tokens;

/// <summary>Whether a token can be used, and if not, why.</summary>
internal enum TokenStatus
{
    Good,
    Unknown,
    Expired,
    NotYetValid,
    Revoked,
    Inactive,
}
