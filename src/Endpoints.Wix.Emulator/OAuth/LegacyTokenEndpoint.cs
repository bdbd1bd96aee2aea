using System.Text.Json.Nodes;
using Endpoints.Wix.Emulator.Answers;
using Endpoints.Wix.Emulator.Flows;
using Endpoints.Wix.Emulator.Hosting;
using Endpoints.Wix.Emulator.Platform;
using Endpoints.Wix.Emulator.Tokens;

namespace Endpoints.Wix.Emulator.OAuth;

/// <summary>
/// Serves <c>POST /oauth/access</c>: the older custom authentication of apps, whose access tokens are valid for five minutes.
/// </summary>
internal sealed class LegacyTokenEndpoint(PlatformDirectory directory, TokenIssuer tokens, LoginState state, TimeProvider time)
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(5);

    public IEnumerable<Operation> Operations => [new("POST", "/oauth/access", Access.Open, null, request => new(Grant(request)))];

    private Answer Grant(ApiRequest request)
    {
        var fields = new TokenFields(request.Fields());
        if (directory.FindApp(fields["client_id"]) is not { } app || !PlatformDirectory.SecretIs(app, fields["client_secret"]))
            return Answer.OAuthError(401, "invalid_client", "The client id or the client secret is wrong.");
        return fields["grant_type"] switch
        {
            "authorization_code" => ByCode(app, fields["code"]),
            "refresh_token" => ByRefreshToken(app, fields["refresh_token"]),
            var other => Answer.OAuthError(400, "unsupported_grant_type", $"The grant type '{other}' is not known."),
        };
    }

    private Answer ByCode(EmulatedApp app, string? code)
    {
        if (!state.InstallCodes.TryTake(code, out var install) || install.App != app || !app.IsInstalledOn(install.Site.Id))
            return Answer.OAuthError(400, "invalid_grant", "The code is wrong, expired, used up or another app's.");
        var subject = TokenSubject.On(app, install.Site, EmulatedIdentityKind.App, app.ClientId);
        return Tokens(subject, tokens.IssueRefresh(subject));
    }

    private Answer ByRefreshToken(EmulatedApp app, string? token)
    {
        if (tokens.Check(token, TokenUse.Refresh, out var facts) != TokenStatus.Good || facts is not { Kind: EmulatedIdentityKind.App }
            || facts.ClientId != app.ClientId)
            return Answer.OAuthError(400, "invalid_grant", "The refresh token is wrong, expired or another app's.");
        return Tokens(TokenSubject.Of(facts), token!); // it was read
    }

    private Answer Tokens(TokenSubject subject, string refreshToken) => Answer.Json(new JsonObject
    {
        ["access_token"] = tokens.Issue(TokenUse.Access, subject, time.GetUtcNow(), Lifetime, active: true, bound: false),
        ["refresh_token"] = refreshToken,
    }).With("Cache-Control", "no-store");
}
