using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Endpoints.Wix.Emulator.Events;

/// <summary>Writes JSON Web Tokens, both valid and invalid.</summary>
internal static class JwtWriter
{
    public static string Write(JsonObject claims, EmulatedApp app, EmulatedSignature signature)
    {
        using var foreign = signature is EmulatedSignature.ForeignKey or EmulatedSignature.EmbeddedKey ? RSA.Create(2048) : null;
        var header = Header(app, signature, foreign);
        var signed = Part(header) + "." + Part(claims);
        if (signature is EmulatedSignature.TamperedClaims)
        {
            var changed = (JsonObject)claims.DeepClone();
            changed["tampered"] = true;
            return Part(header) + "." + Part(changed) + "." + Rs256(app.Key, signed);
        }

        return signed + "." + signature switch
        {
            EmulatedSignature.NotSigned => "",
            EmulatedSignature.HmacWithPublicKey =>
                Base64Url.EncodeToString(HMACSHA256.HashData(Encoding.ASCII.GetBytes(app.PublicKey), Encoding.ASCII.GetBytes(signed))),
            _ => Rs256(foreign ?? app.Key, signed),
        };
    }

    private static JsonObject Header(EmulatedApp app, EmulatedSignature signature, RSA? foreign)
    {
        var header = new JsonObject
        {
            ["kid"] = Base64Url.EncodeToString(SHA256.HashData(Encoding.UTF8.GetBytes(app.ClientId)).AsSpan(0, 6)),
            ["typ"] = "JWT",
            ["alg"] = signature switch
            {
                EmulatedSignature.NotSigned => "none",
                EmulatedSignature.HmacWithPublicKey => "HS256",
                _ => "RS256",
            },
        };
        if (signature is EmulatedSignature.EmbeddedKey && foreign is not null)
        {
            var key = foreign.ExportParameters(includePrivateParameters: false);
            header["jwk"] = new JsonObject
            {
                ["kty"] = "RSA",
                ["n"] = Base64Url.EncodeToString(key.Modulus),
                ["e"] = Base64Url.EncodeToString(key.Exponent),
            };
        }

        return header;
    }

    private static string Part(JsonObject part) => Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(part));

    private static string Rs256(RSA key, string text) =>
        Base64Url.EncodeToString(key.SignData(Encoding.ASCII.GetBytes(text), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1));
}
