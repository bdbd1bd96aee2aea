using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Endpoints.Wix.Tests.Webhooks;

/// <summary>Signs anything as Wix would, and writes what Wix never would.</summary>
internal static class SignedText
{
    /// <summary>The text that is in every token, and must be in no log and no answer.</summary>
    public const string Canary = "canary-9f1c";

    public const string EventType = "wix.contacts.v4.contact_created";

    public const string Header = """{"kid":"qG1kD2dz","alg":"RS256"}""";

    public static RSA Key { get; } = RSA.Create(2048);

    public static string PublicKey { get; } = Key.ExportSubjectPublicKeyInfoPem();

    public static string Sign(string header, string claims) => Sign(header, claims, Rs256(Key));

    public static string Sign(string header, string claims, Func<byte[], byte[]> sign)
    {
        var text = $"{Part(header)}.{Part(claims)}";
        return $"{text}.{Base64Url.EncodeToString(sign(Encoding.ASCII.GetBytes(text)))}";
    }

    public static Func<byte[], byte[]> Rs256(RSA key) =>
        text => key.SignData(text, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);

    public static string Part(string json) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(json));

    public static JsonObject Envelope(string instanceId, string id, string eventType = EventType, string? identity = null,
        DateTimeOffset? at = null)
    {
        var data = new JsonObject
        {
            ["id"] = id,
            ["entityFqdn"] = "wix.contacts.v4.contact",
            ["slug"] = "created",
            ["entityId"] = "e-1",
            ["eventTime"] = (at ?? new DateTimeOffset(2026, 11, 22, 12, 0, 0, TimeSpan.Zero)).ToString("O"),
            ["createdEvent"] = new JsonObject { ["entity"] = new JsonObject { ["name"] = Canary } },
        };
        return new()
        {
            ["eventType"] = eventType,
            ["instanceId"] = instanceId,
            ["identity"] = identity ?? """{"identityType":"MEMBER","memberId":"m-1"}""",
            ["data"] = data.ToJsonString(),
        };
    }

    public static JsonObject Claims(JsonObject envelope, DateTimeOffset now) => new()
    {
        ["data"] = envelope.ToJsonString(),
        ["iat"] = now.ToUnixTimeSeconds(),
        ["exp"] = now.AddDays(3).ToUnixTimeSeconds(),
    };

    public static string With(JsonObject claims, string name, JsonNode? value)
    {
        var changed = (JsonObject)claims.DeepClone();
        changed[name] = value;
        return changed.ToJsonString();
    }

    public static string Quoted(string text) => JsonSerializer.Serialize(text);
}
