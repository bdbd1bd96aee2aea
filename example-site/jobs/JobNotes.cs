namespace ExampleSite.Jobs;

/// <summary>Keeps the latest notes of the jobs, for the page.</summary>
public sealed class JobNotes(TimeProvider time) : ReceivedEvents(time);
