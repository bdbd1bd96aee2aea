namespace Endpoints.Wix.Emulator.Catalog;

/// <summary>What Wix's packages say of a service plugin.</summary>
internal sealed record PluginFact(string Type, IReadOnlyList<PluginMethodFact> Methods, Messages Messages);
