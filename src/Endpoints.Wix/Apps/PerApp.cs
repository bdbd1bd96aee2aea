using Microsoft.Extensions.DependencyInjection;

namespace Endpoints.Wix.Apps;

/// <summary>Provides a service of which each app has its own. It is made when it is first needed.</summary>
/// <remarks>Thread-safe. It holds one for each app, and apps are as many as the application has added.</remarks>
/// <typeparam name="T">The type of the service.</typeparam>
internal sealed class PerApp<T>(WixApps apps)
    where T : class
{
    private readonly T?[] _known = new T?[apps.All.Count];

    /// <summary>Gets the apps.</summary>
    public WixApps Apps => apps;

    /// <summary>Gets the service of each app.</summary>
    public IEnumerable<T> All => apps.All.Select(Of);

    /// <summary>Returns the service of an app.</summary>
    public T Of(WixApp app) => Volatile.Read(ref _known[app.Index]) ?? Make(app);

    private T Make(WixApp app)
    {
        var made = app.Services.GetRequiredService<T>(); // one for each app, whoever asks
        Volatile.Write(ref _known[app.Index], made);
        return made;
    }
}
