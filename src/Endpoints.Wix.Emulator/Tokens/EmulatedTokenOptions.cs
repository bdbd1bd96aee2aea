namespace Endpoints.Wix.Emulator;

/// <summary>
/// Provides options for a token that <see cref="WixEmulator.IssueToken"/> creates. Each property defaults to the value that Wix would use.
/// </summary>
public sealed class EmulatedTokenOptions
{
    internal EmulatedTokenOptions(TimeSpan lifetime) => Lifetime = lifetime;

    /// <summary>
    /// Gets or sets the client identifier, or <see langword="null"/> to omit it, as Wix does for some tokens. Any text is accepted. The
    /// default is that of <see cref="WixEmulator.App"/>.
    /// </summary>
    public string? ClientId { get; set; }

    /// <summary>Gets or sets the account. The default is that of <see cref="WixEmulator.Site"/>.</summary>
    public string? AccountId { get; set; }

    /// <summary>Gets or sets the site. The default is <see cref="WixEmulator.Site"/>.</summary>
    public string? SiteId { get; set; }

    /// <summary>
    /// Gets or sets the app instance, or <see langword="null"/> to omit it. The default is <see cref="WixEmulator.InstanceId"/>.
    /// </summary>
    public string? InstanceId { get; set; }

    /// <summary>
    /// Gets or sets the time from issue to expiry, in whole seconds as at Wix. The default is
    /// <see cref="WixEmulatorOptions.AccessTokenLifetime"/>.
    /// </summary>
    public TimeSpan Lifetime { get; set; }

    /// <summary>Gets or sets the age of the token. The default is zero. A negative value creates a token that is not valid yet.</summary>
    public TimeSpan Age { get; set; }

    /// <summary>
    /// Gets or sets a value that indicates whether token-info answers <c>active: false</c> for the token and calls with it are rejected.
    /// The default is <see langword="false"/>.
    /// </summary>
    public bool Inactive { get; set; }

    /// <summary>Sets the client, the account, the site and the instance to those of an app on a site.</summary>
    /// <param name="app">The app, which must be installed on <paramref name="site"/>.</param>
    /// <param name="site">The site.</param>
    /// <exception cref="InvalidOperationException">The app is not installed on the site.</exception>
    public void For(EmulatedApp app, EmulatedSite site)
    {
        ArgumentNullException.ThrowIfNull(app);
        ArgumentNullException.ThrowIfNull(site);
        ClientId = app.ClientId;
        AccountId = site.AccountId;
        SiteId = site.Id;
        InstanceId = app.InstanceIdOn(site);
    }

    /// <summary>Makes the token one that expired a second ago.</summary>
    public void Expired() => Age = Lifetime + TimeSpan.FromSeconds(1);
}
