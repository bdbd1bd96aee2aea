using System.Security.Cryptography;
using System.Text;
using Endpoints.Wix.Api.Emitter.Facts;

namespace Endpoints.Wix.Api.Emitter.Naming;

/// <summary>
/// The C# names of a vertical's messages and enumerations. Services have types of one name: where those are alike they are one type, and
/// where not, each has its service's name in front, except the one of the service whose entity it is, or the one that most services have.
/// Modules, plugins and events have their names before them: the body of an event is <c>OrderApprovedBody</c>.
/// </summary>
internal sealed class TypeNames
{
    private readonly Dictionary<(Service Service, string Type), string> _names = [];
    private readonly HashSet<string> _events;
    private readonly HashSet<string> _used;

    public TypeNames(string vertical, IReadOnlyList<Service> services, EventNames events)
    {
        _events = new(events.All, StringComparer.Ordinal);
        _used = new(
            services.Select(static service =>
                service.Plugin is null ? Identifiers.Module(service.Name) : Identifiers.Plugin(service.Name)).Concat(_events),
            StringComparer.Ordinal);
        var digests = Digests(services);
        foreach (var group in digests.GroupBy(static pair => pair.Key.Type).OrderBy(static group => group.Key, StringComparer.Ordinal))
        {
            var variants = group.GroupBy(static pair => pair.Value)
                .Select(static variant => variant.Select(static pair => pair.Key.Service).ToList()).ToList();
            var owners = variants.Where(variant => variant.Any(service => IsEntity(service, group.Key))).ToList();
            var most = variants.Max(Weight);
            var plain = owners.Count == 1 ? owners[0]
                : variants.Where(variant => Weight(variant) == most).ToList() is [var one] ? one : null;
            foreach (var variant in variants)
            {
                var isPlain = variants.Count == 1 || variant == plain;
                var name = Identifiers.Pascal(group.Key);
                if (!isPlain)
                    name = Identifiers.Pascal(variant.OrderBy(static service => service.Name, StringComparer.Ordinal).First().Name) + name;
                else if (Identifiers.IsTaken(name))
                    name = Identifiers.Pascal(vertical) + name;
                name = Claim(name);
                foreach (var service in variant)
                    _names.Add((service, group.Key), name);
            }
        }
    }

    public string Of(Service service, string type) => _names[(service, type)];

    // What plugins have counts where no module has it, so that they change no module's names.
    private static int Weight(List<Service> variant) =>
        variant.Count(static service => service.Plugin is null) is var modules and > 0 ? 1_000 * modules : variant.Count;

    private static bool IsEntity(Service service, string type) => service.Methods.Any(method =>
        method.Returns is { Length: > 0 } returns && service.FieldAt(method.Response, returns) is { Type: { Shape: Shape.Single } found }
            && found.Name == type);

    private string Claim(string name)
    {
        if (_events.Contains(name))
            name += "Body";
        while (!_used.Add(name))
            name += "Data";
        return name;
    }

    /// <summary>Returns the digest of each type's fields, refined until no two types can be told apart.</summary>
    private static Dictionary<(Service Service, string Type), string> Digests(IReadOnlyList<Service> services)
    {
        var digests = new Dictionary<(Service, string), string>();
        foreach (var service in services)
        {
            foreach (var (name, members) in service.Enums)
                digests[(service, name)] = Digest(string.Join('|', members));
            foreach (var name in service.Messages.Keys)
                digests[(service, name)] = "";
        }

        for (var classes = 0; ;)
        {
            var next = new Dictionary<(Service, string), string>(digests);
            foreach (var service in services)
            {
                foreach (var (name, fields) in service.Messages)
                    next[(service, name)] = Digest(name + string.Concat(fields.Select(field =>
                    {
                        var isKnown = digests.TryGetValue((service, field.Type.Name), out var inner);
                        var type = isKnown ? $"{field.Type.Name}={inner}" : field.Type.Name;
                        return $"|{field.Name}:{field.Type.Shape}:{type}:{field.OneOf}";
                    })));
            }

            digests = next;
            var count = digests.Values.Distinct(StringComparer.Ordinal).Count();
            if (count == classes)
                return digests;
            classes = count;
        }
    }

    private static string Digest(string text) => Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..24];
}
