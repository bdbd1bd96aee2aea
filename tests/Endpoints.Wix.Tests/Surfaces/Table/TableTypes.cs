using FluentValidation;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;

namespace Endpoints.Wix.Tests.Surfaces.Table;

// One endpoint, with all guards, on every surface.
internal static class Row
{
    public const string Limit = "12/1m";
    public const string Policy = "NotMallory";
    public const string Call = "GET /site-properties/*";

    /// <summary>Says what the request tries.</summary>
    public const string Probe = "X-Probe";

    public static Task<string> RunAsync(HttpContext context, IServiceProvider? services = null) =>
        context.RequestServices.GetRequiredService<TableProbe>().RunAsync(context.Request.Headers[Probe].ToString(),
            services ?? context.RequestServices, context);
}

internal sealed class RowCheck : IElevationCheck
{
    public ValueTask<bool> IsAllowedAsync(ElevationCheckContext context, CancellationToken cancellationToken) =>
        new(context.HttpContext.Request.RouteValues["id"] as string == context.Caller.Id);
}

internal sealed class RowQuery
{
    public int Quantity { get; set; }
}

internal sealed class RowQueryValidator : AbstractValidator<RowQuery>
{
    public RowQueryValidator() => RuleFor(static query => query.Quantity).InclusiveBetween(1, 100);
}

internal static class RowFile
{
    [Elevate(Callers.Member | Callers.Service, RateLimit = Row.Limit, Policy = Row.Policy, Only = [Row.Call], Check = typeof(RowCheck))]
    public static Task<string> Post(HttpContext context, string id, OrderChange change) => Row.RunAsync(context);
}

[Route("/t/{id}")]
internal sealed class RowController : Controller
{
    [HttpPost]
    [Elevate(Callers.Member | Callers.Service, RateLimit = Row.Limit, Policy = Row.Policy, Only = [Row.Call], Check = typeof(RowCheck))]
    public Task<string> Post(string id, [FromBody] OrderChange change) => Row.RunAsync(HttpContext);
}

internal sealed class RowConventionController : Controller
{
    [HttpPost]
    [Elevate(Callers.Member | Callers.Service, RateLimit = Row.Limit, Policy = Row.Policy, Only = [Row.Call], Check = typeof(RowCheck))]
    public Task<string> Change(string id, [FromBody] OrderChange change) => Row.RunAsync(HttpContext);
}

[ApiController]
[Route("/t/{id}")]
internal sealed class RowApiController : ControllerBase
{
    [HttpPost]
    [Elevate(Callers.Member | Callers.Service, RateLimit = Row.Limit, Policy = Row.Policy, Only = [Row.Call], Check = typeof(RowCheck))]
    public Task<string> Post(string id, OrderChange change) => Row.RunAsync(HttpContext);
}

[IgnoreAntiforgeryToken]
[Elevate(Callers.Member | Callers.Service, RateLimit = Row.Limit, Policy = Row.Policy, Only = [Row.Call], Check = typeof(RowCheck))]
internal sealed class RowPage : PageModel
{
    public async Task<IActionResult> OnPostAsync(string id, [FromBody] OrderChange change) => Content(await Row.RunAsync(HttpContext));
}

internal sealed class RowHub(IServiceProvider services) : Hub
{
    public Task<string> Run() => Row.RunAsync(Context.GetHttpContext()!, services);
}

internal sealed class RowValidatedHub : Hub
{
    public string Run(OrderChange change) => Context.ConnectionId + change.Quantity;
}

internal sealed class RowHealthCheck(IHttpContextAccessor accessor, IServiceProvider services) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        HealthCheckResult.Healthy(await Row.RunAsync(accessor.HttpContext!, services));
}

/// <summary>Has a scope of its own for its whole life, as a singleton or a message handler has.</summary>
internal sealed class RowHolder(IServiceScopeFactory scopes) : IDisposable
{
    private readonly IServiceScope _scope = scopes.CreateScope();

    public IServiceProvider Services
    {
        get
        {
            // Taken once, by the first request, and kept.
            foreach (var type in new[] { typeof(WixClient), typeof(ElevatedWixClient), typeof(SiteProperties), typeof(WixAuth) })
                _scope.ServiceProvider.GetRequiredService(type);
            return _scope.ServiceProvider;
        }
    }

    public void Dispose() => _scope.Dispose();
}

internal sealed class RowMessageHandler(IServiceProvider services, IHttpContextAccessor accessor) : DelegatingHandler
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
        new() { Content = new StringContent(await Row.RunAsync(accessor.HttpContext!, services)) };
}

internal sealed class RowService(IServiceScopeFactory scopes, TableProbe probe) : IHostedService
{
    public async Task<string> RunAsync(string what)
    {
        await using var scope = scopes.CreateAsyncScope();
        return await probe.RunAsync(what, scope.ServiceProvider, null);
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
