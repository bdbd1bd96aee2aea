using System.Globalization;
using System.Text.Json.Nodes;
using Endpoints.Wix.Emulator.Answers;
using Endpoints.Wix.Emulator.Hosting;
using Endpoints.Wix.Emulator.Tokens;

namespace Endpoints.Wix.Emulator.OAuth;

/// <summary>Serves <c>POST /oauth2/token-info</c>, which returns the identity behind a token.</summary>
internal sealed class TokenInfoEndpoint(TokenIssuer tokens, WixEmulatorOptions options)
{
    public IEnumerable<Operation> Operations =>
    [
        new("POST", "/oauth2/token-info", Access.Open, null, request => new(Describe(request))),
    ];

    private Answer Describe(ApiRequest request)
    {
        if (new TokenFields(request.Fields())["token"] is not { } token)
            return Answer.Violation("token", "must not be empty");
        var status = tokens.Check(token, TokenUse.Access, out var facts);

        // A token issued as inactive is there to be described; one that can't be used otherwise depends on the option.
        var describe = status is TokenStatus.Good or TokenStatus.Inactive or TokenStatus.NotYetValid
            || options.UnusableTokenInfo is UnusableTokenInfo.Inactive;
        return describe
            ? Answer.Json(Info(status is TokenStatus.Good or TokenStatus.NotYetValid, facts)).With("Cache-Control", "no-store")
            : Answer.Error(401, "UNAUTHENTICATED", "The token can't be used.");
    }

    private JsonObject Info(bool active, TokenFacts? facts)
    {
        var info = new JsonObject { ["active"] = options.TokenInfoAsStrings ? (active ? "true" : "false") : active };
        if (facts is null)
            return info;
        info["subjectType"] = facts.Kind.ToString().ToUpperInvariant();
        info["subjectId"] = facts.SubjectId;
        info["exp"] = Time(facts.ExpiresAt);
        info["iat"] = Time(facts.IssuedAt);
        Add(info, "clientId", facts.ClientId);
        Add(info, "accountId", facts.AccountId);
        Add(info, "siteId", facts.SiteId);
        Add(info, "instanceId", facts.InstanceId);
        return info;
    }

    private static void Add(JsonObject info, string name, string? value)
    {
        if (value is not null)
            info[name] = value;
    }

    private JsonNode Time(long seconds) =>
        options.TokenInfoAsStrings ? seconds.ToString(CultureInfo.InvariantCulture) : seconds;
}
