using System.Diagnostics.CodeAnalysis;
using Endpoints.Origins;
using Microsoft.AspNetCore.HostFiltering;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Primitives;

namespace Endpoints.Wix.Origins;

/// <summary>Determines the origin under which browsers know this site, for the addresses to which Wix sends them back.</summary>
/// <remarks>
/// The configured one where there is one. Otherwise the request's own, and only if its host can be believed: in Development, or when it is
/// one of the hosts that host filtering allows, which is checked here whether or not the middleware runs. No header is looked at.
/// </remarks>
internal sealed class SiteOrigin(IOptions<WixOptions> options, IOptions<HostFilteringOptions> filtering, IHostEnvironment environment)
{
    private readonly string? _configured = options.Value.PublicOrigin?.GetLeftPart(UriPartial.Authority);
    private readonly bool _isDevelopment = environment.IsDevelopment();
    private readonly List<StringSegment> _allowed = Allowed(filtering.Value);

    /// <summary>Gets a value that indicates whether an origin can be trusted: the configured one, or that of some requests.</summary>
    public bool IsKnown => _configured is not null || _isDevelopment || _allowed.Count > 0;

    /// <summary>Gets the origin: scheme, host and port.</summary>
    public bool TryGet(HttpRequest request, [NotNullWhen(true)] out string? origin)
    {
        origin = _configured
            ?? (RequestHost.Of(request) is { } host && MayBelieve(host) ? $"{request.Scheme}://{host.ToUriComponent()}" : null);
        return origin is not null && Uri.TryCreate(origin, UriKind.Absolute, out var address)
            && (address.Scheme == Uri.UriSchemeHttps || address.Scheme == Uri.UriSchemeHttp)
            && address is { PathAndQuery: "/", UserInfo: "", Fragment: "" };
    }

    private bool MayBelieve(HostString host) =>
        _isDevelopment || (_allowed.Count > 0 && HostString.MatchesAny(new(host.Host), _allowed));

    /// <summary>Returns the allowed hosts; none if every host is allowed.</summary>
    private static List<StringSegment> Allowed(HostFilteringOptions filtering)
    {
        var hosts = filtering.AllowedHosts.Select(static host => host.Trim()).Where(static host => host.Length > 0).ToList();
        return hosts.Any(static host => host is "*" or "[::]" or "0.0.0.0")
            ? [] : [.. hosts.Select(static host => new StringSegment(new HostString(host).ToUriComponent()))];
    }
}
