using Endpoints.Shared.Collections;

namespace Endpoints.Wix.Analyzers.Webhooks;

/// <summary>Represents one service plugin, with all that its registration needs, as plain values.</summary>
/// <param name="Home">The class and its file.</param>
/// <param name="Name">The stable name of the plugin: the file and the class.</param>
/// <param name="Base">The fully qualified C# name of the typed plugin that the class derives from.</param>
/// <param name="ExtensionType">Wix's name of the plugin, or <see langword="null"/> if the compiler can't see it.</param>
internal sealed record PluginFile(WebhookClass Home, string Name, string Base, string? ExtensionType)
{
    /// <summary>Gets the name by which Wix runs the tool, or <see langword="null"/> for a plugin that is none.</summary>
    public string? Tool { get; init; }

    /// <summary>Gets the segment of the plugin's address, or <see langword="null"/> for the name of the file.</summary>
    public string? Address { get; init; }

    /// <summary>Gets the calls to Wix that the plugin may make, or <see langword="null"/> for all calls.</summary>
    public EquatableArray<string>? Only { get; init; }
}
