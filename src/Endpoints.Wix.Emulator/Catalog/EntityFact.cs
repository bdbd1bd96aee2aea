namespace Endpoints.Wix.Emulator.Catalog;

/// <summary>Represents a kind of entity, as Wix's packages describe it.</summary>
/// <param name="Fqdn">Its fully qualified name, such as <c>wix.stores.catalog.v3.brand</c>.</param>
/// <param name="Message">The message that it is.</param>
/// <param name="Key">The field that identifies it; null when a site has just one.</param>
/// <param name="KeyLength">The most characters that a key has.</param>
/// <param name="Fields">Its fields, by name.</param>
/// <param name="Ids">The names that requests have for the field that identifies it, such as <c>brandId</c>.</param>
internal sealed record EntityFact(
    string Fqdn, string Message, string? Key, int KeyLength, IReadOnlyDictionary<string, FieldFact> Fields, IReadOnlySet<string> Ids)
{
    /// <summary>Gets the last part of the name, in words.</summary>
    public string Kind => Fqdn[(Fqdn.LastIndexOf('.') + 1)..].Replace('_', ' ');

    public bool Is(FieldFact field) => field.IsSingle && field.Type == Message;

    public bool IsListedIn(FieldFact field) => field.IsList && field.Type == Message;

    /// <summary>Determines whether a field is called as the entity, which may be there in another form.</summary>
    public bool IsNamed(FieldFact field) => field.IsSingle && Ids.Contains(field.Name + "Id");

    public bool IsNamedInList(FieldFact field) => field.IsList && field.Name.EndsWith('s') && Ids.Contains(field.Name[..^1] + "Id");

    /// <summary>Returns the field that a field of a request is about: its own one of that name, or the key by another name.</summary>
    public string? Concerns(FieldFact asked)
    {
        if (asked.Type is "struct" or "mask" or "any")
            return null;
        if (Key is not null && (Ids.Contains(asked.Name) || (asked.IsList && (Ids.Contains(asked.Name.TrimEnd('s'))))))
            return Key;
        if (Fields.TryGetValue(asked.Name, out var own) && own.Type == asked.Type)
            return asked.Name;
        // A list of what the entity has one of.
        return asked.IsList && Fields.TryGetValue(asked.Name.TrimEnd('s'), out own) && own.Type == asked.Type ? own.Name : null;
    }
}
