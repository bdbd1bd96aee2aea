namespace Endpoints.Wix.Emulator.Flows;

/// <summary>An installation that a browser is asked about.</summary>
internal sealed record InstallRequest(EmulatedApp App, string RedirectUrl, string? State);
