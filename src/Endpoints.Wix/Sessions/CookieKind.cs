using Endpoints.Wix.Values;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Endpoints.Wix.Sessions;

/// <summary>Provides the names and attributes of this library's cookies.</summary>
/// <remarks>
/// <c>SameSite=Lax</c>, not <c>Strict</c>: a login comes back from Wix's site, and must find its cookie. A <c>__Host-</c> name makes the
/// browser refuse what another host, a path or plain <c>http</c> would set under it.
/// </remarks>
internal sealed class CookieKind(IOptions<WixOptions> options, IHostEnvironment environment)
{
    private const string HostOnly = "__Host-";

    private readonly bool _mayBePlain = options.Value.Session.AllowPlainHttp && environment.IsDevelopment();

    /// <summary>Returns the name of an app's cookie. No app's name has a period, so that no two are alike, nor begin alike.</summary>
    public static string Of(AppName app, string name) => app.IsDefault ? name : $"{app}.{name}";

    /// <summary>Returns the name of a cookie that only this host may write.</summary>
    public string Name(HttpRequest request, string name) => IsPlain(request) ? name : Guarded(name);

    /// <summary>Returns the same for a name that is needed with each request.</summary>
    /// <param name="request">The request.</param>
    /// <param name="name">The name.</param>
    /// <param name="guarded">What <see cref="Guarded"/> made of it.</param>
    public string Name(HttpRequest request, string name, string guarded) => IsPlain(request) ? name : guarded;

    /// <summary>Returns a name under which browsers take a cookie from this host alone.</summary>
    public static string Guarded(string name) => HostOnly + name;

    public CookieOptions Options(HttpRequest request, bool httpOnly = true, TimeSpan? maxAge = null) => new()
    {
        Path = "/",
        Secure = !IsPlain(request),
        HttpOnly = httpOnly,
        SameSite = SameSiteMode.Lax,
        MaxAge = maxAge,
        IsEssential = true, // asked for by the user, who logs in
    };

    private bool IsPlain(HttpRequest request) => _mayBePlain && !request.IsHttps;
}
