using System.Text.Json.Nodes;
using Endpoints.Wix.Emulator.Answers;
using Endpoints.Wix.Emulator.Flows;
using Endpoints.Wix.Emulator.Hosting;
using Endpoints.Wix.Emulator.Platform;
using Endpoints.Wix.Emulator.Tokens;

namespace Endpoints.Wix.Emulator.OAuth;

/// <summary>Serves <c>POST /oauth2/token</c>, with one grant for each identity that Wix issues tokens to.</summary>
internal sealed class TokenEndpoints(PlatformDirectory directory, TokenIssuer tokens, LoginState logins, WixEmulatorOptions options)
{
    public IEnumerable<Operation> Operations =>
    [
        new("POST", "/oauth2/token", Access.Open, null, request => new(Grant(request))),
    ];

    private Answer Grant(ApiRequest request)
    {
        var fields = new TokenFields(request.Fields());
        return fields["grant_type"] switch
        {
            "anonymous" => Anonymous(fields),
            "refresh_token" => Refresh(fields),
            "client_credentials" => ClientCredentials(fields),
            "authorization_code" => AuthorizationCode(fields),
            "strip_bound_session" => StripBoundSession(fields),
            "authorized_client" => AuthorizedClient(request, fields),
            null => Answer.OAuthError(400, "invalid_request", "grant_type is missing."),
            var other => Answer.OAuthError(400, "unsupported_grant_type", $"The grant type '{other}' is not known."),
        };
    }

    private Answer Anonymous(TokenFields fields)
    {
        if (directory.FindApp(fields["client_id"]) is not { } app)
            return UnknownClient();
        if (app.ProjectSite is not { } site)
            return Answer.OAuthError(400, "unauthorized_client",
                "Visitors log in with the client id of a headless project, and this app belongs to none.");
        return Session(TokenSubject.On(app, site, EmulatedIdentityKind.Visitor, Guid.NewGuid().ToString()));
    }

    private Answer Refresh(TokenFields fields)
    {
        var token = fields["refresh_token"];
        var status = tokens.Check(token, TokenUse.Refresh, out var facts);
        // SiteSessionAuth of Wix's SDK sends no client id: the refresh token knows its client.
        if (directory.FindApp(fields["client_id"] ?? facts?.ClientId) is not { } app)
            return UnknownClient();
        if (status != TokenStatus.Good || facts is null || facts.ClientId != app.ClientId)
            return Answer.OAuthError(400, "invalid_grant", "The refresh token is wrong, expired, used up or another client's.");
        var subject = TokenSubject.Of(facts);
        if (!options.RotateRefreshTokens)
            return Tokens(subject, token);
        return tokens.TrySpend(facts)
            ? Session(subject)
            : Answer.OAuthError(400, "invalid_grant", "The refresh token has been used.");
    }

    private Answer ClientCredentials(TokenFields fields)
    {
        if (directory.FindApp(fields["client_id"]) is not { } app || !PlatformDirectory.SecretIs(app, fields["client_secret"]))
            return Answer.OAuthError(401, "invalid_client", "The client id or the client secret is wrong.");
        EmulatedSite? site;
        if (fields["instance_id"] is { } instanceId)
        {
            site = directory.FindSite(app.FindSiteId(instanceId));
            if (site is null)
                return Answer.OAuthError(400, "invalid_grant", "The app has no such instance.");
        }
        else
        {
            site = app.ProjectSite;
            if (site is null)
                return Answer.OAuthError(400, "invalid_request", "instance_id is missing, and the app belongs to no headless project.");
        }

        return Tokens(TokenSubject.On(app, site, EmulatedIdentityKind.App, app.ClientId), refreshToken: null);
    }

    private Answer AuthorizationCode(TokenFields fields)
    {
        if (directory.FindApp(fields["client_id"]) is not { } app)
            return UnknownClient();

        // The code is gone whatever comes next: a second try with another verifier is a try too many.
        if (!logins.Codes.TryTake(fields["code"], out var code) || code.App != app || !app.IsInstalledOn(code.Site.Id))
            return Answer.OAuthError(400, "invalid_grant", "The code is wrong, expired, used up or another client's.");
        if (fields["redirect_uri"] is { } redirectUri && redirectUri != code.RedirectUri)
            return Answer.OAuthError(400, "invalid_grant", "The redirect address is not the one of the login.");
        if (!Pkce.Verifies(fields["code_verifier"], code.CodeChallenge))
            return Answer.OAuthError(400, "invalid_grant", "The code verifier does not fit the challenge of the login.");
        return Session(TokenSubject.On(app, code.Site, EmulatedIdentityKind.Member, code.MemberId));
    }

    private Answer StripBoundSession(TokenFields fields)
    {
        if (fields["client_secret"] is not { } secret || directory.FindAppBySecret(secret) is not { } app)
            return Answer.OAuthError(401, "invalid_client", "The client secret is wrong.");
        if (tokens.Check(fields["access_token"], TokenUse.Access, out var facts) != TokenStatus.Good || facts is null
            || facts.ClientId != app.ClientId)
            return Answer.OAuthError(400, "invalid_grant", "The access token is wrong, expired or another client's.");
        return Tokens(TokenSubject.Of(facts), refreshToken: null);
    }

    private Answer AuthorizedClient(ApiRequest request, TokenFields fields)
    {
        var credentials = request.Http.Request.Headers.Authorization.ToString().Split(',', 2, StringSplitOptions.TrimEntries);
        if (credentials.Length != 2
            || tokens.Check(credentials[0], TokenUse.Access, out var visitor) != TokenStatus.Good
            || directory.FindApp(visitor?.ClientId) is not { } app
            || directory.FindSite(visitor?.SiteId) is not { } site
            || !app.IsInstalledOn(site.Id)
            || directory.FindKey(credentials[1]) is not { } key
            || key.AccountId != site.AccountId)
        {
            return Answer.OAuthError(401, "invalid_client",
                "The Authorization header does not hold a visitor token and an API key of the site's account.");
        }

        var memberId = fields["member_id"];
        if (site.Data.Read(data => data.Members.Find(memberId)) is null)
            return Answer.OAuthError(400, "invalid_grant", "The site has no such member.");
        if (fields["session_token"] is { } session
            && (tokens.Check(session, TokenUse.Session, out var facts) != TokenStatus.Good || facts?.SubjectId != memberId
                || facts?.SiteId != site.Id))
        {
            return Answer.OAuthError(400, "invalid_grant", "The session token is not the member's.");
        }

        return Session(TokenSubject.On(app, site, EmulatedIdentityKind.Member, memberId!)); // the site has the member
    }

    private static Answer UnknownClient() => Answer.OAuthError(401, "invalid_client", "The client id is wrong.");

    private Answer Session(TokenSubject subject) => Tokens(subject, tokens.IssueRefresh(subject));

    private Answer Tokens(TokenSubject subject, string? refreshToken)
    {
        var answer = new JsonObject
        {
            ["access_token"] = tokens.IssueAccess(subject),
            ["token_type"] = "Bearer",
            ["expires_in"] = (long)tokens.AccessLifetime.TotalSeconds,
        };
        if (refreshToken is not null)
            answer["refresh_token"] = refreshToken;
        return Answer.Json(answer).With("Cache-Control", "no-store");
    }
}
