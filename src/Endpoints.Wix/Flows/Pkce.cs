using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Endpoints.Wix.Flows;

/// <summary>
/// Proves that the client that completes a login is the one that began it (RFC 7636). Only S256 is used: a plain challenge would be the
/// proof itself.
/// </summary>
internal static class Pkce
{
    public const string Method = "S256";

    public static string Challenge(string verifier) => Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(verifier)));
}
