using System.Net;
using Endpoints.Wix.Modules;

namespace Endpoints.Wix.Tests.Clients.Holding;

/// <summary>Every client and module, as a service of the application takes them in its constructor.</summary>
internal sealed class Bag(WixClient own, ElevatedWixClient elevated, WixAuth auth, SiteProperties properties, Products products,
    AdminWixClient key)
{
    public static readonly string[] Callers = ["own", "properties", "products"];
    public static readonly string[] Elevated = ["elevated", "elevated products", "delegate", "key"];

    /// <summary>Makes one call that the emulator, or for the key the audit log, can tell from others by its tag.</summary>
    public Task CallAsync(string client, string tag) => client switch
    {
        "own" => own.FetchWithAuthAsync(HttpMethod.Get, Path(tag)),
        "properties" => properties.GetSitePropertiesAsync(new() { Fields = [tag] }),
        "products" => KnownOrNotAsync(() => products.GetAsync(tag)),
        "elevated" => elevated.FetchWithAuthAsync(HttpMethod.Get, Path(tag)),
        "elevated products" => KnownOrNotAsync(() => elevated.Products.GetAsync(tag)),
        "delegate" => auth.Elevate(properties.GetSitePropertiesAsync)(new() { Fields = [tag] }),
        "key" => key.FetchWithAuthAsync(HttpMethod.Get, Path(tag)),
        _ => throw new ArgumentOutOfRangeException(nameof(client)),
    };

    /// <summary>A delegate that is elevated now and called later.</summary>
    public Func<string, Task> Elevate()
    {
        var elevated = auth.Elevate(properties.GetSitePropertiesAsync);
        return tag => elevated(new() { Fields = [tag] });
    }

    private static string Path(string tag) => "/site-properties/v4/properties/" + tag;

    private static async Task KnownOrNotAsync(Func<Task> call)
    {
        try
        {
            await call();
        }
        catch (WixApiException e) when (e.Status == HttpStatusCode.NotFound)
        {
            // It was made.
        }
    }
}
