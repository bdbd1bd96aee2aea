using System.Text;
using Endpoints.Wix.Emulator.Answers;
using Endpoints.Wix.Emulator.Flows;
using Endpoints.Wix.Emulator.Hosting;
using Endpoints.Wix.Emulator.Platform;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;

namespace Endpoints.Wix.Emulator.Installation;

/// <summary>Serves the page on which a Wix user consents to install an app on a site.</summary>
internal sealed class InstallPage(PlatformDirectory directory, LoginState state)
{
    private const string Path = "/installer/install";

    public IEnumerable<Operation> Operations =>
    [
        new("GET", Path, Access.Open, null, request => new(Ask(request))),
        new("POST", Path, Access.Open, null, request => new(Install(request))),
    ];

    private Answer Ask(ApiRequest request)
    {
        if (directory.FindApp(request.Query("appId")) is not { } app)
            return HtmlPage.Problem("Unknown app", "No app has this appId.", StatusCodes.Status404NotFound);
        if (request.Query("redirectUrl") is not { } redirectUrl || !app.MayReturnTo(redirectUrl))
            return HtmlPage.Problem("Wrong redirectUrl", "The redirectUrl is not one of the app's allowed redirect addresses.",
                StatusCodes.Status400BadRequest);

        var name = state.Installs.Add(new(app, redirectUrl, request.Query("state")));
        var choices = new StringBuilder();
        foreach (var site in directory.Sites.OrderBy(static site => site.Name, StringComparer.Ordinal))
        {
            choices.Append("<li><button class=\"choice\" name=\"site\" value=\"").Append(HtmlPage.Text(site.Id)).Append("\">")
                .Append(HtmlPage.Text(site.Name)).Append(" <span>")
                .Append(app.IsInstalledOn(site.Id) ? "installed already" : "not installed yet").Append("</span></button></li>\n");
        }

        return HtmlPage.Answer(
            $"Install {app.Name}",
            $"""
            <h1>Install {HtmlPage.Text(app.Name)}</h1>
            <p class="soft">Choose the site. The app will be able to do there what its permissions allow.</p>
            <form method="post" action="{Path}">
            <input type="hidden" name="request" value="{HtmlPage.Text(name)}">
            <ul class="choices">
            {choices}
            </ul>
            </form>
            """,
            policy: $"form-action 'self' {HtmlPage.Source(new(redirectUrl))}");
    }

    private Answer Install(ApiRequest request)
    {
        if (request.Http.Request.Headers["Sec-Fetch-Site"].ToString() is not ("" or "same-origin"))
            return HtmlPage.Problem("Refused", "An installation can only be sent from its page.", StatusCodes.Status403Forbidden);
        var fields = request.Fields();
        if (directory.FindSite(fields.GetValueOrDefault("site")) is not { } site
            || !state.Installs.TryTake(fields.GetValueOrDefault("request"), out var install))
            return HtmlPage.Problem("This page has expired", "Start the installation again.", StatusCodes.Status404NotFound);
        var values = new Dictionary<string, string?>
        {
            ["code"] = state.InstallCodes.Add(new(install.App, site)),
            ["instanceId"] = install.App.InstallOn(site),
        };
        if (install.State is not null)
            values["state"] = install.State;
        return Answer.Redirect(QueryHelpers.AddQueryString(install.RedirectUrl, values)).With("Cache-Control", "no-store");
    }
}
