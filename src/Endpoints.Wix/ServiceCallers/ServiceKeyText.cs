using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Endpoints.Wix.ServiceCallers;

/// <summary>
/// Reads and writes the keys of services: <c>eps_</c>, 32 random bytes, and 4 bytes of their SHA-256 that tell a key from other text.
/// </summary>
/// <remarks>
/// A key has 256 random bits, which nobody can try through. A single fast hash therefore protects it as well as a slow one would, and
/// costs no time that a client without a key could make the application spend.
/// </remarks>
internal static class ServiceKeyText
{
    public const string Prefix = "eps_";

    private const string HashPrefix = "sha256:";
    private const int Random = 32;
    private const int Secret = 43;
    private const int Check = 4;
    private const int Length = 4 + Secret + 6;

    /// <summary>Creates a key.</summary>
    public static string Create()
    {
        Span<byte> bytes = stackalloc byte[Random];
        RandomNumberGenerator.Fill(bytes);
        var head = Prefix + Base64Url.EncodeToString(bytes);
        CryptographicOperations.ZeroMemory(bytes);
        return head + CheckOf(head);
    }

    /// <summary>
    /// Determines whether a text begins like a key, in any letter case. It is nobody else's then, even if it is not a key.
    /// </summary>
    public static bool Begins(ReadOnlySpan<char> text) => text.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase);

    /// <summary>Determines whether a text is a key that may exist.</summary>
    public static bool Is(ReadOnlySpan<char> text)
    {
        if (text.Length != Length || !text.StartsWith(Prefix, StringComparison.Ordinal))
            return false;
        foreach (var letter in text)
        {
            if (!char.IsAsciiLetterOrDigit(letter) && letter is not ('_' or '-'))
                return false;
        }

        return text[^6..].SequenceEqual(CheckOf(text[..^6]));
    }

    /// <summary>Determines whether a query string contains a key.</summary>
    public static bool IsIn(string? query)
    {
        var text = query.AsSpan();
        while (text.IndexOf(Prefix, StringComparison.Ordinal) is >= 0 and var start)
        {
            text = text[start..];
            if (text.Length < Length)
                return false;
            if (Is(text[..Length]))
                return true;
            text = text[Prefix.Length..];
        }

        return false;
    }

    /// <summary>Returns the hash of a key.</summary>
    /// <param name="key">The key. It consists of ASCII characters.</param>
    /// <param name="hash">The span to write 32 bytes to.</param>
    public static void Hash(ReadOnlySpan<char> key, Span<byte> hash)
    {
        Span<byte> bytes = stackalloc byte[Length];
        var written = Encoding.ASCII.GetBytes(key, bytes);
        SHA256.HashData(bytes[..written], hash);
        CryptographicOperations.ZeroMemory(bytes);
    }

    /// <summary>Returns the hash of a key, as the configuration has it.</summary>
    public static string HashText(string key)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        Hash(key, hash);
        return HashPrefix + Convert.ToHexStringLower(hash);
    }

    /// <summary>Parses the hash of a key. Returns <see langword="null"/> if the text is none.</summary>
    public static byte[]? ParseHash(string? text)
    {
        if (text is null || text.Length != HashPrefix.Length + (2 * SHA256.HashSizeInBytes)
            || !text.StartsWith(HashPrefix, StringComparison.Ordinal))
            return null;
        try
        {
            return Convert.FromHexString(text.AsSpan(HashPrefix.Length));
        }
        catch (FormatException)
        {
            return null;
        }
    }

    private static string CheckOf(ReadOnlySpan<char> head)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        Hash(head, hash);
        return Base64Url.EncodeToString(hash[..Check]);
    }
}
