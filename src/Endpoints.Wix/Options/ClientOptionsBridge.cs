using Microsoft.Extensions.Options;

namespace Endpoints.Wix.Options;

/// <summary>Applies the configuration of the clients' options to the application's options, because both are one set.</summary>
internal sealed class ClientOptionsBridge(IEnumerable<IConfigureOptions<WixClientOptions>> clients) : IConfigureOptions<WixOptions>
{
    public void Configure(WixOptions options)
    {
        foreach (var client in clients)
            client.Configure(options);
    }
}
