using System.Diagnostics.CodeAnalysis;
using System.Net;
using Endpoints.Problems;
using Endpoints.Wix.Configuration;
using Endpoints.Wix.Elevation;
using Endpoints.Wix.Problems;
using Endpoints.Wix.Tokens;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Endpoints.Wix.Sessions;

/// <summary>What login, callback, logout and logout callback do. Whatever a browser brings, the answer is a redirect or a problem document.</summary>
internal sealed partial class AuthEndpoints(
    BrowserSessions sessions,
    LoginAttempts attempts,
    RedirectSessions redirects,
    TokenEndpoint tokens,
    SiteOrigin site,
    OwnPages ownPages,
    TimeProvider time,
    ILogger<AuthEndpoints> logger)
{
    private const string GoogleConnection = "0e6a50f5-b523-4e29-990d-f37fa2ffdd69";
    private const string FacebookConnection = "3ecad13f-52c3-483d-911f-31dbcf2a6d23";
    private const int MaxCode = 4096;

    /// <summary>Sends the browser to Wix's login page.</summary>
    /// <param name="context">The request.</param>
    /// <param name="callbackPath">The path of the callback, without the application's base.</param>
    public async Task LoginAsync(HttpContext context, string callbackPath)
    {
        var query = context.Request.Query;
        if (!TryReadReturnAddress(context, out var returnTo, "returnToUrl", "returnUrl"))
        {
            await ProblemWriter.WriteAsync(context, SessionProblems.ReturnAddress).ConfigureAwait(false);
            return;
        }

        if (!TryReadOne(query, "prompt", out var prompt) || prompt is not (null or "login" or "none")
            || !TryReadOne(query, "idp", out var idp) || idp is not (null or "google" or "facebook"))
        {
            await ProblemWriter.WriteAsync(context, SessionProblems.Parameter).ConfigureAwait(false);
            return;
        }

        if (!site.TryGet(context.Request, out var origin))
        {
            LogNotConfigured(context.Request.Path);
            await ProblemWriter.WriteAsync(context, SessionProblems.NotConfigured).ConfigureAwait(false);
            return;
        }

        var attempt = new LoginAttempt(
            Pkce.NewSecret(), Pkce.NewSecret(), returnTo, origin + context.Request.PathBase.ToUriComponent() + callbackPath, time.GetUtcNow());
        var connection = idp switch { "google" => GoogleConnection, "facebook" => FacebookConnection, _ => null };
        try
        {
            var page = await CreateAsync(context, attempt, connection, prompt).ConfigureAwait(false);
            attempts.Add(context, attempt);
            Redirect(context, page.AbsoluteUri);
        }
        catch (WixApiException)
        {
            await ProblemWriter.WriteAsync(context, SessionProblems.Failed).ConfigureAwait(false);
        }
        catch (WixUnavailableException e)
        {
            await ProblemWriter.WriteAsync(context, WixProblems.Unavailable(e.RetryAfter)).ConfigureAwait(false);
        }
    }

    /// <summary>Takes what Wix's login page sent the browser back with.</summary>
    public async Task CallbackAsync(HttpContext context)
    {
        var query = context.Request.Query;
        if (!TryReadOne(query, "state", out var state) || state is not { Length: Pkce.SecretLength } || !attempts.TryTake(context, state, out var attempt)
            || !ReturnAddress.TryRead(attempt.ReturnTo, out var returnTo))
        {
            LogStateNotAccepted();
            await ProblemWriter.WriteAsync(context, SessionProblems.State).ConfigureAwait(false);
            return;
        }

        if (query.ContainsKey("error"))
        {
            // The member did not want to, or was not logged in and must not be asked: the site goes on without.
            LogNotLoggedIn(TryReadOne(query, "error", out var error) && error is { Length: <= 64 } && Identifier.IsValid(error) ? error : "unknown");
            Redirect(context, returnTo);
            return;
        }

        if (!TryReadOne(query, "code", out var code) || code is not { Length: > 0 and <= MaxCode })
        {
            await ProblemWriter.WriteAsync(context, SessionProblems.Refused).ConfigureAwait(false);
            return;
        }

        try
        {
            var issued = await tokens.ForCodeAsync(code, attempt.Verifier, attempt.RedirectUri, context.RequestAborted).ConfigureAwait(false);
            sessions.BeginMember(context, issued);
            LogLoggedIn();
            Redirect(context, returnTo);
        }
        catch (TokenRefusedException)
        {
            await ProblemWriter.WriteAsync(context, SessionProblems.Refused).ConfigureAwait(false);
        }
        catch (WixUnavailableException e)
        {
            await ProblemWriter.WriteAsync(context, WixProblems.Unavailable(e.RetryAfter)).ConfigureAwait(false);
        }
    }

    /// <summary>Ends the session here at once, and sends the browser to Wix to end it there.</summary>
    /// <param name="context">The request.</param>
    /// <param name="callbackPath">The path of the logout callback, without the application's base.</param>
    public async Task LogoutAsync(HttpContext context, string callbackPath)
    {
        if (!ownPages.MaySend(context.Request))
        {
            LogCrossSite();
            await ProblemWriter.WriteAsync(context, WixProblems.CrossSite).ConfigureAwait(false);
            return;
        }

        if (!TryReadReturnAddress(context, out var returnTo, "returnToUrl", "returnUrl"))
        {
            await ProblemWriter.WriteAsync(context, SessionProblems.ReturnAddress).ConfigureAwait(false);
            return;
        }

        var session = await sessions.EndAsync(context).ConfigureAwait(false);
        var page = session is null || !site.TryGet(context.Request, out var origin)
            ? null
            : await FindLogoutPageAsync(
                session,
                $"{origin}{context.Request.PathBase.ToUriComponent()}{callbackPath}?returnTo={Uri.EscapeDataString(returnTo)}",
                context.RequestAborted).ConfigureAwait(false);
        Redirect(context, page?.AbsoluteUri ?? returnTo);
    }

    /// <summary>Where Wix sends the browser after the logout. Nothing is left to end.</summary>
    public static Task LogoutCallbackAsync(HttpContext context)
    {
        if (!TryReadReturnAddress(context, out var returnTo, "returnTo"))
            return ProblemWriter.WriteAsync(context, SessionProblems.ReturnAddress);
        Redirect(context, returnTo);
        return Task.CompletedTask;
    }

    private async Task<Uri> CreateAsync(HttpContext context, LoginAttempt attempt, string? connection, string? prompt)
    {
        var ct = context.RequestAborted;
        if (await sessions.FindAsync(context, ct).ConfigureAwait(false) is { Access: { } own }
            && await redirects.LoginAsync(own, attempt, connection, prompt, ct).ConfigureAwait(false) is { } page)
        {
            return page;
        }

        // Without a session, or with one that Wix does not take any more.
        var visitor = await sessions.BeginVisitorAsync(
            sessions.ResponseOf(context), ClientAddress.Of(context.Connection.RemoteIpAddress)).ConfigureAwait(false);
        return await redirects.LoginAsync(visitor.Access!, attempt, connection, prompt, ct).ConfigureAwait(false) // a session begins with one
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

    private static bool TryReadReturnAddress(HttpContext context, [NotNullWhen(true)] out string? returnTo, params ReadOnlySpan<string> names)
    {
        returnTo = null;
        string? given = null;
        foreach (var name in names)
        {
            // Two addresses are none: nobody knows which one was checked.
            if (!TryReadOne(context.Request.Query, name, out var value) || (given is not null && value is not null))
                return false;
            given ??= value;
        }

        return ReturnAddress.TryRead(given ?? context.Request.PathBase.ToUriComponent() + "/", out returnTo);
    }

    /// <summary>A parameter's value; null when it is not there, and false when it is there more than once.</summary>
    private static bool TryReadOne(IQueryCollection query, string name, out string? value)
    {
        var values = query[name];
        value = values.Count == 1 ? values[0] ?? "" : null;
        return values.Count <= 1;
    }

    private static void Redirect(HttpContext context, string location)
    {
        var response = context.Response;
        response.StatusCode = StatusCodes.Status302Found;
        response.Headers.Location = location;
        response.Headers.CacheControl = "no-store";
        // Where the browser goes must not learn the code and state of this address.
        response.Headers["Referrer-Policy"] = "no-referrer";
    }

    [LoggerMessage(1, LogLevel.Error, "A login can't begin at {Path}: this site's own address is not known. Set Wix:PublicOrigin (https://shop.example), or AllowedHosts")]
    private partial void LogNotConfigured(string? path);

    [LoggerMessage(2, LogLevel.Warning, "The answer to a login was refused: its state belongs to no login of this browser")]
    private partial void LogStateNotAccepted();

    [LoggerMessage(3, LogLevel.Information, "A login ended without one: {Error}")]
    private partial void LogNotLoggedIn(string error);

    [LoggerMessage(4, LogLevel.Information, "A member has logged in")]
    private partial void LogLoggedIn();

    [LoggerMessage(5, LogLevel.Warning, "A logout that another site sent was refused")]
    private partial void LogCrossSite();

    [LoggerMessage(6, LogLevel.Warning, "A session was ended here, but Wix gave no page to end it there: {Reason}")]
    private partial void LogLoggedOutHereOnly(string reason);
}
