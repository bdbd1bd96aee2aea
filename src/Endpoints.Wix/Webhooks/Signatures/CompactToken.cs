using System.Buffers;
using System.Buffers.Text;
using System.Text;
using System.Text.Json;

namespace Endpoints.Wix.Webhooks.Signatures;

/// <summary>
/// Reads the compact form of a signed token, as strictly as it is written: three parts of base64url, and nothing around them.
/// </summary>
internal static class CompactToken
{
    private const int LongestHeader = 2048;
    private const int LongestKeyId = 256;

    private static readonly SearchValues<byte> Alphabet =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"u8);

    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false, MaxDepth = 8 };

    /// <summary>Splits a body and judges its header. Nothing else of an unverified token is read.</summary>
    /// <returns>The fault; <see cref="TokenFault.None"/> if the signature may be verified.</returns>
    public static TokenFault Read(ReadOnlySpan<byte> body, out string token, out int payloadAt, out int payloadLength)
    {
        (token, payloadAt, payloadLength) = ("", 0, 0);
        var first = body.IndexOf((byte)'.');
        var last = body.LastIndexOf((byte)'.');
        if (first < 0 || first == last || !IsPart(body[..first]) || !IsPart(body[(first + 1)..last]) || first > LongestHeader)
            return TokenFault.Malformed;
        var signature = body[(last + 1)..];
        if (signature.Length > 0 && !IsPart(signature))
            return TokenFault.Malformed;
        if (HeaderFault(Base64Url.DecodeFromUtf8(body[..first])) is not TokenFault.None and var fault)
            return fault;
        if (signature.Length == 0)
            return TokenFault.Signature;

        token = Encoding.ASCII.GetString(body);
        (payloadAt, payloadLength) = (first + 1, last - first - 1);
        return TokenFault.None;
    }

    // Others read what isn't written as it should be in their own ways: padding, and bits that no byte has.
    private static bool IsPart(ReadOnlySpan<byte> part)
    {
        if (part.IsEmpty || part.Length % 4 == 1 || part.ContainsAnyExcept(Alphabet))
            return false;
        var spare = (part.Length % 4) switch { 2 => 0b1111, 3 => 0b11, _ => 0 };
        return (Value(part[^1]) & spare) == 0;
    }

    private static int Value(byte letter) => letter switch
    {
        >= (byte)'A' and <= (byte)'Z' => letter - 'A',
        >= (byte)'a' and <= (byte)'z' => letter - 'a' + 26,
        >= (byte)'0' and <= (byte)'9' => letter - '0' + 52,
        (byte)'-' => 62,
        _ => 63,
    };

    private static TokenFault HeaderFault(byte[] json)
    {
        try
        {
            using var document = JsonDocument.Parse(json, Strict);
            var header = document.RootElement;
            if (header.ValueKind != JsonValueKind.Object)
                return TokenFault.Malformed;
            // The configured keys sign with this one. A token has no say in it, nor in where a key comes from.
            if (!header.TryGetProperty("alg", out var algorithm) || !algorithm.ValueEquals("RS256"u8))
                return TokenFault.Header;
            foreach (var member in header.EnumerateObject())
            {
                if (!IsHarmless(member))
                    return TokenFault.Header;
            }

            return TokenFault.None;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return TokenFault.Malformed; // twice the same name, text that is no UTF-8, or an algorithm that is no text
        }
    }

    private static bool IsHarmless(JsonProperty member) => member.Name switch
    {
        "alg" => true,
        "typ" => member.Value.ValueKind == JsonValueKind.String
            && string.Equals(member.Value.GetString(), "JWT", StringComparison.OrdinalIgnoreCase),
        // It names a key at Wix. Here it chooses none.
        "kid" => member.Value.ValueKind == JsonValueKind.String && member.Value.GetString() is { Length: <= LongestKeyId },
        // A key of its own, something that must be understood, another content, another form, encryption.
        "jwk" or "jku" or "x5u" or "x5c" or "x5t" or "x5t#S256" or "crit" or "cty" or "b64" or "zip" or "enc" or "epk" or "apu" or "apv"
            or "iv" or "tag" or "p2s" or "p2c" => false,
        var name => !name.Equals("alg", StringComparison.OrdinalIgnoreCase),
    };
}
