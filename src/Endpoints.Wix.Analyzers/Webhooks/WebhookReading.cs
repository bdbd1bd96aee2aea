using Endpoints.Shared.Collections;

namespace Endpoints.Wix.Analyzers.Webhooks;

/// <summary>Represents the result of reading one source file.</summary>
/// <param name="Source">The file.</param>
/// <param name="Handlers">The event handlers, in the order of the file.</param>
/// <param name="Plugins">The plugins, in the order of the file.</param>
/// <param name="Flaws">The mistakes, in the order of the file.</param>
/// <param name="Anchors">The names of the classes that are registered, and their locations.</param>
internal sealed record WebhookReading(
    WebhookSource Source, EquatableArray<EventHandler> Handlers, EquatableArray<PluginFile> Plugins, EquatableArray<WebhookFlaw> Flaws,
    EquatableArray<ClassAnchor> Anchors);
