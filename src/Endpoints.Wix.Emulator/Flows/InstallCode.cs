namespace Endpoints.Wix.Emulator.Flows;

/// <summary>Represents the completed installation behind a code.</summary>
internal sealed record InstallCode(EmulatedApp App, EmulatedSite Site);
