using System.Text.Json.Serialization;
using Endpoints.Wix.Calls;
using Endpoints.Wix.Values;

namespace Endpoints.Wix;

/// <summary>
/// Represents Wix as an API key of the account sees it, on the site of <see cref="WixClientOptions.SiteId"/> or on a named site.
/// </summary>
/// <remarks>
/// <para>
/// For jobs and hosted services, where there is no caller. The client may be kept in a singleton. In a request it amounts to elevation, so
/// it works in the same places as <c>ElevatedWixClient</c>: in the handler of an endpoint with <c>[Elevate]</c>, within its <c>Only</c>.
/// Elsewhere in a request every call throws an <see cref="InvalidOperationException"/>, and a call that a handler has left running throws
/// an <see cref="ObjectDisposedException"/>. Each call leaves an audit record.
/// </para>
/// <para>
/// Without <see cref="WixClientOptions.ApiKey"/> the application starts, but resolving this client throws an
/// <see cref="InvalidOperationException"/>.
/// </para>
/// </remarks>
[JsonConverter(typeof(ServerMadeJsonConverter<AdminWixClient>))]
public class AdminWixClient : WixSiteClient
{
    private readonly WixTransport? _transport;
    private readonly AdminIdentity? _identity;

    internal AdminWixClient(WixTransport transport, AdminIdentity identity)
        : base(new(transport, identity))
    {
        _transport = transport;
        _identity = identity;
    }

    /// <summary>
    /// Initializes a new instance of the <see cref="AdminWixClient"/> class for mocking.
    /// A mock is an instance of a derived class. It has no identity and calls nothing.
    /// </summary>
    protected AdminWixClient() => ServerMadeJson.DemandDerived(this, typeof(AdminWixClient));

    private WixTransport Transport => _transport ?? throw MockedCall.Refused(this);

    private AdminIdentity Own => _identity ?? throw MockedCall.Refused(this);

    /// <summary>Returns a client for another site of its account.</summary>
    /// <param name="siteId">The site's id. Don't take it from a request: the key may do the same on all sites of the account.</param>
    /// <returns>The client for that site.</returns>
    /// <exception cref="ArgumentException"><paramref name="siteId"/> is empty, or can't be an id.</exception>
    public virtual AdminWixClient ForSite(string siteId)
    {
        Identifier.ThrowIfNotValid(siteId);
        return new(Transport, Own.ForSite(siteId));
    }

    /// <summary>
    /// Returns a client for the account as a whole: <see cref="WixClientOptions.AccountId"/>. Calls that concern an account require this
    /// client.
    /// </summary>
    /// <returns>The client for the account.</returns>
    /// <exception cref="InvalidOperationException"><see cref="WixClientOptions.AccountId"/> is not set.</exception>
    public virtual AccountWixClient ForAccount() => new(new(Transport, Own.ForAccount()));
}
