namespace Endpoints.Wix;

/// <summary>Specifies how a browser's session is kept in its cookie.</summary>
public enum WixSessionCookie
{
    /// <summary>
    /// Encrypted and authenticated with ASP.NET Core Data Protection, in <c>__Host-wixSession</c>: no script can read it, no other host can write it.
    /// </summary>
    Protected = 0,

    /// <summary>
    /// Wix's own format, in <c>wixSession</c>: shared with browser code on <c>@wix/sdk</c> and with an Astro front end on the same host. Scripts of
    /// the site can read it, as they have to, the refresh token included.
    /// </summary>
    Compatible = 1,
}
