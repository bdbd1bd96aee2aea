namespace Endpoints.Wix.Analyzers.Calls;

/// <summary>Specifies as whom code calls Wix.</summary>
internal enum Speaker
{
    /// <summary>As whoever calls the endpoint.</summary>
    Caller,

    /// <summary>As the app.</summary>
    App,

    /// <summary>With the account's API key.</summary>
    ApiKey,
}
