using System.Collections.Frozen;
using Endpoints.Wix.CompilerServices;
using Endpoints.Wix.Elevation;

namespace Endpoints.Wix.Webhooks.Running;

/// <summary>Holds the handlers of events: those that are registered as services, and those of the mapped assemblies' files.</summary>
/// <remarks>Thread-safe. A hot-reload update replaces the handlers of files by a new <see cref="Load"/>.</remarks>
internal sealed class EventRegistry(IEnumerable<WixEventRegistration> registered, ElevationPipeline pipeline)
{
    private static readonly Snapshot Nothing =
        new(FrozenDictionary<string, RegisteredHandler[]>.Empty, FrozenDictionary<string, RegisteredHandler>.Empty);

    private readonly Lock _gate = new();
    private readonly List<Func<IReadOnlyList<WixEventRegistration>>> _sources = [];
    private volatile Snapshot _now = Nothing;

    /// <summary>Gets a value that indicates whether events are mapped.</summary>
    public bool IsMapped { get; private set; }

    /// <summary>Gets all handlers.</summary>
    public IReadOnlyCollection<RegisteredHandler> All => _now.ByName.Values;

    /// <summary>Gets the handlers that are registered as services.</summary>
    public IEnumerable<WixEventRegistration> InCode => registered;

    /// <summary>Returns the handlers of a type of event.</summary>
    public IReadOnlyList<RegisteredHandler> Of(string eventType) => _now.ByType.GetValueOrDefault(eventType) ?? [];

    /// <summary>Returns the handler of a name; <see langword="null"/> if there is none any more.</summary>
    public RegisteredHandler? Find(string name) => _now.ByName.GetValueOrDefault(name);

    /// <summary>Adds the handlers of an assembly's files, and records that events are mapped.</summary>
    /// <exception cref="InvalidOperationException">Two handlers have the same name, or one has an invalid setting.</exception>
    public void Map(IEnumerable<Func<IReadOnlyList<WixEventRegistration>>> files)
    {
        lock (_gate)
        {
            _sources.AddRange(files);
            _now = Read();
            IsMapped = true;
        }
    }

    /// <summary>Reads the handlers of files again, after a hot-reload update.</summary>
    /// <exception cref="InvalidOperationException">Two handlers have the same name, or one has an invalid setting.</exception>
    public void Load()
    {
        lock (_gate)
        {
            if (IsMapped)
                _now = Read();
        }
    }

    private Snapshot Read()
    {
        var byName = new Dictionary<string, RegisteredHandler>(StringComparer.Ordinal);
        foreach (var registration in registered.Concat(_sources.SelectMany(static load => load())))
        {
            if (registration is { OrderedByEntity: true, Inbox: false })
            {
                throw new InvalidOperationException(
                    $"The event handler {registration.Name} is OrderedByEntity, and only the inbox has an order. Set Inbox, or leave it "
                    + "out.");
            }

            if (!byName.TryAdd(registration.Name, new(registration, Guard(registration))))
            {
                throw new InvalidOperationException(
                    $"Two event handlers have the name '{registration.Name}': {byName[registration.Name].Registration.Handler} for "
                    + $"{byName[registration.Name].Registration.EventType} and {registration.Handler} for {registration.EventType}. What "
                    + "is handled is recorded by name. Set another Name on one of them.");
            }
        }

        return new(
            byName.Values.GroupBy(static handler => handler.Registration.EventType, StringComparer.Ordinal)
                .ToFrozenDictionary(static handlers => handlers.Key, static handlers => handlers.ToArray(), StringComparer.Ordinal),
            byName.ToFrozenDictionary(StringComparer.Ordinal));
    }

    private GuardedEndpoint Guard(WixEventRegistration registration) => pipeline.Guard(
        $"event {registration.EventType} ({registration.Name})", "wix-event", new EventRule(registration.Only),
        new(type: null, options: null), metadata: null);

    private sealed record Snapshot(
        FrozenDictionary<string, RegisteredHandler[]> ByType, FrozenDictionary<string, RegisteredHandler> ByName);
}
