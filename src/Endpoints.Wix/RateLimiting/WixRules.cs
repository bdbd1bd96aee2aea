namespace Endpoints.Wix.RateLimiting;

/// <summary>
/// Provides the names of the rules that this library counts by itself. An application that defines a rule of such a name has changed it.
/// </summary>
internal static class WixRules
{
    /// <summary>By address, for every elevated endpoint without a limit of its own.</summary>
    public const string Elevated = "wix-elevated";

    /// <summary>Logins that a client begins.</summary>
    public const string Login = "wix-login";

    /// <summary>Logouts, each of which may be a call to Wix.</summary>
    public const string Logout = "wix-logout";

    /// <summary>Installations that a client begins.</summary>
    public const string Installation = "wix-installation";

    /// <summary>Requests to the addresses of events and plugins that are refused, because Wix has not signed them for this app.</summary>
    public const string RefusedCalls = "wix-refused-calls";

    /// <summary>Visitors' sessions that a client begins.</summary>
    public const string NewVisitors = "wix-new-visitors";

    /// <summary>Calls to Wix as the app, for each of its instances.</summary>
    public const string Calls = "wix-calls";
}
