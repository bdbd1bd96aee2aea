using System.Security.Cryptography;
using System.Text;
using Endpoints.Wix.Api.Emitter.Facts;

namespace Endpoints.Wix.Api.Emitter.Naming;

/// <summary>
/// The C# names of a vertical's messages and enumerations. Services have types of one name: where those are alike they are one type, and
/// where not, each has its service's name in front, except the one of the service whose entity it is, or the one that most services have.
/// </summary>
internal sealed class TypeNames
{
    private readonly Dictionary<(Service Service, string Type), string> _names = [];
    private readonly HashSet<string> _used;

    public TypeNames(string vertical, IReadOnlyList<Service> services)
    {
        _used = new(services.Select(static service => Identifiers.Module(service.Name)), StringComparer.Ordinal);
        var digests = Digests(services);
        foreach (var group in digests.GroupBy(static pair => pair.Key.Type).OrderBy(static group => group.Key, StringComparer.Ordinal))
        {
            var variants = group.GroupBy(static pair => pair.Value)
                .Select(static variant => variant.Select(static pair => pair.Key.Service).ToList()).ToList();
            var owners = variants.Where(variant => variant.Any(service => IsEntity(service, group.Key))).ToList();
            var most = variants.MaxBy(static variant => variant.Count)!;
            var plain = owners.Count == 1 ? owners[0] : variants.Count(variant => variant.Count == most.Count) == 1 ? most : null;
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

    private static bool IsEntity(Service service, string type) => service.Methods.Any(method =>
        method.Returns is { Length: > 0 } returns && service.FieldAt(method.Response, returns) is { Type: { Shape: Shape.Single } found }
            && found.Name == type);

    private string Claim(string name)
    {
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
