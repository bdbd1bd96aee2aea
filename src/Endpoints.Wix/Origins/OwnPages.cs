using Endpoints.Origins;
using Endpoints.Problems;
using Endpoints.Wix.Problems;
using Microsoft.AspNetCore.Cors.Infrastructure;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Primitives;

namespace Endpoints.Wix.Origins;

/// <summary>Determines whether a page may send a request, from what the request proves and from the page's origin.</summary>
internal sealed class OwnPages(Senders senders, OwnOrigins origins, IHostEnvironment environment)
{
    private const int LongestShown = 200;

    private readonly bool _isDevelopment = environment.IsDevelopment();

    /// <summary>
    /// Determines whether the site's own page sent a request, according to the browser. A request without such a statement comes from no
    /// page.
    /// </summary>
    public bool Sent(HttpRequest request) => senders.Of(request) is Sender.OwnPage or Sender.OwnPageUnderAnotherName;

    /// <summary>
    /// Determines whether <see cref="MaySendAsync"/> may refuse a request, from what costs nothing to look at.
    /// </summary>
    public bool MayHaveToAsk(HttpRequest request, Proof proof) => proof != Proof.Token
        && senders.Of(request) is var sender && sender is not (Sender.OwnPage or Sender.OwnPageUnderAnotherName)
        && (proof == Proof.Ambient || sender == Sender.OtherPage);

    /// <summary>Determines whether a request that makes a change may proceed.</summary>
    /// <param name="context">The request.</param>
    /// <param name="proof">The proof by which the caller is known.</param>
    public ValueTask<bool> MaySendAsync(HttpContext context, Proof proof)
    {
        if (proof == Proof.Token)
            return new(true);
        var sender = senders.Of(context.Request);
        if (sender is Sender.OwnPage or Sender.OwnPageUnderAnotherName)
            return new(true);
        if (proof == Proof.Ambient)
            return new(false);
        return sender == Sender.OtherPage
            ? CorsConsent.IsGivenAsync(context, context.GetEndpoint()?.Metadata.GetMetadata<ICorsMetadata>())
            : new(true);
    }

    /// <summary>
    /// Returns the refusal of a request from elsewhere. In Development it states what would have been accepted, and what was received.
    /// </summary>
    public Problem Refusal(HttpRequest request)
    {
        if (!_isDevelopment)
            return WixProblems.CrossSite;
        var expected = string.Join(", ", origins.Further.Prepend(origins.Public ?? $"{request.Scheme}://{request.Headers.Host}"));
        return WixProblems.CrossSite with
        {
            Detail = $"{WixProblems.CrossSite.Detail} Expected: Sec-Fetch-Site same-origin, or an Origin of {expected}. "
                + $"Seen: Sec-Fetch-Site {Shown(request.Headers["Sec-Fetch-Site"])}, Origin {Shown(request.Headers.Origin)}. "
                + "Behind a proxy set Wix:PublicOrigin; further origins of the site go to Wix:OwnOrigins.",
        };
    }

    private static string Shown(StringValues header)
    {
        var text = header.ToString();
        return text.Length == 0 ? "none" : text.Length > LongestShown ? text[..LongestShown] + "..." : text;
    }
}
