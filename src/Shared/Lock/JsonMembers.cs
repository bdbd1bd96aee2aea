namespace Endpoints.Shared.Lock;

/// <summary>The members of a JSON object.</summary>
internal readonly struct JsonMembers(Dictionary<string, JsonText> members)
{
    /// <summary>A member that must be there.</summary>
    /// <exception cref="FormatException">It is missing.</exception>
    public JsonText Required(string name) => Optional(name) ?? throw new FormatException($"lacks the member '{name}'");

    /// <summary>A member that may be there.</summary>
    public JsonText? Optional(string name) => members.TryGetValue(name, out var value) ? value : null;
}
