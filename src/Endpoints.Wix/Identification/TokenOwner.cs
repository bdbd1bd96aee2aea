using System.Collections.Concurrent;
using System.Reflection;
using Endpoints.Wix.Apps;
using Endpoints.Wix.Options;
using Endpoints.Wix.Values;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features.Authentication;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Primitives;

namespace Endpoints.Wix.Identification;

/// <summary>
/// Determines the owner of the credentials in <c>Authorization</c>. Only credentials that are Wix's, or can be nobody else's, are shown to
/// Wix.
/// </summary>
/// <remarks>
/// It goes by the shape of Wix's tokens and by which schemes there are, not by whether one of them has looked already: that depends on the
/// order of middleware.
/// </remarks>
internal sealed class TokenOwner
{
    // As many as the application has kinds of schemes.
    private static readonly ConcurrentDictionary<Type, bool> Readers = new();

    private readonly PerApp<TokenOwner> _all;
    private readonly string[] _prefixes;
    private readonly bool _hasOnlyThese;
    private readonly ILiveOptions<WixOptions> _live;
    private readonly Lock _gate = new();
    private volatile OwnSecrets _secrets = new(null, []);

    public TokenOwner(PerApp<TokenOwner> all, IOptions<WixOptions> options, ILiveOptions<WixOptions> live)
    {
        _all = all;
        _hasOnlyThese = options.Value.TokenInfo.Prefixes.Count > 0;
        _prefixes = _hasOnlyThese ? [.. options.Value.TokenInfo.Prefixes] : [TokenText.Prefix];
        _live = live;
    }

    /// <summary>Determines whether a header contains one of Wix's tokens.</summary>
    public bool IsWix(StringValues header) => PresentedToken.IsWixs(header, _prefixes);

    /// <summary>
    /// Determines whether a header that is not clearly Wix's is for the application, because a scheme or middleware of its own reads such
    /// headers, or has read this one.
    /// </summary>
    public static ValueTask<bool> IsApplicationAsync(HttpContext context)
    {
        if (HasIdentity(context))
            return new(true);
        var services = context.RequestServices; // an application with many tenants may have schemes for each request
        var all = services.GetRequiredService<IAuthenticationSchemeProvider>().GetAllSchemesAsync();
        return all.IsCompletedSuccessfully ? new(HasReader(all.Result, services)) : new(WaitAsync(all, services));

        static async Task<bool> WaitAsync(Task<IEnumerable<AuthenticationScheme>> all, IServiceProvider services) =>
            HasReader(await all.ConfigureAwait(false), services);
    }

    /// <summary>Determines whether a header that is for nobody else may be shown to Wix.</summary>
    public bool MayBeWix(StringValues header)
    {
        if (_hasOnlyThese)
            return false;
        if (!PresentedToken.TryRead(header, out var token))
            return true; // there is nothing to show
        // No app's secrets are another's token.
        if (_all.All.Any(owner => Array.Exists(owner.Secrets(), token.Equals)))
            return false;
        return !ForeignJwt.Is(token.Reveal());
    }

    // Those that were rotated away are still nobody's token.
    private AccessToken[] Secrets()
    {
        var now = _live.Now;
        if (!ReferenceEquals(_secrets.Of, now))
        {
            lock (_gate)
            {
                var added = new[] { now.ClientSecret, now.ApiKey }.OfType<WixSecret>()
                    .Select(static secret => new AccessToken(secret.Reveal()));
                _secrets = new(now, [.. _secrets.All.Union(added)]);
            }
        }

        return _secrets.All;
    }

    private static bool HasIdentity(HttpContext context)
    {
        if (context.Features.Get<IHttpAuthenticationFeature>()?.User is not { } user) // the context would make one
            return false;
        foreach (var identity in user.Identities)
        {
            if (identity.IsAuthenticated && identity.AuthenticationType != WixDefaults.AuthenticationScheme)
                return true;
        }

        return false;
    }

    private static bool HasReader(IEnumerable<AuthenticationScheme> schemes, IServiceProvider services)
    {
        foreach (var scheme in schemes)
        {
            if (Readers.GetOrAdd(scheme.HandlerType, static type => Reads(type)) || HasOwnCookies(scheme, services))
                return true;
        }

        return false;
    }

    // Cookies that a manager of the application's own takes from anywhere.
    private static bool HasOwnCookies(AuthenticationScheme scheme, IServiceProvider services) =>
        scheme.HandlerType.IsAssignableTo(typeof(CookieAuthenticationHandler))
        && services.GetService<IOptionsMonitor<CookieAuthenticationOptions>>()?.Get(scheme.Name).CookieManager
            is { } manager and not ChunkingCookieManager;

    // Cookies and other sites' login pages have no use for it; of anything else nobody knows, nor of what derives from them and has a way
    // of its own to find out who is there.
    private static bool Reads(Type handler)
    {
        if (handler == typeof(WixAuthenticationHandler))
            return false;
        var asking = handler.GetMethod("HandleAuthenticateAsync", BindingFlags.Instance | BindingFlags.NonPublic | BindingFlags.Public,
            Type.EmptyTypes)?.DeclaringType;
        return asking != typeof(CookieAuthenticationHandler)
            && !(asking is { IsGenericType: true } && asking.GetGenericTypeDefinition() == typeof(RemoteAuthenticationHandler<>));
    }

    private sealed record OwnSecrets(WixOptions? Of, AccessToken[] All);
}
