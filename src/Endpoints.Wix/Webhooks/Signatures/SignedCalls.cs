using System.Buffers.Text;
using System.Text.Json;
using Endpoints.Wix.Options;
using Microsoft.IdentityModel.JsonWebTokens;

namespace Endpoints.Wix.Webhooks.Signatures;

/// <summary>Verifies that Wix has signed a call for this app, and that the signature is still good.</summary>
/// <remarks>
/// Thread-safe. Before the signature is verified, only the form and the header are looked at; claims are read from what was signed. The
/// application's clock decides.
/// </remarks>
internal sealed class SignedCalls(SigningKeys keys, ILiveOptions<WixOptions> live, TimeProvider time)
{
    private const string Issuer = "wix.com";

    // Claims and what is in the data of a plugin call. What events carry is text, with limits of its own.
    private const int MaxDepth = 64;

    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false, MaxDepth = MaxDepth };

    // The body has had its limit before.
    private readonly JsonWebTokenHandler _handler = new() { MaximumTokenSizeInBytes = int.MaxValue };

    /// <summary>Verifies a body.</summary>
    /// <param name="body">The body of the request.</param>
    /// <param name="kind">What it must be.</param>
    /// <returns>A task that returns the fault, <see cref="TokenFault.None"/> for none, and what was signed.</returns>
    public async ValueTask<(TokenFault Fault, SignedCall Call)> VerifyAsync(ReadOnlyMemory<byte> body, SignedCallKind kind)
    {
        var fault = CompactToken.Read(body.Span, out var token, out var at, out var length);
        if (fault != TokenFault.None)
            return (fault, default);
        if (keys.Now is not { } known || !(await _handler.ValidateTokenAsync(token, known).ConfigureAwait(false)).IsValid)
            return (TokenFault.Signature, default);
        return Claims(body.Span.Slice(at, length), kind);
    }

    private (TokenFault Fault, SignedCall Call) Claims(ReadOnlySpan<byte> payload, SignedCallKind kind)
    {
        try
        {
            using var document = JsonDocument.Parse(Base64Url.DecodeFromUtf8(payload), Strict);
            var claims = document.RootElement;
            if (claims.ValueKind != JsonValueKind.Object
                || !claims.TryGetProperty("data", out var data)
                || data.ValueKind != (kind == SignedCallKind.Event ? JsonValueKind.String : JsonValueKind.Object)
                || !TryReadTime(claims, "exp", out var expires)
                || !TryReadTime(claims, "nbf", out var begins)
                || !TryReadTime(claims, "iat", out var issued))
                return (TokenFault.Claims, default);

            // A plugin's call is for now. One that is good for ever is none of Wix's.
            if (kind == SignedCallKind.Plugin && expires is null && issued is null)
                return (TokenFault.Claims, default);
            var options = live.Now;
            var fault = TimeFault(options.Events, expires, begins, issued) is not TokenFault.None and var untimely
                ? untimely
                : PartyFault(options, claims, kind == SignedCallKind.Plugin || options.Events.RequireIssuerAndAudience);
            return fault == TokenFault.None ? (fault, new(data.Clone(), issued)) : (fault, default);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return (TokenFault.Claims, default); // a name twice, too deep, or text that is no UTF-8
        }
    }

    private TokenFault TimeFault(WixEventOptions options, DateTimeOffset? expires, DateTimeOffset? begins, DateTimeOffset? issued)
    {
        var now = time.GetUtcNow();
        if (now >= expires)
            return TokenFault.Expired;
        if (begins > now + options.ClockSkew || issued > now + options.ClockSkew)
            return TokenFault.NotYetValid;
        return now - issued > options.MaximumAge ? TokenFault.TooOld : TokenFault.None;
    }

    private static TokenFault PartyFault(WixOptions options, JsonElement claims, bool areNeeded)
    {
        if (claims.TryGetProperty("iss", out var issuer)
            ? issuer.ValueKind != JsonValueKind.String || !issuer.ValueEquals(Issuer)
            : areNeeded)
            return TokenFault.Issuer;
        return claims.TryGetProperty("aud", out var audience) ? IsFor(options.ClientId, audience) ? TokenFault.None : TokenFault.Audience
            : areNeeded ? TokenFault.Audience : TokenFault.None;
    }

    private static bool IsFor(string? app, JsonElement audience) => audience.ValueKind switch
    {
        JsonValueKind.String => app is not null && string.Equals(audience.GetString(), app, StringComparison.OrdinalIgnoreCase),
        JsonValueKind.Array => audience.EnumerateArray().Any(one => one.ValueKind == JsonValueKind.String && IsFor(app, one)),
        _ => false,
    };

    /// <returns>
    /// <see langword="false"/> if the claim is there and is no time; otherwise, <see langword="true"/>.
    /// </returns>
    private static bool TryReadTime(JsonElement claims, string name, out DateTimeOffset? value)
    {
        value = null;
        if (!claims.TryGetProperty(name, out var claim))
            return true;
        // Up to the year 9999, and from 1970 on.
        if (claim.ValueKind != JsonValueKind.Number || !claim.TryGetDouble(out var seconds) || seconds is not (>= 0 and < 253_402_300_800))
            return false;
        value = DateTimeOffset.FromUnixTimeMilliseconds((long)(seconds * 1000));
        return true;
    }
}
