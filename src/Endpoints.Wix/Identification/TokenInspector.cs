using Endpoints.RateLimiting;
using Endpoints.Wix.Introspection;
using Endpoints.Wix.Memory;
using Endpoints.Wix.Options;
using Endpoints.Wix.Sharing;
using Endpoints.Wix.Values;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Endpoints.Wix.Identification;

/// <summary>Identifies the owner of a token, and remembers it for a short time.</summary>
/// <remarks>
/// Thread-safe. Anyone can present tokens, so accepted and refused ones are remembered apart: a flood of made-up tokens can't push out good
/// ones. Both are bounded and known by their SHA-256. Requests with one token share one call. That Wix could not be asked is never
/// remembered.
/// </remarks>
internal sealed partial class TokenInspector
{
    private const int RefusedCapacity = 10_000;
    private const int SharedNames = 4096;

    // Clocks differ; Wix itself says that the token is active.
    private static readonly TimeSpan ClockSkew = TimeSpan.FromMinutes(5);

    private readonly CheckedTokenInfo _source;
    private readonly WixOptions _options;
    private readonly ILiveOptions<WixOptions> _live;
    private readonly TimeProvider _time;
    private readonly ILogger<TokenInspector> _logger;
    private readonly BoundedCache<TokenDigest, TokenInspection> _accepted;
    // apart: anybody can have as many visitors' tokens as Wix gives out
    private readonly BoundedCache<TokenDigest, TokenInspection> _visitors;
    private readonly BoundedCache<TokenDigest, TokenInspection> _refused;
    private readonly BoundedCache<string, string> _names = new(SharedNames); // many callers have one site and one instance: one text each
    private readonly SingleFlight<TokenDigest, TokenInspection> _flights = new();
    private readonly IdentificationBudget _budget;
    private readonly RemovedInstances _removed;

    public TokenInspector(CheckedTokenInfo source, IdentificationBudget budget, RemovedInstances removed, IOptions<WixOptions> options,
        ILiveOptions<WixOptions> live, TimeProvider time, ILogger<TokenInspector> logger)
    {
        _removed = removed;
        _budget = budget;
        _source = source;
        _options = options.Value;
        _live = live;
        _time = time;
        _logger = logger;
        _accepted = new(_options.TokenInfo.CacheSize);
        _visitors = new(_options.TokenInfo.CacheSize);
        _refused = new(RefusedCapacity);
    }

    /// <summary>Identifies the owner of a token.</summary>
    /// <param name="token">The token.</param>
    /// <param name="client">
    /// The client that sent it; <see langword="null"/> for a token that Wix has just issued to this application.
    /// </param>
    /// <param name="ct">The token to monitor for cancellation requests. It stops only this caller's wait.</param>
    /// <exception cref="WixUnavailableException">
    /// Wix could not be asked, or its answer is not usable; or the client's network has sent too many tokens that are not accepted.
    /// </exception>
    public ValueTask<TokenInspection> InspectAsync(AccessToken token, ClientAddress? client, CancellationToken ct)
    {
        var digest = TokenDigest.Of(token);
        return TryRemembered(digest) is { } known ? new(known) : new(FlyAsync(digest, token, client, ct));
    }

    /// <summary>Forgets what is known about a token, because Wix has just refused it elsewhere.</summary>
    public void Forget(AccessToken token)
    {
        var digest = TokenDigest.Of(token);
        if (TryAccepted(digest) is { } known)
            Of(known).Remove(digest, known);
    }

    private async Task<TokenInspection> FlyAsync(TokenDigest digest, AccessToken token, ClientAddress? client, CancellationToken ct)
    {
        // A token that Wix has accepted before is no guess, whoever shares the network with its owner.
        if (TryAccepted(digest) is { Caller.ExpiresAt: { } end } && _time.GetUtcNow() < end)
            client = null;
        if (client is { } stranger)
            _budget.Demand(stranger);
        var state = (This: this, Digest: digest, Token: token, Client: client);
        try
        {
            return await _flights.RunAsync(digest, state, static state => state.This.AskAsync(state.Digest, state.Token, state.Client), ct)
                .ConfigureAwait(false);
        }
        catch (WixUnavailableException e) when (e.IsRateLimit && !(client is { } own && _budget.IsSpent(own, out _)))
        {
            // Another network's flight, which may not ask; this one may.
            return await _flights.RunAsync(digest, state, static state => state.This.AskAsync(state.Digest, state.Token, state.Client), ct)
                .ConfigureAwait(false);
        }
    }

    private TokenInspection? TryAccepted(TokenDigest digest) =>
        _accepted.TryGet(digest, out var known) || _visitors.TryGet(digest, out known) ? known : null;

    private BoundedCache<TokenDigest, TokenInspection> Of(TokenInspection accepted) =>
        accepted.Caller is { Kind: Callers.Visitor } ? _visitors : _accepted;

    private TokenInspection? TryRemembered(TokenDigest digest)
    {
        var now = _time.GetUtcNow();
        if (TryAccepted(digest) is { } known && now < known.FreshUntil
            && !_removed.HasBeenRemoved(known.Caller?.InstanceId, known.AskedAt))
            return known;
        return _refused.TryGet(digest, out var refused) && now < refused.FreshUntil ? refused : null;
    }

    private Task<TokenInspection> AskAsync(TokenDigest digest, AccessToken token, ClientAddress? client)
    {
        // Another request may have brought the answer between this caller's look and its flight.
        return TryRemembered(digest) is { } known
            ? Task.FromResult(known)
            : _budget.AskAsync(client, (This: this, Digest: digest, Token: token),
                static state => state.This.AskAsync(state.Digest, state.Token), static answer => answer.Caller is null);
    }

    private async Task<TokenInspection> AskAsync(TokenDigest digest, AccessToken token)
    {
        var asked = _time.GetUtcNow();
        var caller = await _source.AskAsync(token).ConfigureAwait(false) is { } info ? Accept(info) : null;
        if (caller is null)
        {
            var refused = new TokenInspection(null, asked, asked + _live.Now.TokenInfo.RefusedCacheDuration);
            _refused.Set(digest, refused);
            return refused;
        }

        var freshUntil = asked + _live.Now.TokenInfo.CacheDuration;
        // Accept sets it
        var accepted = new TokenInspection(caller, asked, freshUntil < caller.ExpiresAt!.Value ? freshUntil : caller.ExpiresAt.Value);
        Of(accepted).Set(digest, accepted);
        return accepted;
    }

    /// <summary>Returns the caller, if the token is currently valid for this application.</summary>
    private Caller? Accept(TokenInfo info)
    {
        var now = _time.GetUtcNow();
        var reason = info switch
        {
            { IsActive: false } => "it is not active",
            { Kind: null } => "its subject is unknown",
            { ClientId: null } => "it names no client",
            { ClientId: var client } when !string.Equals(client, _options.ClientId, StringComparison.OrdinalIgnoreCase) =>
                "it was issued for another app",
            { Expires: var expires } when expires is null || expires <= now => "it has expired",
            { Issued: var issued } when issued > now + ClockSkew => "it is not valid yet",
            { SubjectId: null } => "it names no subject",
            _ => null,
        };
        if (reason is not null)
        {
            LogNotAccepted(reason, info.ClientId, info.SubjectId);
            return null;
        }

        // Checked above.
        return new(default, info.Kind!.Value, info.SubjectId!, Shared(info.SiteId), Shared(info.InstanceId), Shared(info.ClientId)!,
            info.Expires!.Value);
    }

    private string? Shared(string? name)
    {
        if (name is null)
            return null;
        if (_names.TryGet(name, out var known))
            return known;
        _names.Set(name, name);
        return name;
    }

    [LoggerMessage(1, LogLevel.Information, "A token was not accepted: {Reason}; client {ClientId}, subject {SubjectId}")]
    private partial void LogNotAccepted(string reason, string? clientId, string? subjectId);
}
