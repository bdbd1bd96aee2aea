using System.Net;
using Endpoints.Problems;
using Endpoints.RateLimiting;
using Endpoints.Wix.Errors;
using Endpoints.Wix.Identification;
using Endpoints.Wix.Origins;
using Endpoints.Wix.Problems;
using Endpoints.Wix.Sessions;
using Endpoints.Wix.Tokens;
using Endpoints.Wix.Values;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Endpoints.Wix.Flows.Login;

/// <summary>
/// Handles login, logout and their callbacks. Whatever a browser sends, the response is a redirect or a problem document.
/// </summary>
internal sealed partial class AuthEndpoints(
    BrowserSessions sessions,
    VisitorSessions visitors,
    MemberSessions members,
    LoginAttempts attempts,
    RedirectSessions redirects,
    TokenEndpoint tokens,
    SiteOrigin site,
    OwnPages ownPages,
    BrowserFlowLimit limit,
    IdentificationBudget budget,
    TimeProvider time,
    ILogger<AuthEndpoints> logger)
{
    private const string GoogleConnection = "0e6a50f5-b523-4e29-990d-f37fa2ffdd69";
    private const string FacebookConnection = "3ecad13f-52c3-483d-911f-31dbcf2a6d23";

    /// <summary>Sends the browser to Wix's login page.</summary>
    /// <param name="context">The request.</param>
    /// <param name="callbackPath">The path of the callback, without the application's base.</param>
    public async Task LoginAsync(HttpContext context, string callbackPath)
    {
        // An image on anybody's page must begin nothing, and use up nobody's share.
        if (Navigation.IsBackground(context.Request))
        {
            await ProblemWriter.WriteAsync(context, FlowProblems.NotOpened).ConfigureAwait(false);
            return;
        }

        var query = context.Request.Query;
        if (!BrowserFlow.TryReadReturnAddress(context, out var returnTo, "returnToUrl", "returnUrl"))
        {
            await ProblemWriter.WriteAsync(context, FlowProblems.ReturnAddress).ConfigureAwait(false);
            return;
        }

        if (!BrowserFlow.TryReadOne(query, "prompt", out var prompt) || prompt is not (null or "login" or "none")
            || !BrowserFlow.TryReadOne(query, "idp", out var idp) || idp is not (null or "google" or "facebook"))
        {
            await ProblemWriter.WriteAsync(context, LoginProblems.Parameter).ConfigureAwait(false);
            return;
        }

        if (!site.TryGet(context.Request, out var origin))
        {
            if (site.IsKnown)
            {
                await ProblemWriter.WriteAsync(context, FlowProblems.Host).ConfigureAwait(false);
                return;
            }

            LogNotConfigured(context.Request.Path);
            await ProblemWriter.WriteAsync(context, LoginProblems.NotConfigured).ConfigureAwait(false);
            return;
        }

        // Each one costs Wix a call, and with a session of its own a robot needs no new visitor for it.
        if (await limit.AskAsync(context, BrowserFlowKind.Login).ConfigureAwait(false) is { } tooMany)
        {
            await ProblemWriter.WriteAsync(context, tooMany).ConfigureAwait(false);
            return;
        }

        var attempt = new BrowserAttempt(
            RandomSecret.New(), RandomSecret.New(), returnTo, origin + context.Request.PathBase.ToUriComponent() + callbackPath,
            time.GetUtcNow());
        var connection = idp switch { "google" => GoogleConnection, "facebook" => FacebookConnection, _ => null };
        try
        {
            var page = await CreateAsync(context, attempt, connection, prompt).ConfigureAwait(false);
            attempts.Add(context, attempt);
            BrowserFlow.Redirect(context, page.AbsoluteUri);
        }
        catch (WixApiException)
        {
            await ProblemWriter.WriteAsync(context, LoginProblems.Failed).ConfigureAwait(false);
        }
        catch (WixUnavailableException e)
        {
            await ProblemWriter.WriteAsync(context, WixProblems.Of(e)!).ConfigureAwait(false);
        }
    }

    /// <summary>Handles the answer with which Wix's login page returned the browser.</summary>
    public async Task CallbackAsync(HttpContext context)
    {
        if (!FlowAnswer.TryRead(context, attempts, out var answer))
        {
            LogStateNotAccepted();
            await ProblemWriter.WriteAsync(context, LoginProblems.State).ConfigureAwait(false);
            return;
        }

        if (answer.IsError)
        {
            // The member did not want to, or was not logged in and must not be asked: the site goes on without.
            LogNotLoggedIn(answer.Error);
            BrowserFlow.Redirect(context, answer.ReturnTo);
            return;
        }

        if (!answer.TryReadCode(out var code))
        {
            await ProblemWriter.WriteAsync(context, LoginProblems.Refused).ConfigureAwait(false);
            return;
        }

        try
        {
            var issued = await budget.AskAsync(
                ClientAddress.Of(context),
                (Tokens: tokens, Code: code, answer.Attempt, Ct: context.RequestAborted),
                static state => state.Tokens.ForCodeAsync(state.Code, state.Attempt.Verifier, state.Attempt.RedirectUri, state.Ct),
                static _ => false).ConfigureAwait(false);
            await members.BeginAsync(context, issued).ConfigureAwait(false);
            LogLoggedIn();
            BrowserFlow.Redirect(context, answer.ReturnTo);
        }
        catch (TokenRefusedException)
        {
            await ProblemWriter.WriteAsync(context, LoginProblems.Refused).ConfigureAwait(false);
        }
        catch (WixUnavailableException e)
        {
            await ProblemWriter.WriteAsync(context, WixProblems.Of(e)!).ConfigureAwait(false);
        }
    }

    /// <summary>Ends the session on this site immediately, and sends the browser to Wix to end it there.</summary>
    /// <param name="context">The request.</param>
    /// <param name="callbackPath">The path of the logout callback, without the application's base.</param>
    public async Task LogoutAsync(HttpContext context, string callbackPath)
    {
        if (!ownPages.Sent(context.Request))
        {
            LogCrossSite();
            await ProblemWriter.WriteAsync(context, LoginProblems.OtherPage).ConfigureAwait(false);
            return;
        }

        if (!BrowserFlow.TryReadReturnAddress(context, out var returnTo, "returnToUrl", "returnUrl"))
        {
            await ProblemWriter.WriteAsync(context, FlowProblems.ReturnAddress).ConfigureAwait(false);
            return;
        }

        var isWithinLimit = !members.HasCookie(context)
            || await limit.CountAsync(context, BrowserFlowKind.Logout).ConfigureAwait(false);
        var session = await members.EndAsync(context, isWithinLimit).ConfigureAwait(false);
        var page = session is null || !isWithinLimit || !site.TryGet(context.Request, out var origin)
            ? null
            : await FindLogoutPageAsync(
                session,
                $"{origin}{context.Request.PathBase.ToUriComponent()}{callbackPath}?returnTo={Uri.EscapeDataString(returnTo)}",
                context.RequestAborted).ConfigureAwait(false);
        BrowserFlow.Redirect(context, page?.AbsoluteUri ?? returnTo);
    }

    /// <summary>Handles the return of the browser after a logout. The session has already ended.</summary>
    public static Task LogoutCallbackAsync(HttpContext context)
    {
        if (!BrowserFlow.TryReadReturnAddress(context, out var returnTo, "returnTo"))
            return ProblemWriter.WriteAsync(context, FlowProblems.ReturnAddress);
        BrowserFlow.Redirect(context, returnTo);
        return Task.CompletedTask;
    }

    private async Task<Uri> CreateAsync(HttpContext context, BrowserAttempt attempt, string? connection, string? prompt)
    {
        var ct = context.RequestAborted;
        if (await sessions.FindAsync(context, ct).ConfigureAwait(false) is { Access: { } own }
            && await redirects.LoginAsync(own, isBrowsers: true, attempt, connection, prompt, ct).ConfigureAwait(false) is { } page)
        {
            return page;
        }

        // Without a session, or with one that Wix does not take any more.
        var visitor = await visitors.BeginAsync(context).ConfigureAwait(false);
        // a session begins with one
        return await redirects.LoginAsync(visitor.Access!, isBrowsers: false, attempt, connection, prompt, ct).ConfigureAwait(false)
            ?? throw new WixApiException("Wix does not accept a visitor's token that it has just issued.", HttpStatusCode.Unauthorized);
    }

    private async Task<Uri?> FindLogoutPageAsync(Session session, string postFlowUrl, CancellationToken ct)
    {
        // Nobody is renewed to be logged out.
        if (session.Access is not { } token || session.ExpiresAt <= time.GetUtcNow())
            return null;
        try
        {
            return await redirects.LogoutAsync(token, postFlowUrl, ct).ConfigureAwait(false);
        }
        catch (Exception e) when (e is WixApiException or WixUnavailableException)
        {
            LogLoggedOutHereOnly(e.Message);
            return null;
        }
    }

    [LoggerMessage(1, LogLevel.Error,
        "A login can't start at {Path}: this site's own address is not known. "
        + "Set Wix:PublicOrigin (https://shop.example), or AllowedHosts")]
    private partial void LogNotConfigured(string? path);

    [LoggerMessage(2, LogLevel.Warning, "A login callback was rejected: its state does not match a login that this browser started")]
    private partial void LogStateNotAccepted();

    [LoggerMessage(3, LogLevel.Information, "A login ended without a session: {Error}")]
    private partial void LogNotLoggedIn(string error);

    [LoggerMessage(4, LogLevel.Information, "A member has logged in")]
    private partial void LogLoggedIn();

    [LoggerMessage(5, LogLevel.Warning, "A logout from another site was rejected")]
    private partial void LogCrossSite();

    [LoggerMessage(6, LogLevel.Warning, "A session ended on this site but not at Wix, which returned no logout page: {Reason}")]
    private partial void LogLoggedOutHereOnly(string reason);
}
