using System.Buffers.Text;
using System.Security.Cryptography;

namespace Endpoints.Wix.Values;

/// <summary>Creates secrets of 256 bits: 43 characters of the unreserved set.</summary>
internal static class RandomSecret
{
    /// <summary>The length of each secret.</summary>
    public const int Length = 43;

    public static string New()
    {
        Span<byte> bytes = stackalloc byte[32];
        RandomNumberGenerator.Fill(bytes);
        return Base64Url.EncodeToString(bytes);
    }
}
