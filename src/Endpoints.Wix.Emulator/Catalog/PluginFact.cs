namespace Endpoints.Wix.Emulator.Catalog;

/// <summary>Represents a service plugin, as Wix's packages describe it.</summary>
internal sealed record PluginFact(string Type, IReadOnlyList<PluginMethodFact> Methods, Messages Messages);
