namespace Endpoints.Wix.Emulator.Catalog;

/// <summary>Represents a method of a service plugin, as Wix's packages describe it.</summary>
internal sealed record PluginMethodFact(string Name, string Path, string Request);
