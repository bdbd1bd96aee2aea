using System.Collections.Frozen;
using Endpoints.Wix.Apps;
using Endpoints.Wix.CompilerServices;
using Endpoints.Wix.Elevation;

namespace Endpoints.Wix.Webhooks.Running;

/// <summary>Holds the handlers of events: those that are registered as services, and those of the mapped assemblies' files.</summary>
internal sealed class EventRegistry(IEnumerable<WixEventRegistration> registered, ElevationPipeline pipeline, WixApps apps, WixApp app)
    : MappedRegistry<WixEventRegistration>(registered)
{
    private static readonly Snapshot Nothing =
        new(FrozenDictionary<string, RegisteredHandler[]>.Empty, FrozenDictionary<string, RegisteredHandler>.Empty);

    private volatile Snapshot _now = Nothing;

    /// <summary>Gets all handlers.</summary>
    public IReadOnlyCollection<RegisteredHandler> All => _now.ByName.Values;

    /// <summary>Returns the handlers of a type of event.</summary>
    public IReadOnlyList<RegisteredHandler> Of(string eventType) => _now.ByType.GetValueOrDefault(eventType) ?? [];

    /// <summary>Returns the handler of a name; <see langword="null"/> if there is none any more.</summary>
    public RegisteredHandler? Find(string name) => _now.ByName.GetValueOrDefault(name);

    protected override void Read(IEnumerable<WixEventRegistration> registrations)
    {
        var byName = new Dictionary<string, RegisteredHandler>(StringComparer.Ordinal);
        foreach (var registration in registrations.Where(one => SignedApp.Has(apps, app, one.Handler)))
        {
            if (registration is { OrderedByEntity: true, Inbox: false })
            {
                throw new InvalidOperationException(
                    $"The event handler {registration.Name} is OrderedByEntity, and only the inbox has an order. Set Inbox, or leave it "
                    + "out.");
            }

            if (!byName.TryAdd(registration.Name, new(Name(registration), registration, Guard(registration))))
            {
                throw new InvalidOperationException(
                    $"Two event handlers have the name '{registration.Name}': {byName[registration.Name].Registration.Handler} for "
                    + $"{byName[registration.Name].Registration.EventType} and {registration.Handler} for {registration.EventType}. What "
                    + "is handled is recorded by name. Set another Name on one of them.");
            }
        }

        _now = new(
            byName.Values.GroupBy(static handler => handler.Registration.EventType, StringComparer.Ordinal)
                .ToFrozenDictionary(static handlers => handlers.Key, static handlers => handlers.ToArray(), StringComparer.Ordinal),
            byName.Values.ToFrozenDictionary(static handler => handler.Name, StringComparer.Ordinal));
    }

    // What is handled is recorded by name, in one store for all apps.
    private string Name(WixEventRegistration registration)
    {
        if (!app.Name.IsDefault)
            return $"{app.Name}:{registration.Name}";
        return apps.All.FirstOrDefault(other => other != app && registration.Name.StartsWith($"{other.Name}:", StringComparison.Ordinal))
            is not { } alike
            ? registration.Name
            : throw new InvalidOperationException(
                $"The event handler {registration.Name} has a name like those of {alike}. Set another Name.");
    }

    private GuardedEndpoint Guard(WixEventRegistration registration) => EventRule.Guard(
        pipeline, $"event {registration.EventType} ({registration.Name})", "wix-event", registration.Only);

    private sealed record Snapshot(
        FrozenDictionary<string, RegisteredHandler[]> ByType, FrozenDictionary<string, RegisteredHandler> ByName);
}
