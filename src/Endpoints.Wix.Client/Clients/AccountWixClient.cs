using System.Text.Json.Serialization;
using Endpoints.Wix.Values;

namespace Endpoints.Wix;

/// <summary>Wix as an API key sees its account: for calls that are about no site, such as listing the account's sites. From <see cref="AdminWixClient.ForAccount"/>.</summary>
/// <remarks>It has no modules, which are about a site, and works where the client it came from does.</remarks>
[JsonConverter(typeof(ServerMadeJsonConverter<AccountWixClient>))]
public class AccountWixClient : WixApiClient
{
    internal AccountWixClient(WixChannel channel)
        : base(channel)
    {
    }

    /// <summary>Initializes a mock, which a derived class is: it has no identity, and calls nothing.</summary>
    protected AccountWixClient() => ServerMadeJson.DemandDerived(this, typeof(AccountWixClient));
}
