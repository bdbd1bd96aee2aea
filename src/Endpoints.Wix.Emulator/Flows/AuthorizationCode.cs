namespace Endpoints.Wix.Emulator.Flows;

/// <summary>What an authorization code stands for.</summary>
internal sealed record AuthorizationCode(EmulatedApp App, EmulatedSite Site, string MemberId, string? RedirectUri, string CodeChallenge);
