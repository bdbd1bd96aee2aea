using System.Buffers;
using System.Collections;
using System.Globalization;
using System.Reflection;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Endpoints.Problems;
using Microsoft.AspNetCore.Http;

namespace Endpoints.Validation;

/// <summary>Provides the client's names for one request. Created for a response that lists errors.</summary>
/// <remarks>It follows the values, because the keys of a dictionary and the members of a derived type are known only from them.</remarks>
internal sealed class ClientNames(HttpContext context, JsonSerializerOptions json)
{
    private static readonly SearchValues<char> Separating = SearchValues.Create(". []'\"/\\\t\r\n");

    private readonly Dictionary<object, List<DictionaryEntry>> _entries = new(ReferenceEqualityComparer.Instance);
    private HashSet<string>? _sent;

    /// <summary>
    /// Returns the name with which the client sent a query parameter or a form field, or null if it sent none. Names match in any casing.
    /// </summary>
    public string? AsSent(string name)
    {
        // Only a form that binding has read: Request.Form would block a thread until the client has sent it.
        _sent ??= new HashSet<string>(
            [.. context.Request.Query.Keys, .. FormRead.Of(context)?.Keys ?? []], StringComparer.OrdinalIgnoreCase);
        return _sent.TryGetValue(name, out var sent) ? sent : null;
    }

    /// <summary>Returns a query parameter's name in the casing of JSON, if JSON would change only the casing.</summary>
    public string InQuery(string name) =>
        json.PropertyNamingPolicy?.ConvertName(name) is { } converted && string.Equals(converted, name, StringComparison.OrdinalIgnoreCase)
            ? converted : name;

    /// <summary>Translates a path of C# members (<c>Items[2].Price</c>) to its JSON form (<c>items[2].price</c>).</summary>
    /// <remarks>A part that is not the name of a member was written by the validator's author for the client, and is unchanged.</remarks>
    public string InJson(Type type, object? value, string path)
    {
        var name = new StringBuilder(path.Length);
        var at = new Position(type, value);
        for (var start = 0; start < path.Length;)
        {
            var isIndex = path[start] == '[';
            var length = isIndex ? path.AsSpan(start).IndexOf(']') + 1 : path.AsSpan(start).IndexOfAny('.', '[');
            var end = length <= 0 ? path.Length : start + length;
            if ((isIndex ? Element(at, path[start..end], name) : Member(at, path[start..end], name)) is not { } next)
                return name.Append(isIndex || name.Length == 0 ? "" : ".").Append(path, start, path.Length - start).ToString();

            at = next;
            start = end < path.Length && path[end] == '.' ? end + 1 : end;
        }
        return name.ToString();
    }

    private Position? Member(Position at, string member, StringBuilder name)
    {
        if (at.Value is DictionaryEntry entry)
            return member is "Value" ? new Position(at.Type, entry.Value) : member is "Key" ? new Position(typeof(string), null) : null;
        if (member is "Values" or "Keys" && DictionaryEntries.Are(at.Value))
            return at with { IsPart = true };

        var type = at.Value?.GetType() ?? at.Type;
        var inJson = json.TryGetTypeInfo(type, out var contract) ? Contracted(contract, member) : null;
        var clr = inJson?.AttributeProvider as MemberInfo
            ?? type.GetMember(member, MemberTypes.Property | MemberTypes.Field, BindingFlags.Public | BindingFlags.Instance)
                .FirstOrDefault();
        if (inJson is null && clr is null)
            return null;

        if (inJson?.IsExtensionData != true) // whose entries stand beside the other members
            Append(name,
                inJson?.Name ?? clr!.GetCustomAttribute<JsonPropertyNameAttribute>()?.Name
                    ?? json.PropertyNamingPolicy?.ConvertName(member) ?? member);
        return clr switch
        {
            PropertyInfo property => new Position(property.PropertyType, Read(property, at.Value)),
            FieldInfo field => new Position(field.FieldType, at.Value is null ? null : field.GetValue(at.Value)),
            _ => new Position(inJson!.PropertyType, null),
        };
    }

    private static JsonPropertyInfo? Contracted(JsonTypeInfo contract, string member)
    {
        JsonPropertyInfo? sameName = null;
        foreach (var property in contract.Properties)
        {
            if (property.AttributeProvider is MemberInfo clr && clr.Name == member)
                return property;
            if (property.Name == member)
                sameName = property;
        }
        return sameName;
    }

    private Position? Element(Position at, string index, StringBuilder name)
    {
        if (!int.TryParse(index.AsSpan(1, Math.Max(0, index.Length - 2)), NumberStyles.None, CultureInfo.InvariantCulture, out var number))
            return null;
        if (at.Value is { } dictionary && DictionaryEntries.Are(dictionary))
        {
            var entries = EntriesOf(dictionary);
            if (number >= entries.Count)
                return null;
            Append(name, Convert.ToString(entries[number].Key, CultureInfo.InvariantCulture) ?? "");
            return new Position(entries[number].Value?.GetType() ?? typeof(object), at.IsPart ? entries[number].Value : entries[number]);
        }
        name.Append(index);
        var element = at.Value is IList list && number < list.Count ? list[number] : null;
        return new Position(element?.GetType() ?? ElementType(at.Type), element);
    }

    private List<DictionaryEntry> EntriesOf(object dictionary)
    {
        if (!_entries.TryGetValue(dictionary, out var entries))
            _entries[dictionary] = entries = [.. DictionaryEntries.Of(dictionary)];
        return entries;
    }

    private static Type ElementType(Type collection) =>
        collection.GetInterfaces().Append(collection)
            .FirstOrDefault(
                static shape => shape.IsGenericType && shape.GetGenericTypeDefinition() == typeof(IEnumerable<>))?.GetGenericArguments()[0]
                ?? typeof(object);

    private static object? Read(PropertyInfo property, object? owner)
    {
        if (owner is null || property.GetIndexParameters().Length > 0 || !property.CanRead)
            return null;
        try
        {
            return property.GetValue(owner);
        }
        catch (TargetInvocationException)
        {
            return null; // only the name is wanted; the type will do
        }
    }

    /// <remarks>A name that would be read as several is written as in the paths of System.Text.Json: <c>prices['a.b']</c>.</remarks>
    private static void Append(StringBuilder name, string part)
    {
        if (part.Length == 0 || part.AsSpan().ContainsAny(Separating))
        {
            name.Append("['").Append(part).Append("']");
            return;
        }
        if (name.Length > 0)
            name.Append('.');
        name.Append(part);
    }

    private readonly record struct Position(Type Type, object? Value, bool IsPart = false);
}
