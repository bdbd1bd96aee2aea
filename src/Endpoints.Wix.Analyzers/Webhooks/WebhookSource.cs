using Endpoints.Shared.Pages;

namespace Endpoints.Wix.Analyzers.Webhooks;

/// <summary>Represents a source file that Wix may call.</summary>
/// <param name="Page">The file and its place. Holds the syntax tree, so that an unchanged file costs nothing.</param>
/// <param name="Kind">The kind of folder that the file is in.</param>
internal sealed record WebhookSource(PageSource Page, WebhookKind Kind);
