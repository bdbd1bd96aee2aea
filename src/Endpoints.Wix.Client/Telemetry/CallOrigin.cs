namespace Endpoints.Wix.Telemetry;

/// <summary>In which request a call to Wix is made.</summary>
/// <param name="Endpoint">The endpoint's name.</param>
/// <param name="CallerKind">The caller's kind, as tags have it.</param>
/// <param name="CallerId">The caller's id; null for a visitor who has no token yet.</param>
internal readonly record struct CallOrigin(string Endpoint, string CallerKind, string? CallerId);
