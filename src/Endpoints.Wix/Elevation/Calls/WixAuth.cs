using System.Text.Json.Serialization;
using Endpoints.Wix.Calls;
using Endpoints.Wix.Elevation.Calls;
using Endpoints.Wix.Values;

namespace Endpoints.Wix;

/// <summary>Provides a method that elevates individual calls, as <c>auth</c> of <c>@wix/essentials</c> does.</summary>
[JsonConverter(typeof(ServerMadeJsonConverter<WixAuth>))]
public class WixAuth
{
    private readonly AppIdentity? _app;

    internal WixAuth(AppIdentity app) => _app = app;

    /// <summary>
    /// Initializes a new instance of the <see cref="WixAuth"/> class for mocking. A mock has no identity and makes no calls.
    /// </summary>
    protected WixAuth() => ServerMadeJson.DemandDerived(this, typeof(WixAuth));

    private AppIdentity Own => _app ?? throw MockedCall.Refused(this);

    /// <summary>Returns the same method of the same module or client, bound to the app's identity. Mirrors <c>auth.elevate()</c>.</summary>
    /// <typeparam name="T">The type of the delegate. Optional parameters of the method remain optional.</typeparam>
    /// <param name="method">
    /// A method of a Wix module, or <see cref="WixApiClient.FetchWithAuthAsync"/> of the caller's client. Pass the method without calling
    /// it: <c>auth.Elevate(siteProperties.GetSitePropertiesAsync)</c>, <c>auth.Elevate(wix.FetchWithAuthAsync)</c>.
    /// </param>
    /// <returns>A delegate that makes the call as the app, until the handler ends.</returns>
    /// <exception cref="ArgumentException">
    /// <paramref name="method"/> is a lambda, a static method, a multicast delegate, or not one of these methods.
    /// </exception>
    /// <exception cref="InvalidOperationException">The endpoint has no <see cref="ElevateAttribute"/>.</exception>
    /// <exception cref="ObjectDisposedException">The handler has ended.</exception>
    public virtual T Elevate<T>(T method)
        where T : Delegate
    {
        ArgumentNullException.ThrowIfNull(method);
        if (!method.HasSingleTarget)
            throw Wrong("this is several methods combined");
        if (method.Target is null || method.Method.IsStatic)
            throw Wrong("this is a static method");
        if (method.Target is WixModule module && method.Method.DeclaringType is { } declaring && declaring != typeof(WixModule)
            && typeof(WixModule).IsAssignableFrom(declaring))
            return Bind(module.As(Own.ForGrant()));
        if (method.Target is WixClient or ElevatedWixClient && method.Method.Name == nameof(WixApiClient.FetchWithAuthAsync)
            && method.Method.DeclaringType == typeof(WixApiClient))
            return Bind(new ElevatedWixClient(((WixApiClient)method.Target).As(Own.ForGrant())));
        if (method.Target is AdminWixClient or AccountWixClient)
            throw Wrong("an API key's client is not the caller's");
        throw Wrong(
            method.Method.Name.Contains('<', StringComparison.Ordinal)
                ? "this is a lambda or a local function" : "this is a method of neither");

        T Bind(object elevated) => (T)Delegate.CreateDelegate(method.GetType(), elevated, method.Method);

        static ArgumentException Wrong(string what) => new(
            $"Elevate takes a method of a Wix module or FetchWithAuthAsync of WixClient, and {what}. Write "
            + "auth.Elevate(siteProperties.GetSitePropertiesAsync) and call what it returns.",
            nameof(method));
    }
}
