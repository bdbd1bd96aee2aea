using System.Security.Claims;
using Endpoints.Wix.Emulator;
using FluentValidation;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Authorization.Policy;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Cors.Infrastructure;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace DropIn.Tests;

/// <summary>
/// Whatever service of the framework an application makes for each request is made for each request with the packages too.
/// </summary>
public sealed class ScopedServiceTests
{
    private static readonly Dictionary<string, Action<IServiceCollection>> Kinds = new()
    {
        ["handler"] = static services => services.AddScoped<IAuthorizationHandler, Handler>(),
        ["handler provider"] = static services => services.AddScoped<IAuthorizationHandlerProvider, HandlerProvider>(),
        ["handler context factory"] = static services => services.AddScoped<IAuthorizationHandlerContextFactory, ContextFactory>(),
        ["evaluator of results"] = static services => services.AddScoped<IAuthorizationEvaluator, Evaluator>(),
        ["policy evaluator"] = static services => services.AddScoped<IPolicyEvaluator, Evaluation>(),
        ["authorization service"] = static services => services.AddScoped<IAuthorizationService, Service>(),
        ["result handler"] = static services => services.AddScoped<IAuthorizationMiddlewareResultHandler, Results>(),
        ["claims transformation"] = static services => services.AddScoped<IClaimsTransformation, Transformation>(),
        ["authentication service"] = static services => services.AddScoped<IAuthenticationService, Authentication>(),
        ["CORS provider"] = static services => services.AddScoped<ICorsPolicyProvider, Cors>(),
        ["validator"] = static services => services.AddScoped<IValidator<Order>, OrderValidator>(),
        ["problem writer"] = static services => services.AddScoped<IProblemDetailsWriter, Writer>(),
        ["callers of rate limits"] = static services => services.AddScoped<Endpoints.IRateLimitCallers, Callers>(),
    };

    public static TheoryData<string, string> Rows
    {
        get
        {
            var rows = new TheoryData<string, string>();
            foreach (var kind in Kinds.Keys)
            {
                rows.Add(kind, "Development");
                rows.Add(kind, "Production");
            }

            return rows;
        }
    }

    [Theory]
    [MemberData(nameof(Rows))]
    public async Task D1_What_is_scoped_is_the_requests_own(string kind, string environment)
    {
        await using var wix = await WixEmulator.StartAsync();
        var log = new Seen();
        await using var site = await SmallSite.StartAsync(
            builder =>
            {
                builder.Services.AddFileRoutes();
                builder.Services.AddRateLimits();
                builder.Services.AddWix(options =>
                {
                    (options.ClientId, options.ClientSecret) = (wix.App.ClientId, new(wix.App.ClientSecret));
                    options.ApiBaseAddress = wix.Address;
                });
                builder.Services.AddSingleton(log).AddScoped<RequestWork>().AddCors().AddHttpContextAccessor();
                builder.Services.AddAuthentication(CookieAuthenticationDefaults.AuthenticationScheme).AddCookie();
                builder.Services.AddAuthorizationBuilder().AddPolicy("One", static policy => policy.AddRequirements(new One()))
                    .AddPolicy("Both", static policy => policy.AddRequirements(new One())
                        .AddAuthenticationSchemes(CookieAuthenticationDefaults.AuthenticationScheme));
                builder.Services.AddSingleton<IAuthorizationHandler, Allows>();
                Kinds[kind](builder.Services);
            },
            static app =>
            {
                app.Use(static async (context, next) =>
                {
                    try
                    {
                        await next(context);
                    }
                    catch (InvalidOperationException)
                    {
                        context.Response.StatusCode = 500;
                    }
                });
                app.UseCors();
                app.UseAuthentication();
                app.UseAuthorization();
                app.MapGet("/sign-in", static context =>
                    context.SignInAsync(new ClaimsPrincipal(new ClaimsIdentity([new("name", "ada")], "own"))));
                app.MapMethods("/it", ["GET", "POST"], static (HttpRequest request) => request.Query.ContainsKey("fail")
                    ? throw new InvalidOperationException("the application's own mistake") : "in")
                    .Elevate(Endpoints.Wix.Callers.Visitor, static options => (options.Policy, options.RateLimit) = ("One", "900/1m"))
                    .RequireAuthorization("Both").RateLimit("800/1m", Endpoints.RateLimitBy.Caller).RequireCors("any");
                app.MapPost("/order", static (Order order) => order.Name).Elevate(Endpoints.Wix.Callers.Visitor);
                app.MapGet("/limited", static () => "in").RateLimit("800/1m", Endpoints.RateLimitBy.Caller);
            },
            environment);

        using var signedIn = await site.Client.GetAsync("/sign-in");
        var cookie = signedIn.Headers.GetValues("Set-Cookie").Single().Split(';')[0];
        for (var i = 0; i < 3; i++)
        {
            await site.SendAsync("GET", "/it", null, ("Cookie", cookie));
            await site.SendAsync("POST", "/it", null, ("Origin", "https://elsewhere.example"));
            await site.SendAsync("GET", "/it?fail=1", null, ("Cookie", cookie));
            await site.SendAsync("POST", "/order", System.Net.Http.Json.JsonContent.Create(new Order("x")));
            await site.SendAsync("GET", "/limited");
        }

        Assert.NotEmpty(log.Works);
        Assert.All(log.Works.GroupBy(static work => work),
            static used => Assert.Single(used.Select(static work => work.Request).Distinct()));
        Assert.True(log.Works.Distinct().Count() >= 3, "One for each request.");
    }

    public sealed record Order(string Name);

    private sealed class One : IAuthorizationRequirement;

    private sealed class Allows : AuthorizationHandler<One>
    {
        protected override Task HandleRequirementAsync(AuthorizationHandlerContext context, One requirement)
        {
            context.Succeed(requirement);
            return Task.CompletedTask;
        }
    }

    /// <summary>What one request does, as a database context would know it.</summary>
    private sealed class RequestWork(Seen seen, IHttpContextAccessor accessor)
    {
        public string? Request { get; private set; }

        public void Use()
        {
            Request ??= accessor.HttpContext?.TraceIdentifier;
            lock (seen.Works)
                seen.Works.Add(this);
        }
    }

    private sealed class Seen
    {
        public List<RequestWork> Works { get; } = [];
    }

    private sealed class Handler(RequestWork work) : AuthorizationHandler<One>
    {
        protected override Task HandleRequirementAsync(AuthorizationHandlerContext context, One requirement)
        {
            work.Use();
            return Task.CompletedTask;
        }
    }

    private sealed class HandlerProvider(RequestWork work, IEnumerable<IAuthorizationHandler> handlers) : IAuthorizationHandlerProvider
    {
        public Task<IEnumerable<IAuthorizationHandler>> GetHandlersAsync(AuthorizationHandlerContext context)
        {
            work.Use();
            return Task.FromResult(handlers);
        }
    }

    private sealed class ContextFactory(RequestWork work) : IAuthorizationHandlerContextFactory
    {
        public AuthorizationHandlerContext CreateContext(IEnumerable<IAuthorizationRequirement> requirements, ClaimsPrincipal user,
            object? resource)
        {
            work.Use();
            return new(requirements, user, resource);
        }
    }

    private sealed class Evaluator(RequestWork work) : IAuthorizationEvaluator
    {
        public AuthorizationResult Evaluate(AuthorizationHandlerContext context)
        {
            work.Use();
            return new DefaultAuthorizationEvaluator().Evaluate(context);
        }
    }

    private sealed class Evaluation(RequestWork work, IAuthorizationService service) : PolicyEvaluator(service)
    {
        public override Task<PolicyAuthorizationResult> AuthorizeAsync(AuthorizationPolicy policy, AuthenticateResult authenticationResult,
            HttpContext context, object? resource)
        {
            work.Use();
            return base.AuthorizeAsync(policy, authenticationResult, context, resource);
        }
    }

    private sealed class Service(RequestWork work) : IAuthorizationService
    {
        public Task<AuthorizationResult> AuthorizeAsync(ClaimsPrincipal user, object? resource,
            IEnumerable<IAuthorizationRequirement> requirements)
        {
            work.Use();
            return Task.FromResult(AuthorizationResult.Success());
        }

        public Task<AuthorizationResult> AuthorizeAsync(ClaimsPrincipal user, object? resource, string policyName) =>
            AuthorizeAsync(user, resource, []);
    }

    private sealed class Results(RequestWork work) : IAuthorizationMiddlewareResultHandler
    {
        public Task HandleAsync(RequestDelegate next, HttpContext context, AuthorizationPolicy policy,
            PolicyAuthorizationResult authorizeResult)
        {
            work.Use();
            return next(context);
        }
    }

    private sealed class Transformation(RequestWork work) : IClaimsTransformation
    {
        public Task<ClaimsPrincipal> TransformAsync(ClaimsPrincipal principal)
        {
            work.Use();
            return Task.FromResult(principal);
        }
    }

    private sealed class Authentication(RequestWork work, IAuthenticationSchemeProvider schemes, IAuthenticationHandlerProvider handlers,
        IClaimsTransformation transform, IOptions<AuthenticationOptions> options)
        : AuthenticationService(schemes, handlers, transform, options)
    {
        public override Task<AuthenticateResult> AuthenticateAsync(HttpContext context, string? scheme)
        {
            work.Use();
            return base.AuthenticateAsync(context, scheme);
        }
    }

    private sealed class Cors(RequestWork work) : ICorsPolicyProvider
    {
        public Task<CorsPolicy?> GetPolicyAsync(HttpContext context, string? policyName)
        {
            work.Use();
            return Task.FromResult<CorsPolicy?>(new CorsPolicyBuilder("https://elsewhere.example").Build());
        }
    }

    private sealed class OrderValidator : AbstractValidator<Order>
    {
        public OrderValidator(RequestWork work) => RuleFor(static order => order.Name).Must(_ =>
        {
            work.Use();
            return true;
        });
    }

    private sealed class Writer(RequestWork work) : IProblemDetailsWriter
    {
        public bool CanWrite(ProblemDetailsContext context) => true;

        public ValueTask WriteAsync(ProblemDetailsContext context)
        {
            work.Use();
            return default;
        }
    }

    private sealed class Callers(RequestWork work) : Endpoints.IRateLimitCallers
    {
        public ValueTask<Endpoints.RateLimitCaller> IdentifyAsync(HttpContext context, CancellationToken cancellationToken)
        {
            work.Use();
            return default;
        }
    }
}
