using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Endpoints.Wix.Emulator.Values;

namespace Endpoints.Wix.Emulator.Tokens;

/// <summary>
/// Writes and reads tokens with the outer format of Wix's tokens: a prefix and three base64url parts, signed with HS256. The content is
/// encrypted, so that clients can't depend on it: at Wix, too, only token-info can read it.
/// </summary>
internal sealed class TokenCodec(SecretSource secrets)
{
    private const string AccessPrefix = "OauthNG.JWS.";
    private const string OtherPrefix = "JWS.";
    private const int NonceSize = 12;
    private const int TagSize = 16;
    private const int LongestToken = 8 * 1024;

    private readonly byte[] _signing = secrets.Bytes("token signing key", 32);
    private readonly byte[] _encryption = secrets.Bytes("token encryption key", 32);
    private readonly string _header = Base64Url.EncodeToString(
        Encoding.UTF8.GetBytes($$"""{"kid":"{{secrets.Text("token key id", 6)}}","alg":"HS256"}"""));

    public string Write(TokenFacts facts)
    {
        var plain = JsonSerializer.SerializeToUtf8Bytes(facts, TokenFactsJson.Default.TokenFacts);
        var box = new byte[NonceSize + plain.Length + TagSize];
        RandomNumberGenerator.Fill(box.AsSpan(0, NonceSize));
        using (var aes = new AesGcm(_encryption, TagSize))
            aes.Encrypt(box.AsSpan(0, NonceSize), plain, box.AsSpan(NonceSize, plain.Length), box.AsSpan(NonceSize + plain.Length));

        var payload = string.Create(
            CultureInfo.InvariantCulture,
            $$"""{"data":"{{Base64Url.EncodeToString(box)}}","iat":{{facts.IssuedAt}},"exp":{{facts.ExpiresAt}}}""");
        var signed = _header + "." + Base64Url.EncodeToString(Encoding.UTF8.GetBytes(payload));
        return Prefix(facts.Use) + signed + "." + Sign(signed);
    }

    /// <summary>
    /// Reads a token that this platform issued, regardless of its dates. Returns <see langword="null"/> for any other text.
    /// </summary>
    public TokenFacts? Read(string? token, TokenUse use)
    {
        if (token is null || token.Length > LongestToken || !token.StartsWith(Prefix(use), StringComparison.Ordinal))
            return null;
        var parts = token[Prefix(use).Length..];
        var dot = parts.LastIndexOf('.');
        if (dot < 0)
            return null;

        // The text is compared, not the bytes: base64url has several spellings for the same bytes.
        var expected = Encoding.UTF8.GetBytes(Sign(parts[..dot]));
        if (!CryptographicOperations.FixedTimeEquals(expected, Encoding.UTF8.GetBytes(parts[(dot + 1)..])))
            return null;

        var payloadStart = parts.IndexOf('.', StringComparison.Ordinal) + 1;
        using var payload = JsonDocument.Parse(Base64Url.DecodeFromChars(parts.AsSpan(payloadStart, dot - payloadStart)));
        var box = Base64Url.DecodeFromChars(payload.RootElement.GetProperty("data").GetString());
        var plain = new byte[box.Length - NonceSize - TagSize];
        using (var aes = new AesGcm(_encryption, TagSize))
            aes.Decrypt(box.AsSpan(0, NonceSize), box.AsSpan(NonceSize, plain.Length), box.AsSpan(NonceSize + plain.Length), plain);
        var facts = JsonSerializer.Deserialize(plain, TokenFactsJson.Default.TokenFacts);
        return facts?.Use == use ? facts : null;
    }

    private static string Prefix(TokenUse use) => use is TokenUse.Access ? AccessPrefix : OtherPrefix;

    private string Sign(string text) => Base64Url.EncodeToString(HMACSHA256.HashData(_signing, Encoding.UTF8.GetBytes(text)));
}
