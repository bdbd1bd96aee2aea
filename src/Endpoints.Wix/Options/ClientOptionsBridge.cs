using Microsoft.Extensions.Options;

namespace Endpoints.Wix.Options;

/// <summary>Says of the application's options what was said of its clients': there is one set of both.</summary>
internal sealed class ClientOptionsBridge(IEnumerable<IConfigureOptions<WixClientOptions>> clients) : IConfigureOptions<WixOptions>
{
    public void Configure(WixOptions options)
    {
        foreach (var client in clients)
            client.Configure(options);
    }
}
