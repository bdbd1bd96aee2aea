using Endpoints.Wix.AppManagement;
using ExampleSite.Jobs;

namespace ExampleSite.Events;

/// <summary>Forgets a site where the app was removed.</summary>
public sealed class AppRemovedHandler(Installations installations)
{
    public void Handle(AppInstanceRemoved removed) => installations.Remove(removed.InstanceId!); // this event always has one
}
