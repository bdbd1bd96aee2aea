namespace Endpoints.Wix.Analyzers.Webhooks;

/// <summary>Specifies what Wix calls the class of a file for.</summary>
internal enum WebhookKind
{
    /// <summary>An event: a file below the events folders.</summary>
    Event,

    /// <summary>A service plugin: a file below the plugins folders.</summary>
    Plugin,
}
