using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;

namespace Endpoints.Wix.Emulator;

/// <summary>An app that the emulated platform knows. Printing it does not show its secret.</summary>
public sealed class EmulatedApp
{
    private readonly ConcurrentDictionary<string, string> _instances = new(StringComparer.OrdinalIgnoreCase);
    private readonly ConcurrentDictionary<string, byte> _redirectUris = new(StringComparer.Ordinal);
    private readonly Func<EmulatedApp, EmulatedSite, string> _newInstanceId;
    private readonly Lazy<RSA> _key;
    private readonly bool _allowLoopbackRedirects;

    internal EmulatedApp(
        string name,
        string clientId,
        string clientSecret,
        EmulatedSite? projectSite,
        string? privateKeyPem,
        IReadOnlySet<string>? permissions,
        bool allowLoopbackRedirects,
        Func<EmulatedApp, EmulatedSite, string> newInstanceId)
    {
        _allowLoopbackRedirects = allowLoopbackRedirects;
        Name = name;
        ClientId = clientId;
        ClientSecret = clientSecret;
        ProjectSite = projectSite;
        Permissions = permissions;
        _newInstanceId = newInstanceId;
        // Made when first asked for: most tests never look at the key, and making one takes a while.
        _key = new(() =>
        {
            var rsa = RSA.Create(2048);
            if (privateKeyPem is not null)
                rsa.ImportFromPem(privateKeyPem);
            return rsa;
        });
    }

    /// <summary>The app's name.</summary>
    public string Name { get; }

    /// <summary>The app's id, which Wix also calls client id or app id.</summary>
    public string ClientId { get; }

    /// <summary>The app's secret.</summary>
    public string ClientSecret { get; }

    /// <summary>
    /// The site whose headless project this app belongs to: its visitors and members log in with this client id, and client
    /// credentials without an instance id act for it. Null for an app that is only installed on sites.
    /// </summary>
    public EmulatedSite? ProjectSite { get; }

    /// <summary>The ids of the permissions that the app has, such as <c>SITE_SETTINGS.VIEW</c>; null for all.</summary>
    public IReadOnlySet<string>? Permissions { get; }

    /// <summary>The key that Wix signs webhooks and service plugin calls for this app with: PEM, in several lines.</summary>
    public string PublicKey => Key.ExportSubjectPublicKeyInfoPem();

    /// <summary><see cref="PublicKey"/> as base64 of the PEM in one line, as <c>WIX_CLIENT_PUBLIC_KEY</c> often holds it.</summary>
    public string PublicKeyBase64 => Convert.ToBase64String(Encoding.ASCII.GetBytes(PublicKey));

    /// <summary>The addresses that a login may return to, in full.</summary>
    public IReadOnlyCollection<string> RedirectUris => [.. _redirectUris.Keys];

    internal RSA Key => _key.Value;

    /// <summary>Installs the app on a site, or finds the instance that is there already.</summary>
    /// <param name="site">The site.</param>
    /// <param name="instanceId">The instance's id; a new one by default.</param>
    /// <returns>The instance's id.</returns>
    public string InstallOn(EmulatedSite site, string? instanceId = null)
    {
        ArgumentNullException.ThrowIfNull(site);
        return _instances.GetOrAdd(site.Id, _ => instanceId ?? _newInstanceId(this, site));
    }

    /// <summary>Removes the app from a site. Its tokens for that site are refused from here on.</summary>
    /// <param name="site">The site.</param>
    public void RemoveFrom(EmulatedSite site)
    {
        ArgumentNullException.ThrowIfNull(site);
        _instances.TryRemove(site.Id, out _);
    }

    /// <summary>The id of the app's instance on a site.</summary>
    /// <param name="site">The site.</param>
    /// <exception cref="InvalidOperationException">The app is not installed on the site.</exception>
    public string InstanceIdOn(EmulatedSite site)
    {
        ArgumentNullException.ThrowIfNull(site);
        return _instances.TryGetValue(site.Id, out var id)
            ? id
            : throw new InvalidOperationException($"The app '{Name}' is not installed on the site '{site.Name}'. Call InstallOn first.");
    }

    /// <summary>Allows a login to return to an address. Wix compares the whole address.</summary>
    /// <param name="redirectUri">An absolute address, such as <c>https://example.com/api/auth/callback</c>.</param>
    /// <exception cref="ArgumentException"><paramref name="redirectUri"/> is not absolute.</exception>
    public void AllowRedirectUri(Uri redirectUri)
    {
        ArgumentNullException.ThrowIfNull(redirectUri);
        if (!redirectUri.IsAbsoluteUri)
            throw new ArgumentException($"'{redirectUri}' is not an absolute address.", nameof(redirectUri));
        _redirectUris.TryAdd(redirectUri.AbsoluteUri, 0);
    }

    /// <summary>Gives the name and the client id.</summary>
    public override string ToString() => $"{Name} ({ClientId})";

    /// <summary>Whether a login or an installation may return to an address: the whole of it must be on the list.</summary>
    internal bool MayReturnTo(string address) =>
        Uri.TryCreate(address, UriKind.Absolute, out var uri)
        && uri.Fragment.Length == 0
        && (_redirectUris.ContainsKey(uri.AbsoluteUri) || IsFreeLoopback(uri));

    /// <summary>Whether a browser may be sent to an address after a logout and the like: its domain must be on the list.</summary>
    internal bool MayCallBack(string address) =>
        Uri.TryCreate(address, UriKind.Absolute, out var uri)
        && uri.Scheme is ("http" or "https")
        && uri.UserInfo.Length == 0
        && (IsFreeLoopback(uri) || _redirectUris.Keys.Any(allowed => string.Equals(new Uri(allowed).Host, uri.Host, StringComparison.OrdinalIgnoreCase)));

    internal string? FindSiteId(string instanceId)
    {
        foreach (var (siteId, id) in _instances)
        {
            if (string.Equals(id, instanceId, StringComparison.OrdinalIgnoreCase))
                return siteId;
        }

        return null;
    }

    internal bool IsInstalledOn(string siteId) => _instances.ContainsKey(siteId);

    private bool IsFreeLoopback(Uri uri) =>
        _allowLoopbackRedirects && uri.IsLoopback && uri.Scheme is ("http" or "https") && uri.UserInfo.Length == 0;
}
