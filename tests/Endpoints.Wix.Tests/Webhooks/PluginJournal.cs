using System.Collections.Concurrent;
using System.Text.Json.Nodes;

namespace Endpoints.Wix.Tests.Webhooks;

/// <summary>Records what a plugin was asked, and answers what a test wants.</summary>
internal sealed class PluginJournal
{
    public ConcurrentQueue<(string Method, WixPluginCall Call)> Calls { get; } = new();

    public int Disposed { get; set; }

    public Func<IServiceProvider, WixPluginCall, CancellationToken, Task<JsonObject>> Then { get; set; } =
        static (_, _, _) => Task.FromResult(new JsonObject { ["rates"] = 1 });
}
