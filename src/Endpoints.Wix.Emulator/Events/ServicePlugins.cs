using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.Json.Nodes;
using Endpoints.Wix.Emulator.Catalog;

namespace Endpoints.Wix.Emulator.Events;

/// <summary>The service plugins of the app: at most one of each type.</summary>
internal sealed class ServicePlugins(Postman postman, TimeProvider time)
{
    private readonly ConcurrentDictionary<string, (PluginFact Plugin, Uri Address)> _added = new(StringComparer.OrdinalIgnoreCase);

    public static Uri Target(Uri address, PluginMethodFact method) => new(address.AbsoluteUri.TrimEnd('/') + method.Path);

    public void Add(PluginFact plugin, Uri address) => _added[plugin.Type] = (plugin, address);

    public Uri? Find(string type) => _added.TryGetValue(type, out var found) ? found.Address : null;

    public string Sign(
        EmulatedApp app, string instanceId, string type, JsonObject request, EmulatedIdentity identity,
        Action<EmulatedSigningOptions>? configure)
    {
        var options = new EmulatedSigningOptions(app, instanceId, issuer: "wix.com", app.ClientId, TimeSpan.FromMinutes(5));
        configure?.Invoke(options);
        var claims = EventPayload.ServicePlugin(type, request, identity, options, time.GetUtcNow());
        return JwtWriter.Write(claims, options.App, options.Signature);
    }

    /// <summary>Calls a method of a plugin while Wix works.</summary>
    /// <returns>What it answered; null where there is no such plugin, or it has no answer that Wix can use.</returns>
    public async Task<PluginAnswer?> CallAsync(
        EmulatedApp app, EmulatedSite site, string type, string method, JsonObject request, EmulatedIdentity identity, CancellationToken ct)
    {
        if (!_added.TryGetValue(type, out var found) || !app.IsInstalledOn(site.Id)
            || found.Plugin.Methods.FirstOrDefault(one => one.Name == method) is not { } called)
            return null;
        var body = Sign(app, app.InstanceIdOn(site), found.Plugin.Type, request, identity, configure: null);
        var answer = await postman.SendAsync(Target(found.Address, called), body, what: null, ct).ConfigureAwait(false);
        return answer.StatusCode is { } status ? new(status, Read(answer.Body)) : null;
    }

    private static JsonObject Read(string body)
    {
        try
        {
            return JsonNode.Parse(body) as JsonObject ?? [];
        }
        catch (JsonException)
        {
            return [];
        }
    }
}
