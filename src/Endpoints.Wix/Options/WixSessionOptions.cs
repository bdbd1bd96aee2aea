namespace Endpoints.Wix;

/// <summary>Provides the settings for sessions in browsers. Setting <c>Wix:Session</c>.</summary>
/// <remarks>These settings are read when the application starts.</remarks>
public sealed class WixSessionOptions
{
    /// <summary>Gets or sets how sessions are kept in browsers.</summary>
    /// <value>The default is <see cref="WixSessionCookie.Protected"/>.</value>
    public WixSessionCookie Cookie { get; set; }

    /// <summary>
    /// Gets or sets a value indicating whether requests over plain <c>http</c> get cookies without <c>Secure</c> and without the
    /// <c>__Host-</c> prefix.
    /// </summary>
    /// <remarks>This is for a browser on a developer's machine. The application does not start with it outside Development.</remarks>
    /// <value>The default is <see langword="false"/>.</value>
    public bool AllowPlainHttp { get; set; }
}
