namespace Endpoints.Wix.Emulator.Flows;

/// <summary>Represents an installation that awaits consent in the browser.</summary>
internal sealed record InstallRequest(EmulatedApp App, string RedirectUrl, string? State);
