using System.Collections.Frozen;
using Endpoints.Wix.Values;

namespace Endpoints.Wix.Apps;

/// <summary>Represents one of the application's apps.</summary>
internal sealed class WixApp
{
    private readonly FrozenSet<Type> _parts;

    public WixApp(AppRegistration registration, int index, IServiceProvider services)
    {
        (Name, Index, _parts) = (new(registration.Name), index, registration.Parts);
        Services = In(services);
    }

    public AppName Name { get; }

    /// <summary>Gets the place among the application's apps.</summary>
    public int Index { get; }

    /// <summary>Gets the services of the application as the app sees them.</summary>
    public IServiceProvider Services { get; }

    /// <summary>Returns the services of a scope as the app sees them.</summary>
    public IServiceProvider In(IServiceProvider scope) => Name.IsDefault ? scope : new AppServices(scope, Name.Value, _parts);

    public override string ToString() => Name.IsDefault ? "the Wix app without a name" : $"the Wix app '{Name}'";
}
