using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Endpoints.Wix.Emulator;

namespace Endpoints.Wix.Tests.Identification;

/// <summary>Tokens that say all the right things, signed in every way that has fooled readers of JWTs.</summary>
internal static class ForgedTokens
{
    /// <summary>The attempt, and the token without a prefix.</summary>
    /// <param name="app">The app that they are for. Its public key is public.</param>
    /// <param name="good">A real token of a visitor.</param>
    /// <param name="now">The time.</param>
    public static IEnumerable<(string Attack, string Token)> For(EmulatedApp app, string good, DateTimeOffset now)
    {
        var claims = Claims(app.ClientId, now);
        using var own = RSA.Create(2048);
        using var curve = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var publicKey = RSA.Create();
        publicKey.ImportFromPem(app.PublicKey);
        var modulus = own.ExportParameters(includePrivateParameters: false);
        var jwk = $$"""{"kty":"RSA","n":"{{Base64Url.EncodeToString(modulus.Modulus)}}","e":"AQAB"}""";
        var certificate = Convert.ToBase64String(own.ExportSubjectPublicKeyInfo());

        foreach (var none in new[] { "none", "None", "NONE", "nOnE", "" })
            yield return ($"alg {none}", Unsigned($$"""{"alg":"{{none}}","typ":"JWT"}""", claims));
        yield return ("no alg", Unsigned("{}", claims));
        foreach (var (key, name) in new[]
        {
            (Encoding.ASCII.GetBytes(app.PublicKey), "PEM"), (Encoding.ASCII.GetBytes(app.PublicKey.Trim()), "trimmed PEM"),
            (Encoding.ASCII.GetBytes(app.PublicKeyBase64), "base64 of PEM"),
            (publicKey.ExportSubjectPublicKeyInfo(), "DER"), (publicKey.ExportRSAPublicKey(), "PKCS#1"), ([], "empty key"),
            (Encoding.ASCII.GetBytes(app.ClientId), "client id"),
        })
        {
            yield return ($"HS256 with the public key as {name}",
                Signed("""{"alg":"HS256","kid":"1"}""", claims, text => HMACSHA256.HashData(key, text)));
        }

        yield return ("ES256", Signed("""{"alg":"ES256","kid":"1"}""", claims, text => curve.SignData(text, HashAlgorithmName.SHA256)));
        yield return ("ES256, all zero", Signed("""{"alg":"ES256","kid":"1"}""", claims, static _ => new byte[64]));
        foreach (var (header, name) in new[]
        {
            ("""{"alg":"RS256"}""", "no kid"), ("""{"alg":"RS256","kid":"foreign"}""", "foreign kid"),
            ("""{"alg":"RS256","kid":"../../dev/null"}""", "kid that is a path"),
            ("""{"alg":"RS256","kid":"1' UNION SELECT 'k"}""", "kid that is SQL"), ($$"""{"alg":"RS256","jwk":{{jwk}}}""", "jwk"),
            ("""{"alg":"RS256","jku":"http://127.0.0.1:9/keys"}""", "jku"),
            ("""{"alg":"RS256","x5u":"http://127.0.0.1:9/certificate"}""", "x5u"),
            ($$"""{"alg":"RS256","x5c":["{{certificate}}"]}""", "x5c"),
            ("""{"alg":"RS256","crit":["b64"],"b64":false}""", "crit"), ("""{"alg":"none","alg":"RS256"}""", "two algs"),
        })
        {
            yield return ($"RS256, {name}",
                Signed(header, claims, text => own.SignData(text, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)));
        }

        yield return ("duplicate claims", Signed("""{"alg":"RS256"}""", claims[..^1] + ""","subjectType":"APP","subjectType":"USER"}""",
            text => own.SignData(text, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)));

        // A real token with other words in it, and with its signature gone or moved.
        var parts = good["OauthNG.JWS.".Length..].Split('.');
        yield return ("a real token's header and signature", $"{parts[0]}.{Encoded(claims)}.{parts[2]}");
        yield return ("a real token unsigned", $"{parts[0]}.{parts[1]}.");
        yield return ("a real token as alg none", $"{Encoded("""{"alg":"none"}""")}.{parts[1]}.");
        yield return ("a real token twice", $"{parts[0]}.{parts[1]}.{parts[2]}.{parts[0]}.{parts[1]}.{parts[2]}");
        yield return ("a real token's signature padded", $"{parts[0]}.{parts[1]}.{parts[2]}=");
    }

    private static string Claims(string clientId, DateTimeOffset now) =>
        $$"""{"data":"{\"instance\":\"canary\"}","active":true,"subjectType":"APP","subjectId":"{{clientId}}","clientId":"{{clientId}}","siteId":"canary","instanceId":"canary","iat":{{now.ToUnixTimeSeconds()}},"exp":{{now.AddHours(1).ToUnixTimeSeconds()}},"iss":"wix.com","aud":"{{clientId}}"}""";

    private static string Unsigned(string header, string claims) => $"{Encoded(header)}.{Encoded(claims)}.";

    private static string Signed(string header, string claims, Func<byte[], byte[]> sign)
    {
        var text = $"{Encoded(header)}.{Encoded(claims)}";
        return $"{text}.{Base64Url.EncodeToString(sign(Encoding.ASCII.GetBytes(text)))}";
    }

    private static string Encoded(string json) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(json));
}
