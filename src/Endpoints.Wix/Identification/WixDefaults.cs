namespace Endpoints.Wix;

/// <summary>Provides the names under which Wix callers appear in ASP.NET Core.</summary>
public static class WixDefaults
{
    /// <summary>The authentication scheme, for <c>[Authorize(AuthenticationSchemes = ...)]</c>: <c>Wix</c>.</summary>
    public const string AuthenticationScheme = "Wix";

    /// <summary>The claim with the id of the caller's site.</summary>
    public const string SiteIdClaim = "wix:site";

    /// <summary>The claim with the id of the app's instance on the caller's site.</summary>
    public const string InstanceIdClaim = "wix:instance";

    /// <summary>The claim with the client id that the caller's token was issued for.</summary>
    public const string ClientIdClaim = "wix:client";

    /// <summary>
    /// The CORS policy that <c>AddWixDashboardCors</c> adds, for <c>[EnableCors(...)]</c> and <c>UseCors(...)</c>: <c>WixDashboard</c>.
    /// </summary>
    public const string DashboardCorsPolicy = "WixDashboard";

    /// <summary>The CORS policy that <c>AddWixWidgetCors</c> adds, for <c>[EnableCors(...)]</c>: <c>WixWidget</c>.</summary>
    public const string WidgetCorsPolicy = "WixWidget";
}
