using System.Buffers.Text;
using System.Text.Json;

namespace Endpoints.Wix.Identification;

/// <summary>Determines from a JWT's own claims whether it was issued by somebody other than Wix.</summary>
internal static class ForeignJwt
{
    private const string Wix = "wix.com";

    public static bool Is(string token)
    {
        var first = token.IndexOf('.', StringComparison.Ordinal);
        var last = token.LastIndexOf('.');
        if (first <= 0 || last <= first || token.AsSpan(first + 1, last - first - 1).Contains('.'))
            return false;
        try
        {
            using var payload = JsonDocument.Parse(Base64Url.DecodeFromChars(token.AsSpan(first + 1, last - first - 1)),
                new() { MaxDepth = 16 });
            return payload.RootElement.ValueKind == JsonValueKind.Object
                && payload.RootElement.TryGetProperty("iss", out var issuer)
                && !(issuer.ValueKind == JsonValueKind.String && issuer.ValueEquals(Wix));
        }
        catch (Exception e) when (e is JsonException or FormatException or InvalidOperationException)
        {
            return false;
        }
    }
}
