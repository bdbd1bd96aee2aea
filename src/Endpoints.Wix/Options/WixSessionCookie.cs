namespace Endpoints.Wix;

/// <summary>Specifies how a browser's session is kept in its cookie.</summary>
public enum WixSessionCookie
{
    /// <summary>
    /// A cookie that is encrypted and authenticated with ASP.NET Core Data Protection, in <c>__Host-wixSession</c>. No script can read it,
    /// and no other host can write it.
    /// </summary>
    Protected = 0,

    /// <summary>
    /// A cookie in Wix's own format, in <c>wixSession</c>, which is shared with browser code on <c>@wix/sdk</c> and with an Astro front end
    /// on the same host. Scripts of the site can read it, as they must, including the refresh token.
    /// </summary>
    Compatible = 1,
}
