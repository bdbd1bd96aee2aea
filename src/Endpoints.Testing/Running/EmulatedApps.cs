using Endpoints.Wix.Emulator;

namespace Endpoints.Testing.Running;

/// <summary>Holds the emulated app of each of the application's apps, by name.</summary>
internal sealed class EmulatedApps(WixEmulator wix)
{
    private readonly Dictionary<string, EmulatedApp> _byName = new(StringComparer.Ordinal) { [""] = wix.App };

    /// <summary>Returns the emulated app of a name, which is added at the first call.</summary>
    public EmulatedApp Of(string name)
    {
        lock (_byName)
        {
            if (!_byName.TryGetValue(name, out var app))
                _byName.Add(name, app = wix.AddApp(name, wix.Site));
            return app;
        }
    }
}
