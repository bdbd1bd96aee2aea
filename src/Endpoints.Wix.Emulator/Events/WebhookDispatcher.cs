namespace Endpoints.Wix.Emulator.Events;

/// <summary>Delivers events to the addresses that want them, and again after a while what was not taken.</summary>
internal sealed class WebhookDispatcher(TimeProvider time, Postman postman, int logCapacity) : IDisposable
{
    /// <summary>The events that are on their way or wait to be delivered again, at most.</summary>
    public const int MostPending = 10_000;

    private const int MostAtOnce = 64;

    private static readonly TimeSpan[] Pauses =
    [
        TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(10), TimeSpan.FromHours(1), TimeSpan.FromHours(2), TimeSpan.FromHours(2),
        TimeSpan.FromHours(2), TimeSpan.FromHours(4), TimeSpan.FromHours(4), TimeSpan.FromHours(4), TimeSpan.FromHours(8),
        TimeSpan.FromHours(8), TimeSpan.FromHours(12),
    ];

    private readonly Lock _gate = new();
    private readonly SemaphoreSlim _room = new(MostAtOnce);
    private readonly CancellationTokenSource _ending = new();
    private readonly List<EmulatedWebhook> _webhooks = [];
    private readonly Queue<EmulatedDelivery> _log = [];
    private readonly HashSet<Waiting> _waiting = [];
    private int _busy;
    private TaskCompletionSource? _settled;

    public IReadOnlyList<EmulatedDelivery> Log
    {
        get
        {
            lock (_gate)
                return [.. _log];
        }
    }

    /// <summary>Gets the number of deliveries that wait for the clock.</summary>
    public int Retries
    {
        get
        {
            lock (_gate)
                return _waiting.Count;
        }
    }

    public EmulatedWebhook Add(EmulatedApp app, Uri address, IEnumerable<string> eventTypes)
    {
        var webhook = new EmulatedWebhook(this, app, address, eventTypes);
        lock (_gate)
            _webhooks.Add(webhook);
        return webhook;
    }

    public void Remove(EmulatedWebhook webhook)
    {
        Waiting[] given;
        lock (_gate)
        {
            _webhooks.Remove(webhook);
            given = [.. _waiting.Where(one => one.Webhook == webhook)];
            _waiting.ExceptWith(given);
        }

        foreach (var one in given)
            one.Timer?.Dispose();
    }

    public IReadOnlyList<EmulatedWebhook> Wanting(string eventType)
    {
        lock (_gate)
            return [.. _webhooks.Where(webhook => webhook.Takes(eventType))];
    }

    /// <summary>Delivers an event to an address, or holds it back there.</summary>
    /// <exception cref="InvalidOperationException">Too many events are on their way.</exception>
    public async Task<IReadOnlyList<EmulatedDelivery>> DeliverAsync(EmulatedWebhook webhook, SignedEvent signed, CancellationToken ct)
    {
        if (webhook.TryHold(signed))
            return [];
        var copies = webhook.Copies;
        var attempts = new Task<EmulatedDelivery>[copies];
        for (var i = 0; i < copies; i++)
        {
            Begin();
            attempts[i] = AttemptAsync(new(webhook, signed, 1), ct);
        }

        return await Task.WhenAll(attempts).ConfigureAwait(false);
    }

    /// <summary>Waits until nothing is on its way. What waits for the clock does not count.</summary>
    public Task SettleAsync(CancellationToken ct)
    {
        lock (_gate)
        {
            return _busy == 0
                ? Task.CompletedTask : (_settled ??= new(TaskCreationOptions.RunContinuationsAsynchronously)).Task.WaitAsync(ct);
        }
    }

    public void Dispose()
    {
        _ending.Cancel();
        Waiting[] waiting;
        lock (_gate)
        {
            waiting = [.. _waiting];
            _waiting.Clear();
        }

        foreach (var one in waiting)
            one.Timer?.Dispose();
    }

    private async Task<EmulatedDelivery> AttemptAsync(Waiting what, CancellationToken ct)
    {
        try
        {
            using var ending = CancellationTokenSource.CreateLinkedTokenSource(ct, _ending.Token);
            await _room.WaitAsync(ending.Token).ConfigureAwait(false);
            EmulatedDelivery delivery;
            try
            {
                delivery = await postman.DeliverAsync(what.Webhook, what.Signed, what.Attempt, ending.Token).ConfigureAwait(false);
            }
            finally
            {
                _room.Release();
            }

            After(what, delivery);
            return delivery;
        }
        finally
        {
            End();
        }
    }

    private void After(Waiting what, EmulatedDelivery delivery)
    {
        lock (_gate)
        {
            _log.Enqueue(delivery);
            while (_log.Count > logCapacity)
                _log.Dequeue();
            if (delivery.Delivered || what.Attempt > Pauses.Length || !_webhooks.Contains(what.Webhook) || _waiting.Count >= MostPending)
                return;
            var next = new Waiting(what.Webhook, what.Signed, what.Attempt + 1);
            _waiting.Add(next);
            next.Timer = time.CreateTimer(_ => Again(next), null, Pauses[what.Attempt - 1], Timeout.InfiniteTimeSpan);
        }
    }

    private void Again(Waiting what)
    {
        lock (_gate)
        {
            if (!_waiting.Remove(what))
                return;
            _busy++; // seen by whoever moved the clock and now waits
        }

        what.Timer?.Dispose();
        _ = Task.Run(async () =>
        {
            try
            {
                await AttemptAsync(what, CancellationToken.None).ConfigureAwait(false);
            }
            catch (OperationCanceledException)
            {
                // the emulator ends
            }
        });
    }

    private void Begin()
    {
        lock (_gate)
        {
            if (_busy + _waiting.Count >= MostPending)
                throw new InvalidOperationException($"{MostPending} events are on their way already.");
            _busy++;
        }
    }

    private void End()
    {
        TaskCompletionSource? settled = null;
        lock (_gate)
        {
            if (--_busy == 0)
                (settled, _settled) = (_settled, null);
        }

        settled?.TrySetResult();
    }

    private sealed class Waiting(EmulatedWebhook webhook, SignedEvent signed, int attempt)
    {
        public EmulatedWebhook Webhook => webhook;

        public SignedEvent Signed => signed;

        public int Attempt => attempt;

        public ITimer? Timer { get; set; }
    }
}
