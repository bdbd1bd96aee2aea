namespace Endpoints.Wix.Emulator;

/// <summary>What is in a token that <see cref="WixEmulator.IssueToken"/> makes. Every property starts with what Wix would put there.</summary>
public sealed class EmulatedTokenOptions
{
    internal EmulatedTokenOptions(TimeSpan lifetime) => Lifetime = lifetime;

    /// <summary>The client id; by default that of <see cref="WixEmulator.App"/>. Any text will do; null leaves it out, as Wix does for some tokens.</summary>
    public string? ClientId { get; set; }

    /// <summary>The account; by default that of <see cref="WixEmulator.Site"/>.</summary>
    public string? AccountId { get; set; }

    /// <summary>The site; by default <see cref="WixEmulator.Site"/>.</summary>
    public string? SiteId { get; set; }

    /// <summary>The app instance; by default <see cref="WixEmulator.InstanceId"/>. Null leaves it out.</summary>
    public string? InstanceId { get; set; }

    /// <summary>The time from issue to expiry; by default <see cref="WixEmulatorOptions.AccessTokenLifetime"/>. Kept in whole seconds, as Wix does.</summary>
    public TimeSpan Lifetime { get; set; }

    /// <summary>How long ago the token was issued; zero by default. A negative value makes a token that is not valid yet.</summary>
    public TimeSpan Age { get; set; }

    /// <summary>Whether token-info answers <c>active: false</c> for it and calls with it are refused. False by default.</summary>
    public bool Inactive { get; set; }

    /// <summary>Sets client, account, site and instance to those of an app on a site.</summary>
    /// <param name="app">The app; it must be installed on <paramref name="site"/>.</param>
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
