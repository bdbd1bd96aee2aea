using System.Text.Json.Serialization;

namespace Endpoints.Wix.Emulator.Tokens;

/// <summary>
/// Represents the contents of a token. Times are Unix seconds. <see cref="Serial"/> numbers the tokens of one start, so that revocation can
/// tell earlier tokens from later ones.
/// </summary>
internal sealed record TokenFacts(
    string Id,
    TokenUse Use,
    EmulatedIdentityKind Kind,
    string SubjectId,
    string? ClientId,
    string? AccountId,
    string? SiteId,
    string? InstanceId,
    long IssuedAt,
    long ExpiresAt,
    bool Active,
    bool Bound,
    long Serial);

[JsonSourceGenerationOptions(DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault)]
[JsonSerializable(typeof(TokenFacts))]
internal sealed partial class TokenFactsJson : JsonSerializerContext;
