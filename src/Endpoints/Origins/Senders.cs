using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace Endpoints.Origins;

/// <summary>Determines the sender of a request.</summary>
/// <remarks>
/// Uses <c>Sec-Fetch-Site</c> and <c>Origin</c>, neither of which a page can set. To the browser, a page on one of the site's additional
/// origins is another origin's. It is recognized by its <c>Origin</c> alone. The scheme of <c>Origin</c> may differ if the browser reports
/// <c>same-origin</c>: a proxy in front has terminated TLS.
/// </remarks>
internal sealed class Senders(IOptions<FileRouteOptions> options, IEnumerable<IOwnOrigins> others)
{
    private readonly IOwnOrigins[] _others = [.. others];
    private readonly string? _site = options.Value.Site?.GetLeftPart(UriPartial.Authority);

    public Sender Of(HttpRequest request)
    {
        var site = request.Headers["Sec-Fetch-Site"];
        var origin = request.Headers.Origin;
        if (origin is [{ } further] && site is [] or ["same-origin" or "same-site" or "cross-site"] && IsFurther(request, further))
            return Sender.OwnPage;

        var isSame = site is ["same-origin"];
        var isUsers = site is ["none"];
        if (site.Count > 0 && !isSame && !isUsers)
            return Sender.OtherPage;
        if (origin.Count == 0)
            return isSame ? Sender.OwnPage : isUsers ? Sender.User : Sender.Unsaid;

        var isOwn = origin is [{ Length: > 0 } text] && (text == _site || IsPublic(request, text)
            || IsOwnOrigin(text, request, anyScheme: isSame));
        return (isOwn, isSame, isUsers) switch
        {
            (true, _, true) => Sender.User,
            (true, _, _) => Sender.OwnPage,
            (_, true, _) => Sender.OwnPageUnderAnotherName,
            _ => Sender.OtherPage,
        };
    }

    // Loops: a lambda would cost every request an object, also those that come without any of these headers.
    private bool IsFurther(HttpRequest request, string origin)
    {
        foreach (var own in _others)
        {
            if (own.IsFurther(request, origin))
                return true;
        }

        return false;
    }

    private bool IsPublic(HttpRequest request, string origin)
    {
        foreach (var own in _others)
        {
            if (own.IsPublic(request, origin))
                return true;
        }

        return false;
    }

    private static bool IsOwnOrigin(string origin, HttpRequest request, bool anyScheme)
    {
        var host = request.Headers.Host.ToString();
        var authority = origin.IndexOf("://", StringComparison.Ordinal);
        return host.Length > 0
            && authority > 0
            && origin.AsSpan(authority + 3).SequenceEqual(host)
            && (anyScheme || origin.AsSpan(0, authority).SequenceEqual(request.Scheme));
    }
}
