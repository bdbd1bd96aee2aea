using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;

namespace Endpoints.Wix.Values;

/// <summary>Represents the SHA-256 of a token. It is the key of tokens in caches, so that they contain no tokens as keys.</summary>
internal readonly record struct TokenDigest(ulong A, ulong B, ulong C, ulong D)
{
    public static TokenDigest Of(AccessToken token)
    {
        var text = token.Reveal();
        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        Span<byte> bytes = text.Length <= 1024 ? stackalloc byte[1024] : new byte[text.Length];
        // A token is ASCII: PresentedToken and the token endpoint see to that.
        var written = Encoding.ASCII.GetBytes(text, bytes);
        SHA256.HashData(bytes[..written], digest);
        CryptographicOperations.ZeroMemory(bytes[..written]);
        var words = MemoryMarshal.Cast<byte, ulong>(digest);
        return new(words[0], words[1], words[2], words[3]);
    }

    public override int GetHashCode() => A.GetHashCode();

    /// <summary>Returns the digest in hexadecimal.</summary>
    public override string ToString() => $"{A:x16}{B:x16}{C:x16}{D:x16}";
}
