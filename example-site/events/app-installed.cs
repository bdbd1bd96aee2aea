using Endpoints.Wix.AppManagement;
using ExampleSite.Jobs;

namespace ExampleSite.Events;

/// <summary>Remembers each site where the app is installed, for the jobs.</summary>
public sealed class AppInstalledHandler(Installations installations)
{
    public void Handle(AppInstanceInstalled installed) => installations.Add(installed.InstanceId!); // this event always has one
}
