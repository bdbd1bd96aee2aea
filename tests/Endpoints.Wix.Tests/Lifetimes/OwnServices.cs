using System.Security.Claims;
using FluentValidation;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Authorization.Infrastructure;
using Microsoft.AspNetCore.Authorization.Policy;
using Microsoft.AspNetCore.Cors.Infrastructure;
using Microsoft.Extensions.Options;

namespace Endpoints.Wix.Tests.Lifetimes;

// What an application may bring of its own, and a guard calls. Each does what the framework's does.
internal sealed class OwnHandler(Calls calls) : IAuthorizationHandler
{
    public Task HandleAsync(AuthorizationHandlerContext context)
    {
        calls.Add(this);
        return Task.CompletedTask;
    }
}

internal sealed class OwnHandlerProvider(Calls calls) : IAuthorizationHandlerProvider
{
    public Task<IEnumerable<IAuthorizationHandler>> GetHandlersAsync(AuthorizationHandlerContext context)
    {
        calls.Add(this);
        return Task.FromResult<IEnumerable<IAuthorizationHandler>>([new PassThroughAuthorizationHandler()]);
    }
}

internal sealed class OwnContextFactory(Calls calls) : IAuthorizationHandlerContextFactory
{
    public AuthorizationHandlerContext CreateContext(IEnumerable<IAuthorizationRequirement> requirements, ClaimsPrincipal user,
        object? resource)
    {
        calls.Add(this);
        return new(requirements, user, resource);
    }
}

internal sealed class OwnEvaluator(Calls calls) : IAuthorizationEvaluator
{
    private readonly DefaultAuthorizationEvaluator _default = new();

    public AuthorizationResult Evaluate(AuthorizationHandlerContext context)
    {
        calls.Add(this);
        return _default.Evaluate(context);
    }
}

internal sealed class OwnAuthorization(Calls calls) : IAuthorizationService
{
    public Task<AuthorizationResult> AuthorizeAsync(ClaimsPrincipal user, object? resource,
        IEnumerable<IAuthorizationRequirement> requirements)
    {
        calls.Add(this);
        return Task.FromResult(AuthorizationResult.Success());
    }

    public Task<AuthorizationResult> AuthorizeAsync(ClaimsPrincipal user, object? resource, string policyName) =>
        AuthorizeAsync(user, resource, []);
}

internal sealed class OwnPolicyProvider(Calls calls, IOptions<AuthorizationOptions> options) : IAuthorizationPolicyProvider
{
    private readonly DefaultAuthorizationPolicyProvider _default = new(options);

    public Task<AuthorizationPolicy> GetDefaultPolicyAsync() => _default.GetDefaultPolicyAsync();

    public Task<AuthorizationPolicy?> GetFallbackPolicyAsync() => _default.GetFallbackPolicyAsync();

    public Task<AuthorizationPolicy?> GetPolicyAsync(string policyName)
    {
        calls.Add(this);
        return _default.GetPolicyAsync(policyName);
    }
}

internal sealed class OwnPolicyEvaluator(Calls calls) : IPolicyEvaluator
{
    public Task<AuthenticateResult> AuthenticateAsync(AuthorizationPolicy policy, HttpContext context)
    {
        calls.Add(this);
        return context.AuthenticateAsync("Other");
    }

    public Task<PolicyAuthorizationResult> AuthorizeAsync(AuthorizationPolicy policy, AuthenticateResult authenticationResult,
        HttpContext context, object? resource)
    {
        calls.Add(this);
        return Task.FromResult(PolicyAuthorizationResult.Success());
    }
}

internal sealed class OwnResultHandler(Calls calls) : IAuthorizationMiddlewareResultHandler
{
    public Task HandleAsync(RequestDelegate next, HttpContext context, AuthorizationPolicy policy,
        PolicyAuthorizationResult authorizeResult)
    {
        calls.Add(this);
        return next(context);
    }
}

internal sealed class OwnTransformation(Calls calls) : IClaimsTransformation
{
    public Task<ClaimsPrincipal> TransformAsync(ClaimsPrincipal principal)
    {
        calls.Add(this);
        return Task.FromResult(principal);
    }
}

internal sealed class OwnCorsPolicies(Calls calls) : ICorsPolicyProvider
{
    public Task<CorsPolicy?> GetPolicyAsync(HttpContext context, string? policyName)
    {
        calls.Add(this);
        return Task.FromResult<CorsPolicy?>(
            new CorsPolicyBuilder().WithOrigins("https://other.example").AllowAnyMethod().AllowAnyHeader().AllowCredentials().Build());
    }
}

internal sealed class OwnCheck(Calls calls) : IElevationCheck
{
    public ValueTask<bool> IsAllowedAsync(ElevationCheckContext context, CancellationToken cancellationToken)
    {
        calls.Add(this);
        return new(true);
    }
}

/// <summary>Bound by no other endpoint: only here is what its validator takes registered.</summary>
public sealed class OwnChange
{
    public int Quantity { get; set; }
}

internal sealed class OwnValidator : AbstractValidator<OwnChange>
{
    public OwnValidator(Calls calls) => RuleFor(static change => change.Quantity).Must(_ =>
    {
        calls.Add(this);
        return true;
    });
}

internal sealed class OtherScheme(IOptionsMonitor<AuthenticationSchemeOptions> options, Microsoft.Extensions.Logging.ILoggerFactory logger,
    System.Text.Encodings.Web.UrlEncoder encoder)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    protected override Task<AuthenticateResult> HandleAuthenticateAsync() =>
        Task.FromResult(AuthenticateResult.Success(new(new(new ClaimsIdentity("Other")), Scheme.Name)));
}
