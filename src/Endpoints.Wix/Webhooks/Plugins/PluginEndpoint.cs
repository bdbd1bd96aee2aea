using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Nodes;
using Endpoints.Wix.CompilerServices;
using Endpoints.Wix.Options;
using Endpoints.Wix.Telemetry;
using Endpoints.Wix.Webhooks.Receiving;
using Endpoints.Wix.Webhooks.Running;
using Endpoints.Wix.Webhooks.Signatures;
using Endpoints.Wix.Values;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Endpoints.Wix.Webhooks.Plugins;

/// <summary>Receives the calls of service plugins, each at the address of its plugin and the path of its method.</summary>
internal sealed partial class PluginEndpoint(SignedRequests requests, PluginRegistry registry, ToolContracts tools,
    SignedWork work, ILiveOptions<WixOptions> live, EventTelemetry telemetry, TimeProvider time, ILogger<PluginEndpoint> logger)
{
    /// <summary>The name of the route value that contains the path of the method.</summary>
    public const string MethodValue = "method";

    /// <summary>Receives one call.</summary>
    /// <param name="context">The request.</param>
    /// <param name="address">The address of the plugin.</param>
    public async Task InvokeAsync(HttpContext context, string address)
    {
        // 1. The method that the address names, to the letter.
        if (registry.Find(address) is not { } plugin
            || !plugin.Methods.TryGetValue("/" + context.Request.RouteValues[MethodValue], out var method))
        {
            await requests.RefuseAsync(context, SignedCallKind.Plugin, StatusCodes.Status404NotFound, "method").ConfigureAwait(false);
            return;
        }

        // 2. The signature is the guard.
        if (await requests.TakeAsync(context, SignedCallKind.Plugin).ConfigureAwait(false) is not { } signed)
            return;

        // 3. What was signed must be a call, of this plugin and no other.
        if (Read(signed) is not { } call)
        {
            await requests.RefuseAsync(context, SignedCallKind.Plugin, StatusCodes.Status400BadRequest, "call").ConfigureAwait(false);
            return;
        }

        var type = plugin.Tools is null ? plugin.Registration.Table.ExtensionType : live.Now.Events.ToolsProviderType;
        if (!string.Equals(call.ExtensionType, type, StringComparison.OrdinalIgnoreCase))
        {
            await requests.RefuseAsync(context, SignedCallKind.Plugin, StatusCodes.Status401Unauthorized, "plugin").ConfigureAwait(false);
            return;
        }

        // 4. Of the tools of an app, the one that the call names.
        if (plugin.Tools is { } all)
        {
            var name = call.Request["methodName"] is { } node && node.GetValueKind() == JsonValueKind.String ? node.GetValue<string>() : "";
            if (!all.TryGetValue(name, out plugin))
            {
                LogUnknownTool(Identifier.IsValid(name) ? name : "?", call.RequestId, call.InstanceId);
                var unknown = ToolContracts.Unknown();
                telemetry.PluginCalled(IWixTool.ExtensionType, method.Name, EventTelemetry.Declared, TimeSpan.Zero);
                await WriteAsync(context, unknown.StatusCode, Declared(unknown)).ConfigureAwait(false);
                return;
            }
        }

        // 5. The plugin, for as long as it may take.
        await AnswerAsync(context, plugin, method, call).ConfigureAwait(false);
    }

    private async Task AnswerAsync(HttpContext context, RegisteredPlugin plugin, WixPluginMethod method, WixPluginCall call)
    {
        var began = time.GetTimestamp();
        var outcome = EventTelemetry.Failed;
        var timeout = live.Now.Events.PluginTimeout;
        var deadline = new Deadline(timeout, time, context.RequestAborted);
        try
        {
            var running = RunAsync(plugin, method, call, Activity.Current?.Context ?? default, deadline.Token);
            deadline.DisposeAfter(running);
            await WriteAsync(context, StatusCodes.Status200OK, await running.WaitAsync(deadline.Token).ConfigureAwait(false))
                .ConfigureAwait(false);
            outcome = EventTelemetry.Answered;
        }
        catch (WixPluginException e)
        {
            outcome = EventTelemetry.Declared;
            await WriteAsync(context, e.StatusCode, Declared(e)).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (deadline.Token.IsCancellationRequested)
        {
            outcome = EventTelemetry.TimedOut;
            LogTimedOut(plugin.Registration.Name, method.Name, call.RequestId, call.InstanceId, timeout);
            context.Response.StatusCode = StatusCodes.Status500InternalServerError;
        }
        catch (Exception e) when (!context.Response.HasStarted)
        {
            LogFailed(e, plugin.Registration.Name, method.Name, call.RequestId, call.InstanceId);
            context.Response.StatusCode = StatusCodes.Status500InternalServerError;
        }
        finally
        {
            telemetry.PluginCalled(plugin.Registration.Route, method.Name, outcome, time.GetElapsedTime(began));
        }
    }

    private Task<JsonObject> RunAsync(RegisteredPlugin plugin, WixPluginMethod method, WixPluginCall call, ActivityContext parent,
        CancellationToken ct) =>
        work.RunAsync(plugin.Guarded, call.Identity, call.InstanceId, call.RequestId, async services =>
        {
            using var activity = telemetry.Begin("Endpoints.Wix.PluginCall", parent, plugin.Registration.Route,
                $"{plugin.Registration.Name} {method.Name}", call.InstanceId, call.RequestId);
            var instance = plugin.Registration.Create(services);
            try
            {
                return await (instance is IWixTool tool
                    ? tools.RunAsync(tool, call, services, ct) : method.InvokeAsync(instance, call, ct)).ConfigureAwait(false);
            }
            catch (Exception e) when (e is not WixPluginException)
            {
                activity?.SetStatus(ActivityStatusCode.Error);
                throw;
            }
            finally
            {
                await WixFileTable.DisposeAsync(instance).ConfigureAwait(false);
            }
        });

    private static JsonObject Declared(WixPluginException e)
    {
        var error = new JsonObject { ["code"] = e.ApplicationErrorCode };
        if (e.ErrorData is { } data)
            error["data"] = data.DeepClone();
        return new() { ["applicationError"] = error };
    }

    // All of it is made before anything is sent: what can't be written is a failure and no half an answer.
    private static async Task WriteAsync(HttpContext context, int status, JsonObject json)
    {
        var bytes = JsonSerializer.SerializeToUtf8Bytes(json);
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json";
        context.Response.ContentLength = bytes.Length;
        await context.Response.BodyWriter.WriteAsync(bytes, context.RequestAborted).ConfigureAwait(false);
    }

    private WixPluginCall? Read(SignedCall signed)
    {
        try
        {
            return WixPluginCall.Parse(signed.Data.GetRawText());
        }
        catch (FormatException e)
        {
            LogNoCall(e.Message);
            return null;
        }
    }

    [LoggerMessage(1, LogLevel.Error, "What Wix signed as the call of a service plugin is none: {Flaw}")]
    private partial void LogNoCall(string flaw);

    [LoggerMessage(2, LogLevel.Error,
        "The service plugin {Plugin} failed in {Method} for the call {RequestId} of instance {InstanceId}. To answer with a business "
        + "error, throw a WixPluginException")]
    private partial void LogFailed(Exception cause, string plugin, string method, string? requestId, string instanceId);

    [LoggerMessage(3, LogLevel.Error,
        "The service plugin {Plugin} has not answered {Method} for the call {RequestId} of instance {InstanceId} within {Timeout}")]
    private partial void LogTimedOut(string plugin, string method, string? requestId, string instanceId, TimeSpan timeout);

    [LoggerMessage(4, LogLevel.Warning,
        "Wix has called the tool {Tool}, which the application doesn't have, for the call {RequestId} of instance {InstanceId}. Declare in "
        + "the app's extension App Tools what the application has")]
    private partial void LogUnknownTool(string tool, string? requestId, string instanceId);
}
