using System.Globalization;
using System.Net;
using Endpoints.Wix;
using Endpoints.Wix.Apps;
using Endpoints.Wix.Emulator;
using Endpoints.Wix.Sessions;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Endpoints.Testing.Running;

/// <summary>
/// Creates a new caller for each request, on a site and from an address of its own, so that no limit that counts callers counts the caller
/// twice.
/// </summary>
internal sealed class Credentials(WixEmulator wix, EmulatedApps emulated, IServiceProvider services, MatrixKeys keys,
    GuardMatrixOptions options, Uri origin)
{
    private int _callers;

    /// <summary>Returns the kind of caller that the guards recognize.</summary>
    public static Callers KindOf(GuardMatrixCaller caller) => caller switch
    {
        GuardMatrixCaller.Member or GuardMatrixCaller.MemberSession or GuardMatrixCaller.MemberSessionElsewhere => Callers.Member,
        GuardMatrixCaller.User => Callers.User,
        GuardMatrixCaller.App => Callers.App,
        GuardMatrixCaller.Service or GuardMatrixCaller.ServiceElsewhere => Callers.Service,
        _ => Callers.Visitor,
    };

    /// <summary>Adds the caller's credentials to a request. Returns an address that only this request uses.</summary>
    /// <param name="request">The request.</param>
    /// <param name="caller">The caller.</param>
    /// <param name="app">The app that the request is for.</param>
    public IPAddress Give(HttpRequestMessage request, GuardMatrixCaller caller, WixApp app)
    {
        var number = ++_callers;
        if (caller == GuardMatrixCaller.MemberSessionElsewhere)
        {
            request.Headers.Add("Sec-Fetch-Site", "cross-site");
            request.Headers.Add("Origin", "https://elsewhere.example");
        }
        else if (KindOf(caller) != Callers.Service)
        {
            // What the guards refuse all the same, they refuse for the caller.
            request.Headers.Add("Sec-Fetch-Site", "same-origin");
        }

        switch (caller)
        {
            case GuardMatrixCaller.Nobody:
                break;
            case GuardMatrixCaller.Service or GuardMatrixCaller.ServiceElsewhere:
                request.Headers.TryAddWithoutValidation("Authorization",
                    "Bearer " + keys.Issue(number, caller == GuardMatrixCaller.Service));
                break;
            case GuardMatrixCaller.VisitorSession or GuardMatrixCaller.MemberSession or GuardMatrixCaller.MemberSessionElsewhere:
                request.Headers.Add(
                    "Cookie", Cookie(wix.IssueSession(Identity(caller), OnOwnSite(number, app)), KindOf(caller) == Callers.Member, app));
                break;
            default:
                request.Headers.TryAddWithoutValidation("Authorization", wix.IssueToken(Identity(caller), OnOwnSite(number, app)));
                break;
        }

        return new([10, (byte)(number >> 16), (byte)(number >> 8), (byte)number]);
    }

    private EmulatedIdentity Identity(GuardMatrixCaller caller)
    {
        var kind = KindOf(caller);
        if (options.Identities.TryGetValue(kind, out var chosen))
            return chosen;
        return kind switch
        {
            Callers.Member => EmulatedIdentity.Member(),
            Callers.User => EmulatedIdentity.User(),
            Callers.App => EmulatedIdentity.App(),
            _ => EmulatedIdentity.Visitor(),
        };
    }

    private Action<EmulatedTokenOptions> OnOwnSite(int number, WixApp app)
    {
        var site = wix.AddSite("Site " + number.ToString(CultureInfo.InvariantCulture));
        var installed = emulated.Of(app.Name.Value);
        installed.InstallOn(site);
        return token => token.For(installed, site);
    }

    /// <summary>Returns the cookie as the application itself writes it for a browser.</summary>
    private string Cookie(EmulatedSession issued, bool isMember, WixApp app)
    {
        var context = new DefaultHttpContext { RequestServices = services };
        (context.Request.Scheme, context.Request.Host) = (origin.Scheme, HostString.FromUriComponent(origin));
        app.Services.GetRequiredService<SessionCookie>().Write(context, new()
        {
            Access = new(issued.AccessToken),
            ExpiresAt = issued.ExpiresAt,
            Refresh = new(issued.RefreshToken),
            SaysMember = isMember,
        });
        return string.Join("; ", context.Response.Headers.SetCookie.Select(static cookie => cookie!.Split(';')[0]));
    }
}
