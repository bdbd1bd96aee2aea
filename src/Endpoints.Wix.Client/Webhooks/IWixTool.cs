namespace Endpoints.Wix.Webhooks;

/// <summary>Represents a tool to those who read its requests and write its responses.</summary>
internal interface IWixTool
{
    /// <summary>The type of service plugin by which Wix runs tools.</summary>
    const string ExtensionType = "TOOLS_PROVIDER_CONFIG";

    /// <summary>Gets the type of the request.</summary>
    Type RequestType { get; }

    /// <summary>Gets the type of the response.</summary>
    Type ResponseType { get; }

    /// <summary>Runs the tool.</summary>
    /// <param name="request">The request, which is valid.</param>
    /// <param name="call">Wix's call.</param>
    /// <param name="ct">The token to monitor for cancellation requests.</param>
    Task<object?> RunAsync(object request, WixPluginCall call, CancellationToken ct);
}
