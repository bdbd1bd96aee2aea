using System.Reflection;

namespace Endpoints.Validation;

/// <summary>
/// Represents an <c>[AsParameters]</c> object. Each of its members is a parameter of the request, and the object itself has no name.
/// </summary>
internal sealed class MembersErrorKey(IReadOnlyDictionary<string, (PropertyInfo Member, ErrorKey Key)> members) : ErrorKey
{
    public override string NameOf(string path, object value, ClientNames names)
    {
        var end = path.AsSpan().IndexOfAny('.', '[');
        var first = end < 0 ? path : path[..end];
        if (!members.TryGetValue(first, out var known))
            return path;

        var rest = end < 0 ? "" : path[end..].TrimStart('.');
        return known.Key.NameOf(rest, known.Member.GetValue(value) ?? value, names);
    }
}
