namespace Endpoints.Wix.Analyzers.Webhooks;

/// <summary>Defines the names of the generator's steps, by which tests verify which steps ran again.</summary>
internal static class WebhookSteps
{
    /// <summary>The source files that Wix may call.</summary>
    public const string Sources = "WebhookSources";

    /// <summary>The results of reading each file. Runs for those files after every edit.</summary>
    public const string Readings = "WebhookReadings";

    /// <summary>The event handlers as plain values.</summary>
    public const string Handlers = "WebhookHandlers";

    /// <summary>The plugins as plain values.</summary>
    public const string Plugins = "WebhookPlugins";

    /// <summary>The registrations in their order, and the contradictions.</summary>
    public const string Table = "WebhookTable";

    /// <summary>The names of the methods that register one handler or plugin each. The table's class depends on nothing else.</summary>
    public const string Rows = "WebhookRows";

    /// <summary>The value that indicates whether the compilation maps what Wix calls.</summary>
    public const string Mapped = "WebhookMapped";
}
