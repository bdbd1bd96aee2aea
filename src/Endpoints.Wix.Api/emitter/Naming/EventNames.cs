using System.Text.RegularExpressions;
using Endpoints.Wix.Api.Emitter.Facts;

namespace Endpoints.Wix.Api.Emitter.Naming;

/// <summary>
/// The C# names of a vertical's events: <c>onOrderCreated</c> is <c>OrderCreated</c>. Services that have one event, by its type, share its
/// class. Where events of several types have one name, those of a service with a version in its name have it too, and of the others all but
/// the first have their service's name in front.
/// </summary>
internal sealed partial class EventNames
{
    private readonly Dictionary<string, string> _names = new(StringComparer.Ordinal);

    public EventNames(IReadOnlyList<Service> services)
    {
        var first = services.SelectMany(static service => service.Events.Select(one => (Service: service, Event: one)))
            .DistinctBy(static one => one.Event.Type).ToList();
        HashSet<string> used = new(StringComparer.Ordinal);
        foreach (var group in first.GroupBy(static one => Plain(one.Event)))
        {
            foreach (var (service, one) in group)
            {
                var name = group.Key;
                if (group.Count() > 1 && Version().Match(service.Name) is { Success: true } version)
                    name += version.Value;
                if (!used.Add(name) && !used.Add(name = Identifiers.Pascal(service.Name) + name))
                    throw new InvalidOperationException($"{service.Name}.{one.Name} has the name of another event.");
                _names.Add(one.Type, name);
            }
        }
    }

    public IEnumerable<string> All => _names.Values;

    public string Of(Event one) => _names[one.Type];

    /// <summary>The name of the JavaScript function, without its <c>on</c>.</summary>
    public static string Plain(Event one) =>
        Identifiers.Pascal(one.Name.StartsWith("on", StringComparison.Ordinal) ? one.Name[2..] : one.Name);

    [GeneratedRegex("V[0-9]+$")]
    private static partial Regex Version();
}
