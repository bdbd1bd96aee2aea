using System.Diagnostics.CodeAnalysis;
using Endpoints.Wix.Webhooks;

namespace Endpoints.Wix;

/// <summary>
/// Represents a tool of the app, which Wix's assistant runs for a Wix user. Derive from it in a plugin file, and declare its name and
/// description with <see cref="WixToolAttribute"/>.
/// </summary>
/// <remarks>
/// Wix doesn't validate what the assistant sends. Before the tool runs, the request is read as strictly as its type says, and validated as
/// endpoints validate theirs.
/// </remarks>
/// <typeparam name="TRequest">The request: a type that is a JSON object.</typeparam>
/// <typeparam name="TResponse">The response: a type that is a JSON object.</typeparam>
[WixName(IWixTool.ExtensionType)]
public abstract class WixTool<TRequest, TResponse> : WixPlugin, IWixPlugin, IWixTool
    where TRequest : notnull
    where TResponse : notnull
{
    static WixPluginTable IWixPlugin.Table { get; } = new(IWixTool.ExtensionType, new WixPluginMethod("runTool", "/v1/run-tool",
        static (_, _, _) => throw new NotSupportedException("A tool is run by the address that app.MapWixEvents() maps.")));

    Type IWixTool.RequestType => typeof(TRequest);

    Type IWixTool.ResponseType => typeof(TResponse);

    /// <summary>Runs the tool.</summary>
    /// <param name="request">The request, which has been validated.</param>
    /// <param name="call">What goes along: the app instance, the identity, the currency and the languages.</param>
    /// <param name="cancellationToken">The token to monitor for cancellation requests.</param>
    /// <returns>A task whose result is the response.</returns>
    /// <exception cref="WixPluginException">The tool answers with a business error.</exception>
    [SuppressMessage("Naming", "CA1716:Identifiers should not match keywords", Justification = "All plugins have this name for it.")]
    public abstract Task<TResponse> RunAsync(TRequest request, WixPluginCall call, CancellationToken cancellationToken);

    async Task<object?> IWixTool.RunAsync(object request, WixPluginCall call, CancellationToken ct) =>
        await RunAsync((TRequest)request, call, ct).ConfigureAwait(false);
}
