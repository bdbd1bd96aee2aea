using System.Globalization;

namespace Endpoints.Wix.Sessions.Tests.Hosting;

/// <summary>
/// The cookies of one browser, kept and sent by the browsers' own rules (RFC 6265bis): Secure, prefixes, paths, SameSite, expiry.
/// </summary>
internal sealed class CookieJar(TimeProvider time)
{
    private readonly List<Cookie> _cookies = [];

    public IEnumerable<string> Names => _cookies.Select(static cookie => cookie.Name);

    /// <summary>The value of a cookie, as it is sent; null when there is none.</summary>
    public string? this[string name] => _cookies.Find(cookie => cookie.Name == name)?.Value;

    /// <summary>Puts a cookie there as another site, a script or an attacker with the browser in hand would.</summary>
    public void Plant(Uri site, string name, string value) =>
        Keep(new(site.Host, name, value, "/", Secure: true, "lax", DateTimeOffset.MaxValue));

    public void Remove(string name) => _cookies.RemoveAll(cookie => cookie.Name == name);

    public CookieJar Copy()
    {
        var copy = new CookieJar(time);
        copy._cookies.AddRange(_cookies);
        return copy;
    }

    public void Receive(Uri from, string setCookie)
    {
        var parts = setCookie.Split(';', StringSplitOptions.TrimEntries);
        var pair = parts[0].Split('=', 2);
        var attributes = parts.Skip(1).Select(static part => part.Split('=', 2)).ToDictionary(
            static part => part[0].ToLowerInvariant(), static part => part.Length > 1 ? part[1] : "");
        var secure = attributes.ContainsKey("secure");
        var path = attributes.GetValueOrDefault("path", "/");
        if (secure && from.Scheme != Uri.UriSchemeHttps && !from.IsLoopback)
            return;
        if (pair[0].StartsWith("__Host-", StringComparison.OrdinalIgnoreCase)
            && (!secure || from.Scheme != Uri.UriSchemeHttps || path != "/" || attributes.ContainsKey("domain")))
        {
            return;
        }

        if (setCookie.Length > 4096)
            return;
        var expires = DateTimeOffset.MaxValue;
        if (attributes.TryGetValue("max-age", out var age))
            expires = time.GetUtcNow().AddSeconds(long.Parse(age, CultureInfo.InvariantCulture));
        else if (attributes.TryGetValue("expires", out var date))
            expires = DateTimeOffset.Parse(date, CultureInfo.InvariantCulture);
        Keep(new(from.Host, pair[0], pair[1], path, secure, attributes.GetValueOrDefault("samesite", "lax").ToLowerInvariant(), expires));
    }

    /// <summary>The header for a request; null when there is nothing to send.</summary>
    /// <param name="to">Where it goes.</param>
    /// <param name="method">Its method.</param>
    /// <param name="crossSite">Whether another site's page sent it.</param>
    public string? Header(Uri to, string method, bool crossSite)
    {
        _cookies.RemoveAll(cookie => cookie.Expires <= time.GetUtcNow());
        var sent = _cookies.Where(cookie =>
            cookie.Host == to.Host
            && to.AbsolutePath.StartsWith(cookie.Path, StringComparison.Ordinal)
            && (!cookie.Secure || to.Scheme == Uri.UriSchemeHttps || to.IsLoopback)
            && (!crossSite || cookie.SameSite == "none" || (cookie.SameSite == "lax" && method == "GET"))).ToList();
        return sent.Count == 0 ? null : string.Join("; ", sent.Select(static cookie => $"{cookie.Name}={cookie.Value}"));
    }

    private void Keep(Cookie cookie)
    {
        _cookies.RemoveAll(old => old.Host == cookie.Host && old.Name == cookie.Name && old.Path == cookie.Path);
        if (cookie.Expires > time.GetUtcNow())
            _cookies.Add(cookie);
    }

    private sealed record Cookie(string Host, string Name, string Value, string Path, bool Secure, string SameSite, DateTimeOffset Expires);
}
