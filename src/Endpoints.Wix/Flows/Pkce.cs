using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Endpoints.Wix.Flows;

/// <summary>Proof that who ends a login is who began it (RFC 7636). Only S256: a plain challenge would be the proof itself.</summary>
internal static class Pkce
{
    public const string Method = "S256";

    /// <summary>The length of <see cref="NewSecret"/>.</summary>
    public const int SecretLength = 43;

    /// <summary>A new secret of 256 bits: 43 characters of the unreserved set.</summary>
    public static string NewSecret()
    {
        Span<byte> bytes = stackalloc byte[32];
        RandomNumberGenerator.Fill(bytes);
        return Base64Url.EncodeToString(bytes);
    }

    public static string Challenge(string verifier) => Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(verifier)));
}
