namespace Endpoints.Wix.Emulator.Flows;

/// <summary>
/// Represents a login that a redirect session started: the address it returns to, and the values that the code will be bound to.
/// </summary>
internal sealed record LoginSession(
    EmulatedApp App,
    EmulatedSite Site,
    string? RedirectUri,
    string? MessageOrigin,
    string CodeChallenge,
    string State,
    string ResponseMode,
    string? Prompt,
    string? SessionToken);
