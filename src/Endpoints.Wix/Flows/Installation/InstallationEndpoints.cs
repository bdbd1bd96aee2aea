using System.Text;
using Endpoints.Problems;
using Endpoints.RateLimiting;
using Endpoints.Wix.Elevation;
using Endpoints.Wix.Identification;
using Endpoints.Wix.Origins;
using Endpoints.Wix.Problems;
using Endpoints.Wix.Values;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Endpoints.Wix.Flows.Installation;

/// <summary>
/// Handles installation and callback requests. Whatever a browser sends, the response is a redirect or a problem document.
/// </summary>
internal sealed partial class InstallationEndpoints(
    InstallationAttempts attempts,
    InstallationCodes codes,
    SiteOrigin site,
    BrowserFlowLimit limit,
    ElevationPipeline pipeline,
    IOptions<WixOptions> options,
    AppName appName,
    TimeProvider time,
    ILogger<InstallationEndpoints> logger)
{
    private readonly string _clientId = options.Value.ClientId ?? "";
    private readonly Uri _installer = new(InstallerOrigin(options.Value.ApiBaseAddress), "/installer/install");

    // What the handlers' calls to Wix are recorded under. Who comes this far has proved to be the app on a site: the code says so.
    private readonly GuardedEndpoint _handling = pipeline.Guard("GET callback (Wix installation)", "wix-installation",
        new ElevateAttribute(Callers.App), new(type: null, options: null), metadata: null);

    /// <summary>Sends the browser to the Wix page on which the app is installed.</summary>
    /// <param name="context">The request.</param>
    /// <param name="callbackPath">The path of the callback, without the application's base.</param>
    public async Task BeginAsync(HttpContext context, string callbackPath)
    {
        if (await BeginOrRefuseAsync(context, callbackPath).ConfigureAwait(false) is { } problem)
            await ProblemWriter.WriteAsync(context, problem).ConfigureAwait(false);
    }

    /// <summary>Sends the browser to Wix.</summary>
    /// <returns>The problem for which the browser was not sent; <see langword="null"/> if it was.</returns>
    private async ValueTask<Problem?> BeginOrRefuseAsync(HttpContext context, string callbackPath)
    {
        if (Navigation.IsBackground(context.Request))
            return FlowProblems.NotOpened;
        if (!BrowserFlow.TryReadReturnAddress(context, out var returnTo, "returnToUrl", "returnUrl"))
            return FlowProblems.ReturnAddress;
        if (!BrowserFlow.TryReadOne(context.Request.Query, "token", out var token) || (token is not null && !TokenText.IsToken(token)))
            return InstallationProblems.Parameter;
        if (!site.TryGet(context.Request, out var origin))
        {
            if (site.IsKnown)
                return FlowProblems.Host;
            LogNotConfigured(context.Request.Path);
            return InstallationProblems.NotConfigured;
        }

        if (await limit.AskAsync(context, BrowserFlowKind.Installation).ConfigureAwait(false) is { } tooMany)
            return tooMany;

        var attempt = new BrowserAttempt(
            RandomSecret.New(), verifier: "", returnTo, origin + context.Request.PathBase.ToUriComponent() + callbackPath,
            time.GetUtcNow());
        attempts.Add(context, attempt);
        BrowserFlow.Redirect(context, PageFor(attempt, token));
        return null;
    }

    /// <summary>Handles the answer with which Wix's page returned the browser.</summary>
    public async Task CallbackAsync(HttpContext context)
    {
        if (!FlowAnswer.TryRead(context, attempts, out var answer))
        {
            LogStateNotAccepted();
            await ProblemWriter.WriteAsync(context, InstallationProblems.State).ConfigureAwait(false);
            return;
        }

        if (answer.IsError)
        {
            LogNotInstalled();
            BrowserFlow.Redirect(context, answer.ReturnTo);
            return;
        }

        if (!answer.TryReadCode(out var code)
            || !BrowserFlow.TryReadOne(answer.Query, "instanceId", out var instanceId) || instanceId is null
            || !Identifier.IsValid(instanceId))
        {
            await ProblemWriter.WriteAsync(context, InstallationProblems.Refused).ConfigureAwait(false);
            return;
        }

        try
        {
            // Anybody can write an instance id into an address. The code's token says which instance it is.
            if (await codes.RedeemAsync(code, ClientAddress.Of(context), context.RequestAborted).ConfigureAwait(false) is not { } app)
            {
                await ProblemWriter.WriteAsync(context, InstallationProblems.Refused).ConfigureAwait(false);
                return;
            }

            if (!string.Equals(app.InstanceId, instanceId, StringComparison.OrdinalIgnoreCase))
            {
                LogOtherInstance(instanceId, app.InstanceId);
                await ProblemWriter.WriteAsync(context, InstallationProblems.Refused).ConfigureAwait(false);
                return;
            }

            LogInstalled(app.InstanceId, app.SiteId);
            await TellAsync(context, app).ConfigureAwait(false);
            BrowserFlow.Redirect(context, answer.ReturnTo);
        }
        catch (Exception e) when (WixProblems.Of(e) is { } problem && !context.Response.HasStarted)
        {
            LogFailed(e);
            await ProblemWriter.ReplaceAsync(context, problem).ConfigureAwait(false);
        }
    }

    private async Task TellAsync(HttpContext context, Caller app)
    {
        var request = RequestCaller.Of(context);
        using (new GrantScope(ElevationGrant.OfNamed(_handling, app, request)))
        {
            // redeemed for one
            var installation =
                new WixInstallation(default, app.InstanceId!, app.SiteId, context.RequestServices.GetRequiredService<ElevatedWixClient>());
            foreach (var handler in Handlers(context.RequestServices))
                await handler.OnInstalledAsync(installation, context.RequestAborted).ConfigureAwait(false);
        }
    }

    private IEnumerable<IWixInstallationHandler> Handlers(IServiceProvider services) => appName.IsDefault
        ? services.GetServices<IWixInstallationHandler>() : services.GetKeyedServices<IWixInstallationHandler>(appName.Value);

    // In the order in which Wix's own SDK writes them.
    private string PageFor(BrowserAttempt attempt, string? token)
    {
        var page = new StringBuilder(_installer.AbsoluteUri)
            .Append("?redirectUrl=").Append(Uri.EscapeDataString(attempt.RedirectUri))
            .Append("&appId=").Append(Uri.EscapeDataString(_clientId))
            .Append("&state=").Append(attempt.State);
        if (token is not null)
            page.Append("&token=").Append(Uri.EscapeDataString(token));
        return page.ToString();
    }

    // An emulator on this machine has the page itself; at Wix it is not on the API's host.
    private static Uri InstallerOrigin(Uri api) => api.IsLoopback ? api : new("https://www.wix.com");

    [LoggerMessage(1, LogLevel.Error,
        "An installation can't start at {Path}: this site's own address is not known. Set Wix:PublicOrigin (https://shop.example), or "
        + "AllowedHosts")]
    private partial void LogNotConfigured(string? path);

    [LoggerMessage(2, LogLevel.Warning,
        "An installation callback was rejected: its state does not match an installation that this browser started")]
    private partial void LogStateNotAccepted();

    [LoggerMessage(3, LogLevel.Information, "An installation was not completed")]
    private partial void LogNotInstalled();

    [LoggerMessage(4, LogLevel.Information, "The app was installed: instance {InstanceId}, site {SiteId}")]
    private partial void LogInstalled(string? instanceId, string? siteId);

    [LoggerMessage(5, LogLevel.Warning,
        "An installation callback was rejected: it names the instance {Named}, and its code is for the instance {Actual}")]
    private partial void LogOtherInstance(string named, string? actual);

    [LoggerMessage(6, LogLevel.Warning, "An installation failed")]
    private partial void LogFailed(Exception cause);
}
