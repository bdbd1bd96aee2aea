using System.Net;
using Endpoints.Problems;
using Endpoints.Wix.Problems;

namespace Endpoints.Wix.Identification;

/// <summary>What is known of a request's caller: who it is, that it has no right to be whom it says, or that Wix could not be asked.</summary>
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

    /// <summary>A visitor without token or session.</summary>
    public static Identity Anonymous { get; } = new(Caller.Anonymous, null, CallerSource.None, Refusal.None, null);

    /// <summary>A visitor without token, who was a member until Wix or a logout ended the session: told so wherever a visitor may not go.</summary>
    public static Identity Ended { get; } = new(Caller.Anonymous, null, CallerSource.None, Refusal.SessionEnded, null);

    /// <summary>The caller's own token; null when it has none.</summary>
    public AccessToken? Token { get; }

    public CallerSource Source { get; }

    public Refusal Refusal { get; }

    /// <summary>When it is worth asking again, if Wix said so.</summary>
    public TimeSpan? RetryAfter { get; }

    /// <summary>Until when Wix's word on the token may be believed without asking again.</summary>
    public DateTimeOffset FreshUntil { get; private init; }

    /// <summary>The session that the token is of, which may end before it does; null for a token that was sent by itself.</summary>
    public ICallerSession? Session { get; private init; }

    /// <summary>The caller, unless it was refused or could not be found out.</summary>
    public Caller? Caller => _caller;

    public static Identity Known(Caller caller, AccessToken token, DateTimeOffset freshUntil) =>
        new(caller, token, CallerSource.Header, Refusal.None, null) { FreshUntil = freshUntil };

    public static Identity Known(Caller caller, AccessToken token, DateTimeOffset freshUntil, ICallerSession session) =>
        new(caller, token, CallerSource.Cookie, Refusal.None, null) { FreshUntil = freshUntil, Session = session };

    /// <summary>The same after Wix was asked again: of the same caller, and no longer than before.</summary>
    public Identity Confirmed(Caller caller, DateTimeOffset freshUntil, ICallerSession? session) =>
        new(caller, Token, Source, Refusal.None, null) { FreshUntil = freshUntil, Session = session };

    public static Identity Refused(Refusal refusal, CallerSource source) => new(null, null, source, refusal, null);

    public static Identity Unavailable(CallerSource source, WixUnavailableException cause) =>
        new(null, null, source, cause.IsRateLimit ? Refusal.Limited : Refusal.Unavailable, cause.RetryAfter);

    /// <summary>Why the caller is not known, or may not go where visitors may not.</summary>
    public Problem Problem => Refusal switch
    {
        Refusal.Unavailable => WixProblems.Unavailable(RetryAfter),
        Refusal.Limited => WixProblems.RateLimited(RetryAfter),
        Refusal.SessionEnded => WixProblems.SessionEnded,
        Refusal.None => WixProblems.NotAuthenticated,
        _ => WixProblems.TokenNotAccepted,
    };

    /// <summary>The caller, or the exception that says why there is none.</summary>
    /// <exception cref="WixApiException">The caller's token or session is not accepted.</exception>
    /// <exception cref="WixUnavailableException">Wix could not be asked.</exception>
    public Caller Demand() => Refusal switch
    {
        _ when _caller is not null => _caller,
        Refusal.SessionEnded => throw new WixApiException("The caller's session has ended.", HttpStatusCode.Unauthorized),
        Refusal.Unavailable or Refusal.Limited => throw new WixUnavailableException("Wix could not be asked who is calling.", RetryAfter) { IsRateLimit = Refusal == Refusal.Limited },
        _ => throw new WixApiException("Wix does not accept the caller's token for this application.", HttpStatusCode.Unauthorized),
    };
}
