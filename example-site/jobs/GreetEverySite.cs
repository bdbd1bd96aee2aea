using Endpoints.Wix;

namespace ExampleSite.Jobs;

/// <summary>Acts as the app on each site where it is installed.</summary>
public sealed class GreetEverySite(
    AppWixClient app, Installations installations, JobNotes notes, TimeProvider time, ILogger<GreetEverySite> logger)
    : NightlyJob(time, logger)
{
    protected override async Task RunAsync(CancellationToken cancellationToken)
    {
        foreach (var instanceId in installations.All)
        {
            var site = await app.ForInstance(instanceId).SiteProperties.GetSitePropertiesAsync(cancellationToken: cancellationToken);
            notes.Add("jobs/GreetEverySite.cs", $"The app works for {site.Properties.SiteDisplayName}.");
        }
    }
}
