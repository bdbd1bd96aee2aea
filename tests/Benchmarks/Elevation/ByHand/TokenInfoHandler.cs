using System.Buffers;
using System.Net.Http.Json;
using System.Security.Claims;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Caching.Memory;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Benchmarks.Elevation.ByHand;

/// <summary>Token-info as an authentication handler: what it answers is kept for a minute, known by the token's hash.</summary>
public sealed class TokenInfoHandler(
    IOptionsMonitor<TokenInfoOptions> options, ILoggerFactory logger, UrlEncoder encoder, IMemoryCache cache, IHttpClientFactory clients)
    : AuthenticationHandler<TokenInfoOptions>(options, logger, encoder)
{
    private const int LongestToken = 8192;

    protected override Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        var header = Request.Headers.Authorization;
        if (header.Count == 0)
            return Task.FromResult(AuthenticateResult.NoResult());
        if (header is not [{ Length: > 0 and <= LongestToken } token])
            return Task.FromResult(AuthenticateResult.Fail("The header holds no token."));
        if (token.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase))
            token = token["Bearer ".Length..];

        var key = KeyOf(token);
        return cache.TryGetValue(key, out Claim[]? claims) ? Task.FromResult(Result(claims!)) : AskAsync(token, key); // null is not cached
    }

    private static string KeyOf(string token)
    {
        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        var bytes = ArrayPool<byte>.Shared.Rent(Encoding.UTF8.GetMaxByteCount(token.Length));
        SHA256.HashData(bytes.AsSpan(0, Encoding.UTF8.GetBytes(token, bytes)), digest);
        ArrayPool<byte>.Shared.Return(bytes, clearArray: true);
        return Convert.ToHexString(digest);
    }

    private async Task<AuthenticateResult> AskAsync(string token, string key)
    {
        using var answer = await clients.CreateClient(nameof(TokenInfoHandler)).PostAsJsonAsync("oauth2/token-info", new { token },
            Context.RequestAborted);
        if (!answer.IsSuccessStatusCode)
            return AuthenticateResult.Fail("The token is not accepted.");
        var info = await answer.Content.ReadFromJsonAsync<TokenInfoAnswer>(Context.RequestAborted);
        if (info is not { Active: true, SubjectId: not null } || info.ClientId is null || info.ClientId != Options.ClientId)
            return AuthenticateResult.Fail("The token is not accepted.");
        Claim[] claims =
        [
            new(ClaimTypes.Role, info.SubjectType), new(ClaimTypes.NameIdentifier, info.SubjectId),
            new("site", info.SiteId ?? ""), new("instance", info.InstanceId ?? ""), new("client", info.ClientId),
        ];
        cache.Set(key, claims, new MemoryCacheEntryOptions { AbsoluteExpirationRelativeToNow = TimeSpan.FromMinutes(1), Size = 1 });
        return Result(claims);
    }

    // A principal is the request's own: filters and handlers may add to it.
    private AuthenticateResult Result(Claim[] claims) =>
        AuthenticateResult.Success(new(new ClaimsPrincipal(new ClaimsIdentity(claims, Scheme.Name)), Scheme.Name));

    private sealed record TokenInfoAnswer(bool Active, string SubjectType, string? SubjectId, string? ClientId, string? SiteId,
        string? InstanceId);
}
