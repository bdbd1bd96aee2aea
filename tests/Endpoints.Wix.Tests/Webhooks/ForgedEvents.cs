using System.Buffers.Text;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace Endpoints.Wix.Tests.Webhooks;

/// <summary>Tests what is no event of Wix's for this app, each with the status that it gets.</summary>
internal static class ForgedEvents
{
    private const HttpStatusCode Malformed = HttpStatusCode.BadRequest;
    private const HttpStatusCode Unauthorized = HttpStatusCode.Unauthorized;

    public static IEnumerable<(string Attack, HttpStatusCode Status, byte[] Body)> For(SignedSite site)
    {
        foreach (var (attack, status, body) in Texts(site))
            yield return (attack, status, Encoding.UTF8.GetBytes(body));
        var good = Encoding.UTF8.GetBytes(Good(site));
        yield return ("a byte order mark", Malformed, [0xEF, 0xBB, 0xBF, .. good]);
        yield return ("a byte that is no text in front", Malformed, [0xFF, .. good]);
        yield return ("a null byte behind", Malformed, [.. good, 0]);
        yield return ("UTF-16", Malformed, Encoding.Unicode.GetBytes(Good(site)));
        yield return ("a dot of another width", Malformed,
            Encoding.UTF8.GetBytes(Good(site).Replace(".", "\u2024", StringComparison.Ordinal)));
    }

    private static IEnumerable<(string Attack, HttpStatusCode Status, string Body)> Texts(SignedSite site) =>
        Structures(site).Select(static one => (one.Attack, Malformed, one.Body))
            .Concat(Headers(site)).Concat(Signatures(site)).Concat(Claims(site)).Concat(Events(site));

    private static IEnumerable<(string Attack, string Body)> Structures(SignedSite site)
    {
        var good = Good(site);
        var parts = good.Split('.');
        var claims = site.Claims().ToJsonString();
        yield return ("nothing", "");
        yield return ("a blank", " ");
        yield return ("a dot", ".");
        yield return ("two dots", "..");
        yield return ("a header alone", parts[0]);
        yield return ("two parts", $"{parts[0]}.{parts[1]}");
        yield return ("four parts", $"{good}.{parts[2]}");
        yield return ("the five parts of encryption", $"{good}.{parts[2]}.{parts[2]}");
        yield return ("no header", $".{parts[1]}.{parts[2]}");
        yield return ("no claims", $"{parts[0]}..{parts[2]}");
        yield return ("a line break behind", good + "\n");
        yield return ("a blank in front", " " + good);
        yield return ("a tab behind", good + "\t");
        yield return ("a line break within", good.Insert(20, "\r\n"));
        yield return ("a scheme", "Bearer " + good);
        yield return ("quotation marks", $"\"{good}\"");
        yield return ("JSON around it", $$"""{"jwt":"{{good}}"}""");
        yield return ("the JSON form", $$"""{"protected":"{{parts[0]}}","payload":"{{parts[1]}}","signature":"{{parts[2]}}"}""");
        yield return ("a form", $"jwt={good}");
        yield return ("two tokens", $"{good},{good}");
        yield return ("two tokens in two lines", $"{good}\n{good}");
        for (var i = 0; i < 3; i++)
        {
            yield return ($"part {i} padded", string.Join('.', parts.Select((part, at) => at == i ? part + "=" : part)));
            yield return ($"part {i} with the other alphabet",
                string.Join('.', parts.Select((part, at) => at == i ? "+/" + part[2..] : part)));
            yield return ($"part {i} percent encoded", string.Join('.', parts.Select((part, at) => at == i ? "%65" + part[1..] : part)));
        }

        yield return ("bits that no byte of the signature has", Spare(parts[0], parts[1], parts[2]));
        yield return ("a letter too many", good + "A" + (parts[2].Length % 4 == 2 ? "AA" : ""));
        yield return ("a header that is no JSON", $"{SignedText.Part("alg=RS256")}.{parts[1]}.{parts[2]}");
        yield return ("a header that is a list", SignedText.Sign("""["RS256"]""", claims));
        yield return ("a header that is text", SignedText.Sign("\"RS256\"", claims));
        yield return ("two algorithms", SignedText.Sign("""{"alg":"none","alg":"RS256"}""", claims));
        yield return ("two algorithms, the other way round", SignedText.Sign("""{"alg":"RS256","alg":"none"}""", claims));
        yield return ("two algorithms, one escaped", SignedText.Sign("""{"alg":"RS256","\u0061lg":"none"}""", claims));
        yield return ("an algorithm that is a number", SignedText.Sign("""{"alg":256}""", claims));
        yield return ("an algorithm that is a list", SignedText.Sign("""{"alg":["RS256"]}""", claims));
        yield return ("a comment in the header", SignedText.Sign("""{"alg":"RS256"/**/}""", claims));
        yield return ("more behind the header", SignedText.Sign("""{"alg":"RS256"}{}""", claims));
        yield return ("a deep header", SignedText.Sign($$"""{"alg":"RS256","x":{{new string('[', 40)}}{{new string(']', 40)}}}""", claims));
        yield return ("a long header", SignedText.Sign($$"""{"alg":"RS256","x":"{{new string('x', 4000)}}"}""", claims));
        yield return ("the path of a key file", "/etc/passwd");
    }

    private static IEnumerable<(string Attack, HttpStatusCode Status, string Body)> Headers(SignedSite site)
    {
        var claims = site.Claims().ToJsonString();
        foreach (var none in new[] { "none", "None", "NONE", "nOnE", "" })
        {
            yield return ($"algorithm '{none}', unsigned", Unauthorized,
                SignedText.Sign($$"""{"alg":"{{none}}"}""", claims, static _ => []));
            yield return ($"algorithm '{none}', signed", Unauthorized, SignedText.Sign($$"""{"alg":"{{none}}"}""", claims));
        }

        yield return ("no algorithm", Unauthorized, SignedText.Sign("""{"typ":"JWT"}""", claims));
        yield return ("the algorithm in small letters", Unauthorized, SignedText.Sign("""{"alg":"rs256"}""", claims));
        yield return ("the algorithm with a blank", Unauthorized, SignedText.Sign("""{"alg":"RS256 "}""", claims));
        yield return ("a second algorithm in other letters", Unauthorized, SignedText.Sign("""{"alg":"RS256","Alg":"none"}""", claims));
        foreach (var (name, hash, padding) in new[]
        {
            ("RS384", HashAlgorithmName.SHA384, RSASignaturePadding.Pkcs1), ("RS512", HashAlgorithmName.SHA512, RSASignaturePadding.Pkcs1),
            ("PS256", HashAlgorithmName.SHA256, RSASignaturePadding.Pss),
        })
        {
            yield return ($"{name} with Wix's key", Unauthorized,
                SignedText.Sign($$"""{"alg":"{{name}}"}""", claims, text => SignedText.Key.SignData(text, hash, padding)));
            yield return ($"{name} with Wix's key, called RS256", Unauthorized,
                SignedText.Sign(SignedText.Header, claims, text => SignedText.Key.SignData(text, hash, padding)));
        }

        foreach (var (key, name) in new[]
        {
            (Encoding.ASCII.GetBytes(SignedText.PublicKey), "PEM"),
            (Encoding.ASCII.GetBytes(SignedText.PublicKey + "\n"), "PEM and a line"),
            (SignedText.Key.ExportSubjectPublicKeyInfo(), "DER"), (SignedText.Key.ExportRSAPublicKey(), "PKCS#1"), ([], "nothing"),
        })
        {
            yield return ($"HS256 with the public key as {name}", Unauthorized,
                SignedText.Sign("""{"alg":"HS256"}""", claims, text => HMACSHA256.HashData(key, text)));
            yield return ($"the same, called RS256, {name}", Unauthorized,
                SignedText.Sign(SignedText.Header, claims, text => HMACSHA256.HashData(key, text)));
        }

        using var curve = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        yield return ("ES256", Unauthorized,
            SignedText.Sign("""{"alg":"ES256"}""", claims, text => curve.SignData(text, HashAlgorithmName.SHA256)));
        using var own = RSA.Create(2048);
        var modulus = Base64Url.EncodeToString(own.ExportParameters(includePrivateParameters: false).Modulus);
        foreach (var (name, member) in new[]
        {
            ("jwk", $$""" "jwk":{"kty":"RSA","n":"{{modulus}}","e":"AQAB"} """), ("jku", """ "jku":"http://127.0.0.1:9/keys" """),
            ("x5u", """ "x5u":"http://127.0.0.1:9/certificate" """),
            ("x5c", $$""" "x5c":["{{Convert.ToBase64String(own.ExportSubjectPublicKeyInfo())}}"] """),
            ("x5t", """ "x5t":"AAAA" """), ("x5t#S256", """ "x5t#S256":"AAAA" """), ("crit", """ "crit":["exp"] """),
            ("b64", """ "b64":false """), ("zip", """ "zip":"DEF" """), ("enc", """ "enc":"A256GCM" """), ("epk", """ "epk":{} """),
            ("a nested token", """ "cty":"JWT" """),
            ("another type", """ "typ":"at+jwt" """),
            ("a type that is a list", """ "typ":["JWT"] """),
            ("a key id that is a number", """ "kid":1 """), ("a long key id", $$""" "kid":"{{new string('k', 300)}}" """),
        })
        {
            yield return ($"{name}, signed with its own key", Unauthorized,
                SignedText.Sign($$"""{"alg":"RS256",{{member}}}""", claims, SignedText.Rs256(own)));
            yield return ($"{name}, signed with Wix's key", Unauthorized, SignedText.Sign($$"""{"alg":"RS256",{{member}}}""", claims));
        }

        foreach (var kid in new[] { "foreign", "../../dev/null", "1' UNION SELECT 'k", "http://127.0.0.1:9/" })
        {
            yield return ($"another's key with the id {kid}", Unauthorized,
                SignedText.Sign($$"""{"alg":"RS256","kid":"{{kid}}"}""", claims, SignedText.Rs256(own)));
        }
    }

    private static IEnumerable<(string Attack, HttpStatusCode Status, string Body)> Signatures(SignedSite site)
    {
        var parts = Good(site).Split('.');
        var other = Good(site).Split('.');
        var altered = SignedText.Claims(SignedText.Envelope("another-instance", "e"), site.Now).ToJsonString();
        using var own = RSA.Create(2048);
        yield return ("another's key", Unauthorized,
            SignedText.Sign(SignedText.Header, site.Claims().ToJsonString(), SignedText.Rs256(own)));
        yield return ("claims changed after they were signed", Unauthorized, $"{parts[0]}.{SignedText.Part(altered)}.{parts[2]}");
        yield return ("another event's signature", Unauthorized, $"{parts[0]}.{parts[1]}.{other[2]}");
        yield return ("another header", Unauthorized, $"{SignedText.Part("""{"alg":"RS256"}""")}.{parts[1]}.{parts[2]}");
        yield return ("no signature", Unauthorized, $"{parts[0]}.{parts[1]}.");
        yield return ("a signature of zeros", Unauthorized, SignedText.Sign(SignedText.Header, altered, static _ => new byte[256]));
        var sign = SignedText.Rs256(SignedText.Key);
        yield return ("a short signature", Unauthorized, SignedText.Sign(SignedText.Header, altered, text => sign(text)[..240]));
        yield return ("a long signature", Unauthorized, SignedText.Sign(SignedText.Header, altered, text => [.. sign(text), 0]));
        yield return ("a signature of the claims alone", Unauthorized,
            $"{parts[0]}.{parts[1]}.{Base64Url.EncodeToString(sign(Encoding.ASCII.GetBytes(parts[1])))}");
        yield return ("a signature turned round", Unauthorized, SignedText.Sign(SignedText.Header, altered, static text =>
        {
            var signature = SignedText.Rs256(SignedText.Key)(text);
            Array.Reverse(signature);
            return signature;
        }));
    }

    private static IEnumerable<(string Attack, HttpStatusCode Status, string Body)> Claims(SignedSite site)
    {
        var claims = site.Claims();
        var (data, now) = (claims["data"]!.ToJsonString(), site.Now.ToUnixTimeSeconds());
        foreach (var (attack, text) in new (string, string)[]
        {
            ("no data", """{"iat":1}"""),
            ("claims that are a list", "[]"), ("claims that are text", "\"\""), ("claims that are no JSON", "data=1"),
            ("data twice", $$"""{"data":{{data}},"data":{{data}}}"""),
            ("data twice, once escaped", $$"""{"data":{{data}},"d\u0061ta":"{}"}"""),
            ("data that is an object, as a plugin's", $$$"""{"data":{"eventType":"x","{{{SignedText.Canary}}}":1}}"""),
            ("data that is a number", SignedText.With(claims, "data", 1)), ("data that is null", """{"data":null}"""),
            ("the end twice", $$"""{"data":{{data}},"exp":{{now + 60}},"exp":{{now - 60}}}"""),
            ("over", SignedText.With(claims, "exp", now - 1)), ("over just now", SignedText.With(claims, "exp", now)),
            ("the end as text", SignedText.With(claims, "exp", $"{now + 60}")),
            ("the end before all time", SignedText.With(claims, "exp", -1)),
            ("the end after all time", SignedText.With(claims, "exp", 1e300)), ("the end null", SignedText.With(claims, "exp", null)),
            ("not valid yet", SignedText.With(claims, "nbf", now + 61)), ("the beginning as text", SignedText.With(claims, "nbf", "0")),
            ("issued in the future", SignedText.With(claims, "iat", now + 61)),
            ("issued too long ago", SignedText.With(claims, "iat", now - (3 * 24 * 3600) - 1)),
            ("issued as text", SignedText.With(claims, "iat", $"{now}")),
            ("another issuer", SignedText.With(claims, "iss", "evil.example")),
            ("the issuer in other letters", SignedText.With(claims, "iss", "WIX.com")),
            ("an issuer like Wix", SignedText.With(claims, "iss", "wix.com.evil.example")),
            ("issuers", SignedText.With(claims, "iss", new JsonArray("wix.com"))),
            ("another app", SignedText.With(claims, "aud", Guid.NewGuid().ToString())),
            ("no app", SignedText.With(claims, "aud", new JsonArray())),
            ("other apps", SignedText.With(claims, "aud", new JsonArray("a", "b"))),
            ("an app as an object", SignedText.With(claims, "aud", new JsonObject())),
            ("deep claims", $$"""{"data":{{data}},"x":{{new string('[', 200)}}{{new string(']', 200)}}}"""),
        })
        {
            yield return (attack, Unauthorized, SignedText.Sign(SignedText.Header, text));
        }
    }

    private static IEnumerable<(string Attack, HttpStatusCode Status, string Body)> Events(SignedSite site)
    {
        var envelope = SignedText.Envelope(site.InstanceId, "e-1");
        var old = SignedText.Claims(SignedText.Envelope(site.InstanceId, "e-1", at: site.Now.AddDays(-4)), site.Now);
        old.Remove("iat");
        yield return ("an old event whose token doesn't say when it was issued", Unauthorized,
            SignedText.Sign(SignedText.Header, old.ToJsonString()));
        foreach (var (attack, text) in new (string, string)[]
        {
            ("an empty event", ""), ("an event that is no JSON", "eventType"), ("an event that is a list", "[]"),
            ("no type", SignedText.With(envelope, "eventType", null)),
            ("a type that is a number", SignedText.With(envelope, "eventType", 1)),
            ("a type twice", envelope.ToJsonString()[..^1] + ""","eventType":"AppRemoved"}"""),
            ("no inner data", SignedText.With(envelope, "data", null)),
            ("inner data that is an object", SignedText.With(envelope, "data", new JsonObject())),
            ("inner data that is a list", SignedText.With(envelope, "data", "[]")),
            ("an instance that is a number", SignedText.With(envelope, "instanceId", 1)),
            ("a long instance", SignedText.With(envelope, "instanceId", new string('i', 200))),
            ("an instance with a line break", SignedText.With(envelope, "instanceId", "a\nb")),
            ("an identity that is no JSON", SignedText.With(envelope, "identity", "member")),
            ("deep inner data", SignedText.With(envelope, "data", $$"""{"x":{{new string('[', 500)}}{{new string(']', 500)}}}""")),
            ("inner data twice in itself", SignedText.With(envelope, "data", """{"id":"a","id":"b","entityFqdn":"f","slug":"s"}""")),
        })
        {
            yield return (attack, Malformed, SignedText.Sign(SignedText.Header, new JsonObject { ["data"] = text }.ToJsonString()));
        }
    }

    private static string Good(SignedSite site) => SignedText.Sign(SignedText.Header, site.Claims().ToJsonString());

    // 256 bytes are 342 letters, of which the last has four bits too many.
    private static string Spare(string header, string claims, string signature) =>
        $"{header}.{claims}.{signature[..^1]}{(char)(signature[^1] + 1)}";
}
