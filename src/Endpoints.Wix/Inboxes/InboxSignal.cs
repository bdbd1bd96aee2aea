namespace Endpoints.Wix.Inboxes;

/// <summary>Wakes the worker when this process has stored a message, so that it needn't wait for its next look.</summary>
internal sealed class InboxSignal : IDisposable
{
    private readonly SemaphoreSlim _set = new(0, 1);

    public void Set()
    {
        try
        {
            if (_set.CurrentCount == 0)
                _set.Release();
        }
        catch (SemaphoreFullException)
        {
            // Another was first: the worker wakes up.
        }
        catch (ObjectDisposedException)
        {
            // The application ends.
        }
    }

    /// <summary>Waits for the signal, and no longer than for a time.</summary>
    public async Task WaitAsync(TimeSpan longest, TimeProvider time, CancellationToken ct)
    {
        using var limit = new CancellationTokenSource(longest, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, ct);
        try
        {
            await _set.WaitAsync(both.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            // It is time.
        }
    }

    public void Dispose() => _set.Dispose();
}
