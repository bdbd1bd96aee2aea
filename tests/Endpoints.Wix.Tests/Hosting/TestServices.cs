using Endpoints.Wix.ServiceCallers;

namespace Endpoints.Wix.Tests.Hosting;

/// <summary>Services with keys, as an application's configuration would have them.</summary>
internal static class TestServices
{
    public static string Key { get; } = ServiceKeyText.Create();

    public static string OtherKey { get; } = ServiceKeyText.Create();

    public static string UnknownKey { get; } = ServiceKeyText.Create();

    /// <summary>Returns what adds services to an application's options.</summary>
    public static Action<WixOptions> Add(params (string Name, string Key, string[] Endpoints)[] services) => options =>
    {
        foreach (var (name, key, endpoints) in services)
            options.Services.Add(name, Service(key, endpoints));
    };

    public static WixServiceOptions Service(string key, params string[] endpoints)
    {
        var service = new WixServiceOptions { Keys = { new() { Hash = ServiceKeyText.HashText(key) } } };
        foreach (var endpoint in endpoints)
            service.Endpoints.Add(endpoint);
        return service;
    }
}
