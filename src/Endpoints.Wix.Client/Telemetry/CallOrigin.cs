namespace Endpoints.Wix.Telemetry;

/// <summary>Identifies the request in which a call to Wix is made.</summary>
/// <param name="Endpoint">The endpoint's name.</param>
/// <param name="CallerKind">The caller's kind, as used in tags.</param>
/// <param name="CallerId">The caller's id; <see langword="null"/> for a visitor who has no token yet.</param>
internal readonly record struct CallOrigin(string Endpoint, string CallerKind, string? CallerId);
