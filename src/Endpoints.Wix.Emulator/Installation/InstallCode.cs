namespace Endpoints.Wix.Emulator.Installation;

/// <summary>What the code of a finished installation stands for.</summary>
internal sealed record InstallCode(EmulatedApp App, EmulatedSite Site);
