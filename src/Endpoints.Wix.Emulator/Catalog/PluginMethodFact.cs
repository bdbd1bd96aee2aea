namespace Endpoints.Wix.Emulator.Catalog;

/// <summary>What Wix's packages say of a method of a service plugin.</summary>
internal sealed record PluginMethodFact(string Name, string Path, string Request);
