namespace Endpoints.Wix.Webhooks.Running;

/// <summary>Represents the time that work has while Wix waits. It is over as well when Wix no longer waits.</summary>
internal sealed class Deadline : IDisposable
{
    private readonly CancellationTokenSource _time;
    private readonly CancellationTokenSource _both;

    public Deadline(TimeSpan timeout, TimeProvider time, CancellationToken ct)
    {
        _time = new(timeout, time);
        _both = CancellationTokenSource.CreateLinkedTokenSource(_time.Token, ct);
        Token = _both.Token; // there is none to get any more when the work has ended at once
    }

    public CancellationToken Token { get; }

    /// <summary>Releases the timer when the work has ended, which may be later than the deadline.</summary>
    public void DisposeAfter(Task work) => _ = work.ContinueWith(static (ended, deadline) =>
    {
        _ = ended.Exception; // whoever waited has seen it
        ((Deadline)deadline!).Dispose();
    }, this, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);

    public void Dispose()
    {
        _both.Dispose();
        _time.Dispose();
    }
}
