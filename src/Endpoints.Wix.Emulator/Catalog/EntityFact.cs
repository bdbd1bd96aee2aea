namespace Endpoints.Wix.Emulator.Catalog;

/// <summary>Represents a kind of entity, as Wix's packages describe it.</summary>
/// <param name="Fqdn">Its fully qualified name, such as <c>wix.stores.catalog.v3.brand</c>.</param>
/// <param name="Message">The message that it is.</param>
/// <param name="Fields">The names of its fields.</param>
internal sealed record EntityFact(string Fqdn, string Message, IReadOnlySet<string> Fields);
