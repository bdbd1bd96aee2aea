namespace Endpoints.Shared.Lock;

/// <summary>Represents the members of a JSON object.</summary>
internal readonly struct JsonMembers(Dictionary<string, JsonText> members)
{
    /// <summary>Returns a required member.</summary>
    /// <exception cref="FormatException">The member is missing.</exception>
    public JsonText Required(string name) => Optional(name) ?? throw new FormatException($"lacks the member '{name}'");

    /// <summary>Returns an optional member, or <see langword="null"/> if it is missing.</summary>
    public JsonText? Optional(string name) => members.TryGetValue(name, out var value) ? value : null;
}
