using Endpoints.Problems;
using Endpoints.Wix.Identification;
using Endpoints.Wix.Problems;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Authorization.Policy;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Endpoints.Wix.Elevation;

/// <summary>What every request to an elevated endpoint goes through. The order is a security property: nothing later runs when a step refuses.</summary>
internal sealed partial class ElevationPipeline(
    OwnPages ownPages,
    IAuthorizationPolicyProvider policies,
    IPolicyEvaluator evaluator,
    TimeProvider time,
    ILogger<ElevationPipeline> logger)
{
    /// <summary>Makes the guards of one endpoint.</summary>
    public GuardedEndpoint Guard(string name, ElevateAttribute attribute) => new(name, attribute, time);

    /// <summary>Steps 1 to 5, around the endpoint's request delegate, and what surrounds them all.</summary>
    public async Task InvokeAsync(HttpContext context, GuardedEndpoint endpoint, RequestDelegate next)
    {
        // What an elevated call brings is for this caller only. A handler that knows better sets its own.
        context.Response.Headers.CacheControl = "no-store";
        var request = RequestCaller.Of(context);

        // 1. The client's limit, before any work is done for the caller.
        if (!endpoint.TryCountAddress(context, request, out var retryAfter))
        {
            await RefuseAsync(context, endpoint, WixProblems.RateLimited(retryAfter)).ConfigureAwait(false);
            return;
        }

        // 2. Who is calling. Not finding out is a refusal of its own.
        var identity = await request.IdentifyAsync(context.RequestAborted).ConfigureAwait(false);
        if (identity.Caller is not { } caller)
        {
            await RefuseAsync(context, endpoint, WixProblems.For(identity)).ConfigureAwait(false);
            return;
        }

        // 3. A browser sends the session cookie with any site's request.
        if (identity.Source == CallerSource.Cookie && !ownPages.MaySend(context.Request))
        {
            await RefuseAsync(context, endpoint, WixProblems.CrossSite).ConfigureAwait(false);
            return;
        }

        // 4. Whether this caller may call.
        if (!await IsAllowedAsync(context, endpoint, caller).ConfigureAwait(false))
        {
            await RefuseAsync(context, endpoint, identity.Token is null ? WixProblems.For(identity) : WixProblems.CallerNotAllowed).ConfigureAwait(false);
            return;
        }

        // 5. The caller's limit.
        if (!endpoint.TryCountCaller(caller, out retryAfter))
        {
            await RefuseAsync(context, endpoint, WixProblems.RateLimited(retryAfter)).ConfigureAwait(false);
            return;
        }

        // 6. to 8. Binding and validation are the endpoint's own; the grant is its innermost filter.
        var outer = request.Admitted; // an endpoint that hands the request on to this one
        request.Admitted = endpoint;
        try
        {
            await next(context).ConfigureAwait(false);
        }
        catch (Exception e) when (e is IProblemException && !context.Response.HasStarted)
        {
            LogWixFailed(e, endpoint.Name);
            context.Response.Clear();
            await ProblemWriter.WriteAsync(context, ((IProblemException)e).Problem).ConfigureAwait(false);
        }
        finally
        {
            request.Admitted = outer;
        }
    }

    /// <summary>Step 8, around the handler alone: elevation from here to its end.</summary>
    /// <exception cref="InvalidOperationException">The guards have not let this request pass.</exception>
    public static async ValueTask<object?> GrantAsync(EndpointFilterInvocationContext invocation, EndpointFilterDelegate next)
    {
        var request = RequestCaller.Of(invocation.HttpContext);
        if (request.Admitted is not { } endpoint || request.Identified?.Caller is not { } caller)
            throw new InvalidOperationException("An elevated handler was reached past its guards. The request is refused.");
        var outer = request.Grant;
        var grant = new ElevationGrant(endpoint, caller);
        request.Grant = grant;
        try
        {
            return await next(invocation).ConfigureAwait(false);
        }
        finally
        {
            grant.End();
            if (outer is { HasEnded: false })
                request.Grant = outer;
        }
    }

    private async ValueTask<bool> IsAllowedAsync(HttpContext context, GuardedEndpoint endpoint, Caller caller)
    {
        if ((endpoint.Callers & caller.Kind) == 0)
            return false;

        // A dashboard's user acts on one site; without its instance nobody can say for which site to elevate.
        if (caller is { Kind: Callers.User, InstanceId: null })
            return false;

        var others = context.User;
        context.User = caller.ToPrincipal();
        if (endpoint.Policy is { } name)
        {
            var policy = await policies.GetPolicyAsync(name).ConfigureAwait(false)
                ?? throw new InvalidOperationException($"[Elevate] on {endpoint.Name}: there is no authorization policy '{name}'.");
            var authenticated = policy.AuthenticationSchemes.Count > 0
                ? await evaluator.AuthenticateAsync(policy, context).ConfigureAwait(false)
                : AuthenticateResult.Success(new(context.User, WixDefaults.AuthenticationScheme));
            if (!(await evaluator.AuthorizeAsync(policy, authenticated, context, context).ConfigureAwait(false)).Succeeded)
                return false;
        }

        // The application's own user, from another scheme, is still there for the handler.
        foreach (var identity in others.Identities)
        {
            if (identity.IsAuthenticated && identity.AuthenticationType != WixDefaults.AuthenticationScheme && !context.User.Identities.Contains(identity))
                context.User.AddIdentity(identity);
        }

        return true;
    }

    private Task RefuseAsync(HttpContext context, GuardedEndpoint endpoint, Problem problem)
    {
        LogRefused(endpoint.Name, problem.Status, problem.Type);
        return ProblemWriter.WriteAsync(context, problem);
    }

    [LoggerMessage(1, LogLevel.Information, "A call to {Endpoint} was refused: {Status} {Problem}")]
    private partial void LogRefused(string endpoint, int status, string problem);

    [LoggerMessage(2, LogLevel.Warning, "A call to Wix failed in {Endpoint}")]
    private partial void LogWixFailed(Exception cause, string endpoint);
}
