using System.Text.Json.Serialization;
using Endpoints.Wix.Values;

namespace Endpoints.Wix;

/// <summary>
/// Represents Wix as an API key sees its account, for calls that concern no site, such as listing the account's sites. Returned by
/// <see cref="AdminWixClient.ForAccount"/>.
/// </summary>
/// <remarks>It has no modules, because modules concern a site. It works in the same places as the client that returned it.</remarks>
[JsonConverter(typeof(ServerMadeJsonConverter<AccountWixClient>))]
public class AccountWixClient : WixApiClient
{
    internal AccountWixClient(WixChannel channel)
        : base(channel)
    {
    }

    /// <summary>
    /// Initializes a new instance of the <see cref="AccountWixClient"/> class for mocking.
    /// A mock is an instance of a derived class. It has no identity and calls nothing.
    /// </summary>
    protected AccountWixClient() => ServerMadeJson.DemandDerived(this, typeof(AccountWixClient));
}
