using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Endpoints.Wix.Emulator.OAuth;

/// <summary>Implements proof key for code exchange (RFC 7636), method S256.</summary>
internal static class Pkce
{
    public static bool Verifies(string? verifier, string challenge) =>
        verifier is { Length: >= 43 and <= 128 }
        && CryptographicOperations.FixedTimeEquals(
            Encoding.ASCII.GetBytes(Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(verifier)))),
            Encoding.ASCII.GetBytes(challenge));
}
