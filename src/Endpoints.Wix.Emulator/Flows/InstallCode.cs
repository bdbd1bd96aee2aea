namespace Endpoints.Wix.Emulator.Flows;

/// <summary>What the code of a finished installation stands for.</summary>
internal sealed record InstallCode(EmulatedApp App, EmulatedSite Site);
