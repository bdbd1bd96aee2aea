using Endpoints.Problems;
using Microsoft.AspNetCore.Cors.Infrastructure;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Endpoints.CrossSite;

/// <summary>Refuses requests that a browser sends on behalf of another site, unless CORS allows that site (<see cref="FileRouteOptions.CheckOrigin"/>).</summary>
/// <remarks>
/// <c>Sec-Fetch-Site</c> and <c>Origin</c> must both speak for the own site if they are there. The scheme of <c>Origin</c> may differ where the browser itself
/// says <c>same-origin</c>: a proxy in front took the encryption off.
/// </remarks>
internal sealed class OriginCheck(IOptions<FileRouteOptions> options, IEnumerable<IOwnOrigins> others)
{
    // Credentials that a browser adds by itself, to any site's request.
    private static readonly string[] AmbientSchemes = ["Basic", "Digest", "Negotiate", "NTLM"];

    private readonly IOwnOrigins[] _others = [.. others];
    private readonly bool _isOn = options.Value.CheckOrigin;
    private readonly string? _site = options.Value.Site?.GetLeftPart(UriPartial.Authority);

    /// <summary>Whether a method changes nothing, so that any site may send it. In another letter case it is no such method.</summary>
    public static bool IsSafe(string method) => method is "GET" or "HEAD" or "OPTIONS";

    /// <summary>Puts the check before a request delegate.</summary>
    /// <param name="next">What answers requests that pass.</param>
    /// <param name="method">The only method the delegate answers; null if there are others.</param>
    /// <param name="cors">What the endpoint says of CORS; null for the default policy.</param>
    public RequestDelegate Wrap(RequestDelegate next, string? method, ICorsMetadata? cors)
    {
        if (!_isOn || (method is not null && IsSafe(method)))
            return next;

        return context =>
            IsSafe(context.Request.Method) || IsOwn(context.Request) ? next(context) : AskCorsAsync(context, next, cors);
    }

    private static async Task AskCorsAsync(HttpContext context, RequestDelegate next, ICorsMetadata? cors)
    {
        var allowed = await IsAllowedAsync(context, cors).ConfigureAwait(false);
        await (allowed ? next(context) : ProblemWriter.WriteAsync(context, RequestProblems.CrossSite)).ConfigureAwait(false);
    }

    private static async ValueTask<bool> IsAllowedAsync(HttpContext context, ICorsMetadata? cors)
    {
        if (cors is IDisableCorsAttribute || context.Request.Headers.Origin is not [{ Length: > 0 } origin])
            return false;

        var policy = cors switch
        {
            ICorsPolicyMetadata { Policy: { } own } => own,
            _ when context.RequestServices.GetService<ICorsPolicyProvider>() is { } provider =>
                await provider.GetPolicyAsync(context, (cors as IEnableCorsAttribute)?.PolicyName).ConfigureAwait(false),
            _ => null,
        };

        // Where a policy does not allow credentials it can't speak for the user's cookies: a form of that origin would send them unasked.
        return policy is not null
            && (policy.AllowAnyOrigin || policy.IsOriginAllowed(origin))
            && (policy.SupportsCredentials || context.Request.Headers.Cookie.Count == 0);
    }

    private bool IsOwn(HttpRequest request)
    {
        var headers = request.Headers;
        var site = headers["Sec-Fetch-Site"];
        var origin = headers.Origin;
        if (site.Count == 0 && origin.Count == 0)
            return true;
        if (headers.Authorization is [{ Length: > 0 } authorization] && !IsAmbient(authorization))
            return true;
        if (origin is [{ } further] && site is [] or ["same-origin" or "same-site" or "cross-site"] && IsFurther(further))
            return true;
        if (site.Count > 0 && site is not ["same-origin" or "none"])
            return false;
        if (origin.Count == 0)
            return true;
        return origin is [{ Length: > 0 } text] && (text == _site || IsPublic(text) || IsOwnOrigin(text, request, anyScheme: site is ["same-origin"]));
    }

    // Loops: a lambda would cost every request an object, also those that come without any of these headers.
    private bool IsFurther(string origin)
    {
        foreach (var own in _others)
        {
            if (own.IsFurther(origin))
                return true;
        }

        return false;
    }

    private bool IsPublic(string origin)
    {
        foreach (var own in _others)
        {
            if (own.IsPublic(origin))
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

    private static bool IsAmbient(string authorization) =>
        Array.Exists(AmbientSchemes, scheme => authorization.StartsWith(scheme, StringComparison.OrdinalIgnoreCase)
            && (authorization.Length == scheme.Length || authorization[scheme.Length] == ' '));
}
