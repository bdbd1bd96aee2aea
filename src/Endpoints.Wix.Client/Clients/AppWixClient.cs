using System.Text.Json.Serialization;
using Endpoints.Wix.Calls;
using Endpoints.Wix.Values;

namespace Endpoints.Wix;

/// <summary>
/// Represents Wix as the app sees it on one of its instances: <see cref="WixClientOptions.InstanceId"/>, or a named instance.
/// </summary>
/// <remarks>
/// <para>
/// For jobs, hosted services and console programs, where there is no caller. The client may be kept in a singleton. In a request of a web
/// application it amounts to elevation, so it works in the handler of an endpoint with <c>[Elevate]</c>, within its <c>Only</c>, and on the
/// caller's own instance. Elsewhere in a request every call throws an <see cref="InvalidOperationException"/>, and a call that a handler
/// has left running throws an <see cref="ObjectDisposedException"/>. Each call leaves a record in the log.
/// </para>
/// <para>Without the app's credentials, resolving this client throws an <see cref="InvalidOperationException"/>.</para>
/// </remarks>
[JsonConverter(typeof(ServerMadeJsonConverter<AppWixClient>))]
public class AppWixClient : WixSiteClient
{
    private readonly WixTransport? _transport;
    private readonly AppInstanceIdentity? _identity;

    internal AppWixClient(WixTransport transport, AppInstanceIdentity identity)
        : base(new(transport, identity))
    {
        _transport = transport;
        _identity = identity;
    }

    /// <summary>
    /// Initializes a new instance of the <see cref="AppWixClient"/> class for mocking.
    /// A mock is an instance of a derived class. It has no identity and calls nothing.
    /// </summary>
    protected AppWixClient() => ServerMadeJson.DemandDerived(this, typeof(AppWixClient));

    private WixTransport Transport => _transport ?? throw MockedCall.Refused(this);

    private AppInstanceIdentity Own => _identity ?? throw MockedCall.Refused(this);

    /// <summary>Returns a client for another instance of the app.</summary>
    /// <param name="instanceId">
    /// The instance's id. Don't take it from a request: the app may do the same on all sites that have installed it.
    /// </param>
    /// <returns>The client for that instance.</returns>
    /// <exception cref="ArgumentException"><paramref name="instanceId"/> is empty, or can't be an id.</exception>
    public virtual AppWixClient ForInstance(string instanceId)
    {
        Identifier.ThrowIfNotValid(instanceId);
        return new(Transport, Own.ForInstance(instanceId));
    }
}
