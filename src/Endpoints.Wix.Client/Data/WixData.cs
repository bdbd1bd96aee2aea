namespace Endpoints.Wix;

/// <summary>Represents the modules of <c>@wix/data</c> on a client. The package <c>Endpoints.Wix.Data</c> has more of them.</summary>
public readonly ref struct WixData
{
    private readonly WixApiClient _client;

    internal WixData(WixApiClient client) => _client = client;

    /// <summary>Gets the items of the site's collections.</summary>
    public DataItems Items => GetModule<DataItems>();

    /// <summary>Gets a module that speaks for the client.</summary>
    /// <typeparam name="TModule">The module.</typeparam>
    public TModule GetModule<TModule>()
        where TModule : WixModule, IWixModule<TModule> => _client.GetModule<TModule>();
}
