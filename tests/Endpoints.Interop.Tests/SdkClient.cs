using Endpoints.Wix.Emulator;

namespace Endpoints.Interop.Tests;

/// <summary>A client as JavaScript makes it for a kind of caller: which strategy, and with what.</summary>
internal sealed record SdkClient(string As, object Credentials)
{
    /// <summary>A client for a kind of caller on a site, and the id that the platform knows the caller by.</summary>
    public static (SdkClient Client, string Id) Of(string kind, WixEmulator wix, EmulatedSite site)
    {
        var app = wix.App;
        switch (kind)
        {
            case "Visitor":
                var visitor = EmulatedIdentity.Visitor();
                return (new("oauth", new { app.ClientId, Tokens = SdkTokens.Of(wix.IssueSession(visitor, On), "visitor") }), visitor.Id!);
            case "Member":
                var member = EmulatedIdentity.Member();
                return (new("oauth", new { app.ClientId, Tokens = SdkTokens.Of(wix.IssueSession(member, On), "member") }), member.Id!);
            case "User":
                var user = EmulatedIdentity.User();
                return (new("dashboard", new { AccessToken = wix.IssueToken(user, On) }), user.Id!);
            default:
                return (new("app", new { AppId = app.ClientId, AppSecret = app.ClientSecret, InstanceId = app.InstanceIdOn(site) }),
                    app.ClientId);
        }

        void On(EmulatedTokenOptions options) => options.For(app, site);
    }
}
