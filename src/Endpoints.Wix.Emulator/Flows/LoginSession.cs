namespace Endpoints.Wix.Emulator.Flows;

/// <summary>A login that a redirect session began: where it goes when it is done, and what the code will be bound to.</summary>
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
