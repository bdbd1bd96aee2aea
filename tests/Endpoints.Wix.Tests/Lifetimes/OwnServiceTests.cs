using System.Net;
using System.Text;
using Endpoints.Wix.Emulator;
using Endpoints.Wix.Tests.Hosting;
using Endpoints.Wix.Tests.Surfaces;
using FluentValidation;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Authorization.Policy;
using Microsoft.AspNetCore.Cors.Infrastructure;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;

namespace Endpoints.Wix.Tests.Lifetimes;

/// <summary>
/// A guard calls the request's own services, whatever their lifetime: one of the first request's would decide for everybody.
/// </summary>
public sealed class OwnServiceTests
{
    private static readonly (Type Service, Type Own)[] Services =
    [
        (typeof(IAuthorizationHandler), typeof(OwnHandler)), (typeof(IAuthorizationHandlerProvider), typeof(OwnHandlerProvider)),
        (typeof(IAuthorizationHandlerContextFactory), typeof(OwnContextFactory)), (typeof(IAuthorizationEvaluator), typeof(OwnEvaluator)),
        (typeof(IAuthorizationService), typeof(OwnAuthorization)), (typeof(IAuthorizationPolicyProvider), typeof(OwnPolicyProvider)),
        (typeof(IPolicyEvaluator), typeof(OwnPolicyEvaluator)), (typeof(IAuthorizationMiddlewareResultHandler), typeof(OwnResultHandler)),
        (typeof(IClaimsTransformation), typeof(OwnTransformation)), (typeof(ICorsPolicyProvider), typeof(OwnCorsPolicies)),
        (typeof(OwnCheck), typeof(OwnCheck)),
        (typeof(IValidator<OwnChange>), typeof(OwnValidator)),
    ];

    public static TheoryData<string> Names => new(Services.Select(static service => service.Own.Name));

    [Theory]
    [MemberData(nameof(Names))]
    public async Task S73_A_guard_calls_the_requests_own_services(string name)
    {
        var (service, own) = Services.Single(known => known.Own.Name == name);
        foreach (var lifetime in Enum.GetValues<ServiceLifetime>())
        {
            foreach (var environment in new[] { "Development", "Production" })
                await TryAsync(service, own, lifetime, environment);
        }
    }

    private static async Task TryAsync(Type service, Type own, ServiceLifetime lifetime, string environment)
    {
        var calls = new Calls();
        object? requests = null;
        await using var site = await WixSite.StartAsync(
            app =>
            {
                app.Use((context, next) =>
                {
                    requests = context.RequestServices.GetRequiredService(own);
                    return next(context);
                });
                app.UseCors();
                app.UseAuthorization();
                app.MapPost("/minimal/{id}", (string id, OwnChange change) => "in")
                    .Elevate(Callers.Member, options => { options.Policy = "Own"; options.Check = typeof(OwnCheck); })
                    .RequireAuthorization();
                app.MapFileRoutes([new FileRoute("file/[id].cs", "/file/[id]", typeof(OwnFile), [new("POST", nameof(OwnFile.Post))])])
                    .RequireAuthorization();
                app.MapControllers();
            },
            configure: static options => options.OwnOrigins.Add(new("https://other.example")),
            build: builder =>
            {
                builder.Environment.EnvironmentName = environment;
                // MVC itself keeps the policy provider in a singleton, which Development would refuse.
                builder.Host.UseDefaultServiceProvider(options => options.ValidateScopes = options.ValidateOnBuild =
                    environment == "Development"
                    && (lifetime != ServiceLifetime.Scoped || service != typeof(IAuthorizationPolicyProvider)));
                builder.Services.AddFileRoutes().AddCors().AddSingleton(calls);
                builder.Services.AddAuthentication("Wix").AddScheme<AuthenticationSchemeOptions, OtherScheme>("Other", null);
                builder.Services.AddAuthorizationBuilder()
                    .AddPolicy("Own", static policy => policy.AddAuthenticationSchemes("Wix", "Other").RequireAuthenticatedUser());
                OnlyControllers.AddTo(builder, typeof(OwnController));
                builder.Services.TryAddSingleton<OwnCheck>();
                builder.Services.RemoveAll(own);
                builder.Services.Add(new(own, own, lifetime));
                if (service != own)
                    builder.Services.Add(new(service, scope => scope.GetRequiredService(own), lifetime));
            });
        var cookie = SessionCookie.Of(site.Wix.App.ClientId, site.Wix.IssueSession(EmulatedIdentity.Member("alice")));

        foreach (var path in new[] { "/minimal/7", "/file/7", "/action/7" })
        {
            var what = $"{own.Name} {lifetime} {environment} {path}";
            var seen = new List<(IReadOnlyList<object> Called, object Requests)>();
            for (var i = 0; i < 2; i++)
            {
                calls.Take();
                using var content = new StringContent("""{"quantity":3}""", Encoding.UTF8, "application/json");
                var answer = await site.SendAsync("POST", path, cookie: cookie, content: content,
                    headers: [("Origin", "https://other.example"), ("Sec-Fetch-Site", "cross-site")]);
                Assert.True(answer.Status == HttpStatusCode.OK, $"{what}: {answer.Status} {answer.Body}");
                seen.Add(([.. calls.Take().Where(own.IsInstanceOfType)], requests!));
            }

            Assert.All(seen, request => Assert.True(request.Called.Count > 0, what));
            var all = seen.SelectMany(static request => request.Called).Distinct().Count();
            switch (lifetime)
            {
                case ServiceLifetime.Singleton:
                    Assert.True(all == 1, what);
                    break;
                case ServiceLifetime.Scoped:
                    Assert.All(seen,
                        request => Assert.True(request.Called.Count == 1 && ReferenceEquals(request.Called[0], request.Requests), what));
                    Assert.True(all == 2, what);
                    break;
                default:
                    Assert.True(!seen[0].Called.Intersect(seen[1].Called).Any(), what);
                    break;
            }
        }
    }

    [Route("/action/{id}")]
    internal sealed class OwnController : ControllerBase
    {
        [HttpPost]
        [Authorize]
        [Elevate(Callers.Member, Policy = "Own", Check = typeof(OwnCheck))]
        public string Post(string id, [FromBody] OwnChange change) => id + change.Quantity + HttpContext.Request.Method;
    }
}

public static class OwnFile
{
    [Elevate(Callers.Member, Policy = "Own", Check = typeof(OwnCheck))]
    public static string Post(string id, OwnChange change) => id + change.Quantity;
}
