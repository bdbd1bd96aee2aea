using Endpoints.Origins;
using Endpoints.Problems;
using Endpoints.RateLimiting;
using Endpoints.RateLimiting.Enforcing;
using Endpoints.Shared.Limits;
using Endpoints.Wix.Apps;
using Endpoints.Wix.Elevation.Bodies;
using Endpoints.Wix.Identification;
using Endpoints.Wix.Origins;
using Endpoints.Wix.Problems;
using Endpoints.Wix.RateLimiting;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Authorization.Policy;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features.Authentication;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Endpoints.Wix.Elevation;

/// <summary>
/// Represents the steps that every request to an elevated endpoint passes. Their order is a security property: no later step runs when one
/// refuses.
/// </summary>
internal sealed partial class ElevationPipeline(
    PerApp<AppGuards> apps,
    RateLimitScopes scopes,
    RateLimitGate limits,
    ILogger<ElevationPipeline> logger,
    IServiceProviderIsService? registered = null)
{
    /// <summary>Creates the guards of one endpoint.</summary>
    /// <exception cref="InvalidOperationException">A property of the rule is invalid. The message names the endpoint.</exception>
    /// <param name="name">The endpoint's name.</param>
    /// <param name="template">The name of its route.</param>
    /// <param name="rule">The rule that applies.</param>
    /// <param name="body">The check of request bodies.</param>
    /// <param name="metadata">
    /// The endpoint's metadata, with its other limits; <see langword="null"/> for guards that no request from outside reaches.
    /// </param>
    /// <param name="alwaysActs">
    /// <see langword="true"/> to treat each request as a change, whatever its method; otherwise, <see langword="false"/>.
    /// </param>
    public GuardedEndpoint Guard(string name, string template, IElevationRule rule, ElevatedBody body, IEnumerable<object>? metadata,
        bool alwaysActs = false)
    {
        IReadOnlyList<object> all = [.. metadata ?? []];
        var guarded = new GuardedEndpoint(name, rule, body, metadata is null
            ? [EndpointLimits.Of(name, template, all, scopes, [])]
            : [.. AppsOf(name, rule).Select(
                app => EndpointLimits.Of(name, template, all, scopes, LimitsOf(name, template, rule, all, app)))])
        {
            Pipeline = this, Template = template, AlwaysActs = alwaysActs,
        };
        if (guarded.Check is { } check && registered?.IsService(check) == false)
            throw new InvalidOperationException(
                $"[Elevate] on {name}: the check {check.Name} is not registered. Call AddElevationCheck<{check.Name}>() on what AddWix "
                + "returns.");
        return guarded;
    }

    /// <summary>Runs the guards around an endpoint's request delegate, and everything that surrounds them.</summary>
    public async Task InvokeAsync(HttpContext context, GuardedEndpoint endpoint, RequestDelegate next)
    {
        var request = RequestCaller.Of(context);
        var elevation = RequestElevation.Of(request);
        var outer = elevation.Admitted; // an endpoint that hands the request on to this one
        if (await AdmitAsync(context, request, endpoint).ConfigureAwait(false) is { } problem)
        {
            await ProblemWriter.WriteAsync(context, problem).ConfigureAwait(false);
            return;
        }

        // 7. The endpoint's own: what it is bound to, and whether that is valid. Its innermost filter comes back for 8 and 9.
        try
        {
            await next(context).ConfigureAwait(false);
        }
        catch (BodyTooLargeException e) when (!context.Response.HasStarted)
        {
            await ProblemWriter.ReplaceAsync(context, Refuse(apps.Of(request.App), endpoint, e.Problem)).ConfigureAwait(false);
        }
        catch (Exception e) when (WixProblems.Of(e) is { } known && !context.Response.HasStarted)
        {
            LogWixFailed(e, endpoint.Name);
            await ProblemWriter.ReplaceAsync(context, known).ConfigureAwait(false);
        }
        finally
        {
            elevation.Return(outer);
        }
    }

    /// <summary>Runs steps 1 to 6, which determine whether the request may be bound.</summary>
    /// <returns>The problem for which the request is refused; <see langword="null"/> if it is admitted.</returns>
    public ValueTask<Problem?> AdmitAsync(HttpContext context, GuardedEndpoint endpoint) =>
        AdmitAsync(context, RequestCaller.Of(context), endpoint);

    private async ValueTask<Problem?> AdmitAsync(HttpContext context, RequestCaller request, GuardedEndpoint endpoint)
    {
        // What an elevated call brings is for this caller only. A handler that knows better sets its own.
        NeverStored.Tell(context);
        if (endpoint.App is { } named && request.App.Name.Value != named)
        {
            throw new InvalidOperationException(
                $"{endpoint.Name} is an endpoint of the Wix app '{named}', and was reached in a request that is for {request.App}. The "
                + "request is rejected.");
        }

        var app = apps.Of(request.App);

        // What the application demands as well is asked by its middleware, and nothing runs where that was left out.
        if (await UnaskedDemands.HasAsync(context, endpoint).ConfigureAwait(false))
        {
            LogStopped(endpoint.Name, UnaskedDemands.Fault);
            return RequestProblems.Unhandled;
        }

        // 1. The client's limit, before any work is done for the caller.
        if (await endpoint.CountAddressAsync(context, request).ConfigureAwait(false) is { } early)
            return Refuse(app, endpoint, early);

        // 2. Who is calling. Not finding out is a refusal of its own.
        var identity = await request.ConfirmAsync(context.RequestAborted).ConfigureAwait(false);
        if (identity.Caller is not { } caller)
            return Refuse(app, endpoint, identity.Problem);

        // 3. What a browser sends by itself, any site's page can make it send. Who may not call at all is told so instead.
        var policy = await PolicyAsync(context, endpoint).ConfigureAwait(false);
        var proof = Proofs.Of(context, identity, policy);
        var isChange = endpoint.AlwaysActs || !SafeRequest.Is(context);
        if (proof != Proof.Token
            && isChange
            && (proof == Proof.Ambient || (endpoint.Callers & caller.Kind) != 0)
            && !await app.OwnPages.MaySendAsync(context, proof).ConfigureAwait(false))
        {
            return Refuse(app, endpoint, app.OwnPages.Refusal(context.Request));
        }

        // 4. Whether this caller may call.
        try
        {
            if (!MayCall(context, endpoint, identity)
                || !await IsAllowedAsync(context, app, endpoint, caller, policy).ConfigureAwait(false))
                return Refuse(app, endpoint, !identity.IsProven ? identity.Problem : WixProblems.CallerNotAllowed);
        }
        catch (WixUnavailableException e)
        {
            return Refuse(app, endpoint, WixProblems.Unavailable(e.RetryAfter));
        }

        // 5. The caller's limit.
        if (await limits.AskAsync(context, endpoint.Name, endpoint.LimitsOf(request.App).Callers, caller.ForLimits(app.App))
            .ConfigureAwait(false) is { } over)
            return Refuse(app, endpoint, over);

        // 6. The body, now that somebody may send one.
        CountedBody.Put(context);
        QuotedCharset.Unquote(context.Request);
        if (await endpoint.Body.TakeAsync(context).ConfigureAwait(false) is { } unfit)
            return Refuse(app, endpoint, unfit);

        RequestElevation.Of(request).Admit(new(endpoint, caller, request) { Client = ClientAddress.Of(context) });
        if (!isChange && proof != Proof.Token)
            ActingStreams.Watch(context, app.OwnPages, proof);
        return null;
    }

    /// <summary>Counts a request against the limits that come before any work.</summary>
    /// <returns>The problem for which the request is refused; <see langword="null"/> if it is within the limits.</returns>
    public ValueTask<Problem?> CountAddressAsync(HttpContext context, GuardedEndpoint endpoint, RequestCaller request) =>
        limits.AskAsync(context, endpoint.Name, endpoint.LimitsOf(request.App).First, default);

    /// <summary>Returns the grant with which the handler begins, if the guards of this endpoint have let the request pass.</summary>
    /// <exception cref="InvalidOperationException">The guards of this endpoint have not let the request pass.</exception>
    public static ElevationGrant Admitted(HttpContext context, GuardedEndpoint? guarded)
    {
        var request = RequestCaller.Of(context);
        return RequestElevation.Of(request).Admitted is { } grant && ReferenceEquals(grant.Endpoint, guarded)
            && request.Identified?.Caller is { } caller
            ? grant.ForRun(caller)
            : throw new InvalidOperationException("An elevated handler was reached past its guards. The request is rejected.");
    }

    /// <summary>
    /// Runs step 8, which queries the endpoint's check, if any, about the bound request. Step 9 is the handler, within a
    /// <see cref="GrantScope"/>.
    /// </summary>
    /// <returns>The problem for which the request is refused; <see langword="null"/> if the handler may run.</returns>
    public async ValueTask<Problem?> CheckAsync(HttpContext context, ElevationGrant grant, IReadOnlyDictionary<string, object?> arguments)
    {
        var endpoint = grant.Endpoint;
        try
        {
            var check = (IElevationCheck)context.RequestServices.GetRequiredService(endpoint.Check!); // who calls this has looked
            if (await check.IsAllowedAsync(new(context, grant.Caller, arguments), context.RequestAborted).ConfigureAwait(false))
            {
                grant.Allow();
                return null;
            }
        }
        catch (Exception e) when (WixProblems.Of(e) is null
            && !(e is OperationCanceledException && context.RequestAborted.IsCancellationRequested))
        {
            LogCheckFailed(e, endpoint.Name);
            return RequestProblems.Unhandled;
        }

        return Refuse(apps.Of(grant.Request.App), endpoint, WixProblems.NotYours);
    }

    /// <summary>Returns the services that may call an endpoint, with the entries that say so.</summary>
    public IEnumerable<string> ServicesOf(GuardedEndpoint endpoint) =>
        from app in endpoint.App is { } name ? [apps.Apps.Find(name)!] : apps.Apps.All // its guards were made for it
        from service in apps.Of(app).Services.All.DistinctBy(static service => service.Name)
        let entries = service.Scope.Covering(endpoint.Template).ToArray()
        where entries.Length > 0
        select $"{service.Name} ({string.Join(", ", entries)})";

    /// <summary>Responds for an endpoint whose guards can't work.</summary>
    public Task StopAsync(HttpContext context, GuardedEndpoint endpoint, string fault)
    {
        LogStopped(endpoint.Name, fault);
        return ProblemWriter.WriteAsync(context, RequestProblems.Unhandled);
    }

    // What decides about a request is the request's own: a handler of the first request's would decide for everybody.
    private static async ValueTask<AuthorizationPolicy?> PolicyAsync(HttpContext context, GuardedEndpoint endpoint) =>
        endpoint.Policy is { } name
        ? await context.RequestServices.GetRequiredService<IAuthorizationPolicyProvider>().GetPolicyAsync(name).ConfigureAwait(false)
            ?? throw new InvalidOperationException($"[Elevate] on {endpoint.Name}: there is no authorization policy '{name}'.")
        : null;

    /// <summary>Returns the apps that requests to an endpoint may be for.</summary>
    /// <exception cref="InvalidOperationException">There is none.</exception>
    private IReadOnlyList<WixApp> AppsOf(string name, IElevationRule rule)
    {
        var known = apps.Apps;
        if (rule.App is { } app)
            return [known.Find(app) ?? throw new InvalidOperationException($"[Elevate] on {name}: {known.Missing(app)}")];
        return known.HaveDefault ? known.All : throw new InvalidOperationException($"[Elevate] on {name}: {known.Unnamed}");
    }

    /// <summary>
    /// Returns the limits of the rule, per client address and again per caller, or the limit of every elevated endpoint if the rule has
    /// none.
    /// </summary>
    private List<LimitUse> LimitsOf(string name, string template, IElevationRule rule, IReadOnlyList<object> metadata, WixApp app)
    {
        if (rule.RateLimit is not { } text)
            return [new(scopes.Find(app.Name.Of(WixRules.Elevated), template)!, Cost: 0) { IsClosed = true }]; // it is among the defaults
        var read = LimitText.TryParseAll(text, out var flaw)
            ?? throw new InvalidOperationException($"[Elevate] on {name}: RateLimit: {LimitText.Explain(text, flaw)}.");
        var uses = new List<LimitUse>();
        var places = new LimitPlaces(template, metadata);
        foreach (var limit in read)
        {
            uses.Add(new(Written(limit, RateLimitBy.Address), Cost: 0) { IsClosed = true });
            // they are no more than an address
            uses.Add(new(Written(limit, RateLimitBy.Caller), Cost: 0) { IsClosed = true, LeavesOutAnonymous = true });
        }

        return uses;

        RateLimitScope Written(LimitText limit, RateLimitBy by) => scopes.Written(
            template, places.Of(rule, app.Name.Of("elevated"), rule.IsOfOne, by, limit.ToString()), limit, by);
    }

    // A service may call the endpoint that was routed to, and none that it was handed on to.
    private static bool MayCall(HttpContext context, GuardedEndpoint endpoint, Identity identity) =>
        identity.Service is null
        || (ReferenceEquals(context.GetEndpoint()?.Metadata.GetMetadata<GuardedEndpoint>(), endpoint) && identity.MayCall(context));

    private static async ValueTask<bool> IsAllowedAsync(HttpContext context, AppGuards app, GuardedEndpoint endpoint, Caller caller,
        AuthorizationPolicy? policy)
    {
        if ((endpoint.Callers & caller.Kind) == 0)
            return false;

        // The app may be on many sites, and elevation is for the caller's alone.
        if (!await app.Instances.IsKnownAsync(caller, context.RequestAborted).ConfigureAwait(false))
            return false;

        var others = context.Features.Get<IHttpAuthenticationFeature>()?.User; // the context would make one
        if (others is null)
            context.Features.Set<IHttpAuthenticationFeature>(new LazyPrincipal(caller));
        else
            context.User = caller.ToPrincipal();
        if (policy is not null)
        {
            var evaluator = context.RequestServices.GetRequiredService<IPolicyEvaluator>();
            var authenticated = policy.AuthenticationSchemes.Count > 0
                ? await evaluator.AuthenticateAsync(policy, context).ConfigureAwait(false)
                : AuthenticateResult.Success(new(context.User, WixDefaults.AuthenticationScheme));
            if (!(await evaluator.AuthorizeAsync(policy, authenticated, context, context).ConfigureAwait(false)).Succeeded)
                return false;
        }

        // The application's own user, from another scheme, is still there for the handler.
        foreach (var identity in others?.Identities ?? [])
        {
            if (identity.IsAuthenticated && identity.AuthenticationType != WixDefaults.AuthenticationScheme
                && !context.User.Identities.Contains(identity))
                context.User.AddIdentity(identity);
        }

        return true;
    }

    private Problem Refuse(AppGuards app, GuardedEndpoint endpoint, Problem problem)
    {
        app.Telemetry.Refused(endpoint.Name, problem.Type);
        LogRefused(endpoint.Name, problem.Status, problem.Type);
        return problem;
    }

    [LoggerMessage(1, LogLevel.Information, "A request to {Endpoint} was rejected: {Status} {Problem}")]
    private partial void LogRefused(string endpoint, int status, string problem);

    [LoggerMessage(2, LogLevel.Warning, "A call to Wix failed in {Endpoint}")]
    private partial void LogWixFailed(Exception cause, string endpoint);

    [LoggerMessage(3, LogLevel.Error, "The check of {Endpoint} failed; the handler is not run")]
    private partial void LogCheckFailed(Exception cause, string endpoint);

    [LoggerMessage(4, LogLevel.Critical, "{Endpoint} is not run: {Fault}")]
    private partial void LogStopped(string endpoint, string fault);
}
