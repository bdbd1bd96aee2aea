using Endpoints.Wix.Emulator;
using ExampleSite;
using ExampleSite.Jobs;

/// <summary>Lists what the jobs did. In Development, they can be asked to run at once.</summary>
public static class JobRuns
{
    public static IReadOnlyList<ReceivedEvents.Note> Get(JobNotes notes) => notes.Latest();

    public static IResult Post(IServiceProvider services)
    {
        if (services.GetService<WixEmulator>() is null)
            return Results.NotFound();
        foreach (var job in services.GetServices<IHostedService>().OfType<NightlyJob>())
            job.RunNow();
        return Results.Accepted();
    }
}
