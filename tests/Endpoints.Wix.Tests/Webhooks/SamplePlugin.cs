using System.Text.Json.Nodes;

namespace Endpoints.Wix.Tests.Webhooks;

/// <summary>A plugin that does what a test wants, with a method and another.</summary>
internal sealed class SamplePlugin(PluginJournal journal, IServiceProvider services) : WixPlugin, IWixPlugin, IDisposable
{
    public const string Type = "ECOM_SHIPPING_RATES";

    static WixPluginTable IWixPlugin.Table { get; } = new(
        Type,
        new WixPluginMethod("getShippingRates", "/v1/getRates",
            static (plugin, call, ct) => ((SamplePlugin)plugin).AnswerAsync("rates", call, ct)),
        new WixPluginMethod("other", "/v1/other", static (plugin, call, ct) => ((SamplePlugin)plugin).AnswerAsync("other", call, ct)));

    public void Dispose() => journal.Disposed++;

    private async Task<WixMessage> AnswerAsync(string method, WixPluginCall call, CancellationToken ct)
    {
        journal.Calls.Enqueue((method, call));
        return new Answered(await journal.Then(services, call, ct));
    }

    private sealed class Answered(JsonObject json) : WixMessage(json);
}
