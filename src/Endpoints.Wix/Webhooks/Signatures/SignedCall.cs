using System.Text.Json;

namespace Endpoints.Wix.Webhooks.Signatures;

/// <summary>Represents what Wix has signed.</summary>
/// <param name="Data">The <c>data</c> claim: text for an event, an object for a plugin.</param>
/// <param name="IssuedAt">The time at which the token was issued; <see langword="null"/> if it does not state one.</param>
internal readonly record struct SignedCall(JsonElement Data, DateTimeOffset? IssuedAt);
