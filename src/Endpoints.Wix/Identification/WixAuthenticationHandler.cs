using Endpoints.Problems;
using Endpoints.Wix.Apps;
using Endpoints.Wix.Problems;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace Endpoints.Wix.Identification;

/// <summary>Handles the authentication scheme <c>Wix</c>, with the request's caller as the principal.</summary>
/// <remarks>
/// Where the scheme is the application's default, the authentication middleware asks it about every request. It answers that first question
/// only for endpoints that want to know (those that authorize, or whose handler takes the caller and which have no guards to identify it),
/// so that others cost no call to Wix; who asks again by name gets an answer. An elevated endpoint's own limit comes before the question.
/// </remarks>
internal sealed class WixAuthenticationHandler(
    IAuthenticationSchemeProvider schemes,
    IOptions<AuthorizationOptions> authorization,
    WixApps apps) : IAuthenticationHandler
{
    private static readonly Task<AuthenticateResult> NotAnswered = Task.FromResult(AuthenticateResult.NoResult());

    private HttpContext? _context;
    private bool _asked;
    private Problem? _overLimit;
    private bool _outOfScope;
    private AuthenticateResult? _result;
    private RequestCaller? _caller;

    public Task InitializeAsync(AuthenticationScheme scheme, HttpContext context)
    {
        _context = context;
        return Task.CompletedTask;
    }

    public Task<AuthenticateResult> AuthenticateAsync()
    {
        // A request that goes on for long, or is handed on late, may outlive its caller's right.
        if (_result is not null && RequestCaller.Of(Context) is var request && request == _caller && (!_result.Succeeded || request.Holds))
            return Task.FromResult(_result);
        // Before routing, nobody can know whose caller is asked for.
        if (apps.AreSeveral && Context.GetEndpoint() is null)
            return NotAnswered;
        if (!_asked && !WantsToKnow(Context.GetEndpoint()))
        {
            _asked = true;
            var isDefault = IsDefaultAsync();
            if (!isDefault.IsCompletedSuccessfully)
                return AnswerIfAskedByNameAsync(isDefault);
            if (isDefault.Result)
                return NotAnswered;
        }

        _asked = true;
        return AnswerAsync();
    }

    public Task ChallengeAsync(AuthenticationProperties? properties)
    {
        var problem = _outOfScope ? WixProblems.CallerNotAllowed
            : _overLimit ?? (RequestCaller.Of(Context).Identified ?? Identity.Anonymous).Problem;
        return ProblemWriter.WriteAsync(Context, problem);
    }

    public Task ForbidAsync(AuthenticationProperties? properties) => ProblemWriter.WriteAsync(Context, WixProblems.CallerNotAllowed);

    private HttpContext Context => _context ?? throw new InvalidOperationException("The handler has not been initialized.");

    private async Task<AuthenticateResult> AnswerAsync() => _result = await IdentifyAsync(Context).ConfigureAwait(false);

    private async Task<AuthenticateResult> AnswerIfAskedByNameAsync(ValueTask<bool> isDefault) =>
        await isDefault.ConfigureAwait(false) ? AuthenticateResult.NoResult() : await AnswerAsync().ConfigureAwait(false);

    private async Task<AuthenticateResult> IdentifyAsync(HttpContext context)
    {
        var request = _caller = RequestCaller.Of(context);
        if (context.GetEndpoint()?.Metadata.GetMetadata<IIdentifyingGuards>() is { } guarded
            && await guarded.CountAddressAsync(context, request).ConfigureAwait(false) is { } problem)
        {
            _overLimit = problem;
            return AuthenticateResult.Fail("The client is over the endpoint's rate limit.");
        }

        var identity = await request.ConfirmAsync(context.RequestAborted).ConfigureAwait(false);
        if (identity.Caller is not { } caller)
            return AuthenticateResult.Fail("The caller is unknown: " + identity.Refusal);
        if (!identity.MayCall(context))
        {
            _outOfScope = true;
            return AuthenticateResult.Fail("The service's key does not cover the endpoint.");
        }

        return !identity.IsProven
            ? AuthenticateResult.NoResult()
            : AuthenticateResult.Success(new(caller.ToPrincipal(), WixDefaults.AuthenticationScheme));
    }

    private async ValueTask<bool> IsDefaultAsync() =>
        (await schemes.GetDefaultAuthenticateSchemeAsync().ConfigureAwait(false))?.Name == WixDefaults.AuthenticationScheme;

    private bool WantsToKnow(Endpoint? endpoint)
    {
        if (endpoint is null)
            return false; // before routing nobody can know; an endpoint that authorizes refuses then
        var metadata = endpoint.Metadata;
        if (metadata.GetMetadata<CallerWanted>() is not null && metadata.GetMetadata<IIdentifyingGuards>() is null)
            return true;
        if (metadata.GetMetadata<IAllowAnonymous>() is not null)
            return false;
        return metadata.GetMetadata<IAuthorizeData>() is not null
            || metadata.GetMetadata<AuthorizationPolicy>() is not null
            || metadata.GetMetadata<IAuthorizationRequirementData>() is not null
            || authorization.Value.FallbackPolicy is not null;
    }
}
