using Endpoints.Wix.Emulator.Answers;
using Endpoints.Wix.Emulator.Platform;
using Endpoints.Wix.Emulator.Tokens;
using Microsoft.AspNetCore.Http;

namespace Endpoints.Wix.Emulator.Hosting;

/// <summary>Identifies the caller: by a raw token, or by an API key with the site or account that it is used for.</summary>
internal sealed class CallerResolver(PlatformDirectory directory, TokenIssuer tokens)
{
    /// <summary>Returns the caller, or <see langword="null"/> and the response for operations that require a caller.</summary>
    public (EmulatedCaller? Caller, Answer? Refusal) Resolve(HttpRequest request)
    {
        var values = request.Headers.Authorization;
        if (values.Count == 0 || string.IsNullOrWhiteSpace(values[0]))
            return (null, Unauthenticated("The Authorization header is missing."));
        if (values.Count > 1)
            return (null, Unauthenticated("There is more than one Authorization header."));
        var credential = values[0]!;
        if (credential.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase))
            return (null, Unauthenticated("The Authorization header holds the bare token, without 'Bearer'."));
        return directory.FindKey(credential) is { } key ? WithKey(request, key) : WithToken(credential);
    }

    private static Answer Unauthenticated(string description) => Answer.Error(401, "UNAUTHENTICATED", description);

    private (EmulatedCaller? Caller, Answer? Refusal) WithToken(string token)
    {
        var status = tokens.Check(token, TokenUse.Access, out var facts);
        if (status != TokenStatus.Good || facts is null)
            return (null, Unauthenticated($"The token is {Words(status)}."));
        if (directory.FindSite(facts.SiteId) is not { } site)
            return (null, Unauthenticated("The token is for a site that does not exist."));
        if (facts.ClientId is not null && directory.FindApp(facts.ClientId)?.IsInstalledOn(site.Id) != true)
            return (null, Unauthenticated("The token was issued to an app that is not installed on the site."));
        return (new(facts.Kind, facts.SubjectId, facts.ClientId, facts.AccountId, facts.SiteId, facts.InstanceId), null);
    }

    private (EmulatedCaller? Caller, Answer? Refusal) WithKey(HttpRequest request, EmulatedApiKey key)
    {
        var siteId = request.Headers["wix-site-id"].ToString();
        var accountId = request.Headers["wix-account-id"].ToString();
        if (siteId.Length == 0 == (accountId.Length == 0))
            return (null, Answer.Error(400, "BAD_REQUEST", "A call with an API key has either the header wix-site-id or wix-account-id."));
        if (siteId.Length == 0)
        {
            return string.Equals(accountId, key.AccountId, StringComparison.OrdinalIgnoreCase)
                ? (new(EmulatedIdentityKind.ApiKey, key.Name, null, key.AccountId, null, null), null)
                : (null, Answer.Error(403, "PERMISSION_DENIED", "The API key belongs to another account."));
        }

        if (directory.FindSite(siteId) is not { } site || site.AccountId != key.AccountId)
            return (null, Answer.Error(403, "PERMISSION_DENIED", "The API key's account has no such site."));
        return (new(EmulatedIdentityKind.ApiKey, key.Name, null, key.AccountId, site.Id, null), null);
    }

    private static string Words(TokenStatus status) => status switch
    {
        TokenStatus.Expired => "expired",
        TokenStatus.NotYetValid => "not valid yet",
        TokenStatus.Revoked => "revoked",
        TokenStatus.Inactive => "not active",
        _ => "unknown",
    };
}
