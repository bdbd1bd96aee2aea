using Endpoints.Shared.Collections;

namespace Endpoints.Wix.Analyzers.Webhooks;

/// <summary>Represents the rows of the table: the ends of the names of the methods that register one handler or plugin each.</summary>
/// <param name="Handlers">The event handlers.</param>
/// <param name="Plugins">The plugins.</param>
internal sealed record WebhookRows(EquatableArray<string> Handlers, EquatableArray<string> Plugins);
