namespace Endpoints.Wix.Emulator.Flows;

/// <summary>Represents the grant behind an authorization code.</summary>
internal sealed record AuthorizationCode(EmulatedApp App, EmulatedSite Site, string MemberId, string? RedirectUri, string CodeChallenge);
