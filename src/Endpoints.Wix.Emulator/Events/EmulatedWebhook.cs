using Endpoints.Wix.Emulator.Events;

namespace Endpoints.Wix.Emulator;

/// <summary>
/// Represents an address to which Wix delivers events, as an app configures it. What isn't answered with 200 within 1,250 milliseconds is
/// delivered again, up to 12 times: after 1 minute, 10 minutes, 1 hour, 3 times 2 hours, 3 times 4 hours, 2 times 8 hours and 12 hours of
/// the emulator's clock.
/// </summary>
public sealed class EmulatedWebhook : IDisposable
{
    private const int MostHeld = 10_000;

    private readonly Lock _gate = new();
    private readonly HashSet<string> _eventTypes;
    private readonly WebhookDispatcher _dispatcher;
    private List<SignedEvent>? _held;
    private int _copies = 1;

    internal EmulatedWebhook(WebhookDispatcher dispatcher, EmulatedApp app, Uri address, IEnumerable<string> eventTypes)
    {
        _dispatcher = dispatcher;
        App = app;
        Address = address;
        _eventTypes = new(eventTypes, StringComparer.Ordinal);
    }

    /// <summary>Gets the app whose key signs the events.</summary>
    public EmulatedApp App { get; }

    /// <summary>Gets the address of your endpoint.</summary>
    public Uri Address { get; }

    /// <summary>Gets the types of the events that are delivered; empty for all.</summary>
    public IReadOnlyCollection<string> EventTypes => _eventTypes;

    /// <summary>
    /// Gets or sets the number of times that each event is delivered at the same time, from 1 to 100. The default is 1. Wix delivers
    /// duplicates now and then.
    /// </summary>
    public int Copies
    {
        get => _copies;
        set
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 1);
            ArgumentOutOfRangeException.ThrowIfGreaterThan(value, 100);
            _copies = value;
        }
    }

    /// <summary>
    /// Gets or sets the action that changes the claims and the signature of every event, to test that invalid ones are rejected.
    /// </summary>
    public Action<EmulatedSigningOptions>? Signing { get; set; }

    /// <summary>Gets the number of events that wait for <see cref="ReleaseAsync"/>.</summary>
    public int Held
    {
        get
        {
            lock (_gate)
                return _held?.Count ?? 0;
        }
    }

    /// <summary>Holds events back from now on, until <see cref="ReleaseAsync"/>. At most 10,000 are held.</summary>
    public void Hold()
    {
        lock (_gate)
            _held ??= [];
    }

    /// <summary>Delivers the events that were held back, one after the other, and holds no more.</summary>
    /// <param name="order">
    /// The function that takes the events in the order in which they were raised and returns those to deliver: in another order, without
    /// some, or some twice. The default keeps the order.
    /// </param>
    /// <param name="cancellationToken">The token to monitor for cancellation requests.</param>
    /// <returns>A task whose result is the first response to each.</returns>
    public async Task<IReadOnlyList<EmulatedDelivery>> ReleaseAsync(
        Func<IReadOnlyList<EmulatedEvent>, IEnumerable<EmulatedEvent>>? order = null, CancellationToken cancellationToken = default)
    {
        List<SignedEvent> held;
        lock (_gate)
            (held, _held) = (_held ?? [], null);
        var deliveries = new List<EmulatedDelivery>();
        var wanted = held.Select(static one => one.Event).ToList();
        foreach (var what in order is null ? wanted : [.. order(wanted)])
        {
            var signed = held.Find(one => ReferenceEquals(one.Event, what))
                ?? throw new ArgumentException("An event that was not held can't be released.", nameof(order));
            deliveries.AddRange(await _dispatcher.DeliverAsync(this, signed, cancellationToken).ConfigureAwait(false));
        }

        return deliveries;
    }

    /// <summary>Delivers nothing more to the address, and gives up what was to be delivered again.</summary>
    public void Dispose() => _dispatcher.Remove(this);

    /// <summary>Returns the address.</summary>
    public override string ToString() => Address.ToString();

    internal bool Takes(string eventType) => _eventTypes.Count == 0 || _eventTypes.Contains(eventType);

    /// <summary>Holds an event back; false when events go out at once.</summary>
    /// <exception cref="InvalidOperationException">Too many are held.</exception>
    internal bool TryHold(SignedEvent signed)
    {
        lock (_gate)
        {
            if (_held is null)
                return false;
            if (_held.Count >= MostHeld)
                throw new InvalidOperationException($"'{Address}' holds {MostHeld} events already.");
            _held.Add(signed);
            return true;
        }
    }
}
