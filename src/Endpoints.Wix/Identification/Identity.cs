using System.Net;
using Endpoints.Problems;
using Endpoints.Wix.Problems;
using Endpoints.Wix.ServiceCallers;
using Microsoft.AspNetCore.Http;

namespace Endpoints.Wix.Identification;

/// <summary>
/// Represents what is known about a request's caller: its identity, the refusal of what it claims to be, or the fact that Wix could not be
/// asked.
/// </summary>
internal sealed class Identity
{
    private readonly Caller? _caller;

    private Identity(Caller? caller, AccessToken? token, CallerSource source, Refusal refusal, TimeSpan? retryAfter)
    {
        _caller = caller;
        Token = token;
        Source = source;
        Refusal = refusal;
        RetryAfter = retryAfter;
    }

    /// <summary>Gets the identity of a visitor without a token or session.</summary>
    public static Identity Anonymous { get; } = new(Caller.Anonymous, null, CallerSource.None, Refusal.None, null);

    /// <summary>
    /// Gets the identity of a visitor without a token, who was a member until Wix or a logout ended the session. This is reported wherever
    /// a visitor may not go.
    /// </summary>
    public static Identity Ended { get; } = new(Caller.Anonymous, null, CallerSource.None, Refusal.SessionEnded, null);

    /// <summary>Gets the caller's own token at Wix; <see langword="null"/> if it has none.</summary>
    public AccessToken? Token { get; }

    /// <summary>Gets the service that is calling; <see langword="null"/> if the caller is none.</summary>
    public KnownService? Service { get; private init; }

    /// <summary>Gets a value that indicates whether the caller has shown who it is, with a token, a session or a key.</summary>
    public bool IsProven => Token is not null || Service is not null;

    public CallerSource Source { get; }

    public Refusal Refusal { get; }

    /// <summary>Gets the time to wait before asking again; <see langword="null"/> if Wix did not specify one.</summary>
    public TimeSpan? RetryAfter { get; }

    /// <summary>Gets the time until which Wix's answer about the token is valid without asking again.</summary>
    public DateTimeOffset FreshUntil { get; private init; }

    /// <summary>
    /// Gets the session that the token belongs to, which may end before the token; <see langword="null"/> for a token that was sent by
    /// itself.
    /// </summary>
    public ICallerSession? Session { get; private init; }

    /// <summary>Gets the caller; <see langword="null"/> if it was refused or could not be identified.</summary>
    public Caller? Caller => _caller;

    public static Identity Known(Caller caller, AccessToken token, DateTimeOffset freshUntil) =>
        new(caller, token, CallerSource.Header, Refusal.None, null) { FreshUntil = freshUntil };

    public static Identity Known(Caller caller, AccessToken token, DateTimeOffset freshUntil, ICallerSession session) =>
        new(caller, token, CallerSource.Cookie, Refusal.None, null) { FreshUntil = freshUntil, Session = session };

    public static Identity Known(KnownService service) =>
        new(new(default, service), null, CallerSource.Header, Refusal.None, null) { Service = service };

    /// <summary>Determines whether the caller may call a request's endpoint at all. Only services are bound to some.</summary>
    public bool MayCall(HttpContext context) =>
        Service is null || (context.GetEndpoint() is { } endpoint && Service.Scope.Covers(endpoint, context.Request.Method));

    /// <summary>Returns the identity of whom Wix has named as the cause of what it has signed.</summary>
    public static Identity Named(Caller caller) => new(caller, null, CallerSource.Signed, Refusal.None, null);

    /// <summary>Returns the identity after Wix was asked again. It is for the same caller, and valid no longer than before.</summary>
    public Identity Confirmed(Caller caller, DateTimeOffset freshUntil, ICallerSession? session) =>
        new(caller, Token, Source, Refusal.None, null) { FreshUntil = freshUntil, Session = session };

    public static Identity Refused(Refusal refusal, CallerSource source) => new(null, null, source, refusal, null);

    public static Identity Unavailable(CallerSource source, WixUnavailableException cause) =>
        new(null, null, source, cause.IsRateLimit ? Refusal.Limited : Refusal.Unavailable, cause.RetryAfter);

    /// <summary>Gets the problem that states why the caller is not known, or may not go where visitors may not.</summary>
    public Problem Problem => Refusal switch
    {
        Refusal.Unavailable => WixProblems.Unavailable(RetryAfter),
        Refusal.Limited => WixProblems.RateLimited(RetryAfter),
        Refusal.SessionEnded => WixProblems.SessionEnded,
        Refusal.None => WixProblems.NotAuthenticated,
        _ => WixProblems.TokenNotAccepted,
    };

    /// <summary>Returns the caller, or throws the exception that states why there is none.</summary>
    /// <exception cref="WixApiException">The caller's token or session is not accepted.</exception>
    /// <exception cref="WixUnavailableException">Wix could not be asked.</exception>
    public Caller Demand() => Refusal switch
    {
        _ when _caller is not null => _caller,
        Refusal.SessionEnded => throw new WixApiException("The caller's session has ended.", HttpStatusCode.Unauthorized),
        Refusal.Unavailable or Refusal.Limited =>
            throw new WixUnavailableException("Wix could not be asked who is calling.",
                RetryAfter) { IsRateLimit = Refusal == Refusal.Limited },
        _ => throw new WixApiException("Wix does not accept the caller's token for this application.", HttpStatusCode.Unauthorized),
    };
}
