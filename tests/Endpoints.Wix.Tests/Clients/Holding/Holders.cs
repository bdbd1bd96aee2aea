using System.Threading.Channels;
using Microsoft.AspNetCore.Authorization;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.ObjectPool;
using Microsoft.Extensions.Options;

namespace Endpoints.Wix.Tests.Clients.Holding;

internal sealed class Singleton(Bag bag)
{
    public Bag Bag => bag;
}

internal sealed class Typed(HttpClient http, Bag bag)
{
    public Bag Bag => bag;

    public HttpClient Http => http;
}

/// <summary>
/// A message handler that calls Wix on the way: to sign a request, say. The factory makes it in a scope of its own and keeps it for
/// minutes.
/// </summary>
internal sealed class SigningHandler(Bag bag, Work work) : DelegatingHandler
{
    public static readonly HttpRequestOptionsKey<Ticket> Ticket = new("ticket");

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        request.Options.TryGetValue(Ticket, out var ticket);
        return new() { Content = new StringContent(await work.RunAsync(ticket!, bag)) };
    }
}

internal sealed class PrimaryHandler(Bag bag, Work work) : HttpMessageHandler
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        request.Options.TryGetValue(SigningHandler.Ticket, out var ticket);
        return new() { Content = new StringContent(await work.RunAsync(ticket!, bag)) };
    }
}

internal sealed class PoolPolicy(IServiceProvider root) : PooledObjectPolicy<Bag>
{
    public override Bag Create() => root.GetRequiredService<Bag>();

    public override bool Return(Bag obj) => true;
}

internal sealed class Settings
{
    public Func<HttpContext, Task<string>> Call { get; set; } = null!;
}

/// <summary>Does what requests hand to it.</summary>
internal sealed class Worker(Bag bag, Work work) : BackgroundService
{
    private readonly Channel<(Ticket Ticket, Bag? Bag, TaskCompletionSource<string> Done)> _jobs =
        Channel.CreateUnbounded<(Ticket, Bag?, TaskCompletionSource<string>)>();

    /// <param name="ticket">The call.</param>
    /// <param name="own">The request's clients; null for the worker's.</param>
    public Task<string> DoAsync(Ticket ticket, Bag? own)
    {
        var done = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        _jobs.Writer.TryWrite((ticket, own, done));
        return done.Task;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await foreach (var (ticket, own, done) in _jobs.Reader.ReadAllAsync(stoppingToken))
            _ = RunAsync(ticket, own ?? bag, done);
    }

    private async Task RunAsync(Ticket ticket, Bag clients, TaskCompletionSource<string> done) =>
        done.SetResult(await work.RunAsync(ticket, clients));
}

/// <summary>A queue whose loop the first request starts, in that request's flow.</summary>
internal sealed class LazyWorker(Work work)
{
    private readonly Channel<(Ticket Ticket, Bag Bag, TaskCompletionSource<string> Done)> _jobs =
        Channel.CreateUnbounded<(Ticket, Bag, TaskCompletionSource<string>)>();
    private int _started;

    public Task<string> DoAsync(Ticket ticket, Bag bag)
    {
        if (Interlocked.Exchange(ref _started, 1) == 0)
            _ = Task.Run(LoopAsync);
        var done = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        _jobs.Writer.TryWrite((ticket, bag, done));
        return done.Task;
    }

    private async Task LoopAsync()
    {
        await foreach (var (ticket, bag, done) in _jobs.Reader.ReadAllAsync())
            _ = RunAsync(ticket, bag, done);
    }

    private async Task RunAsync(Ticket ticket, Bag bag, TaskCompletionSource<string> done) =>
        done.SetResult(await work.RunAsync(ticket, bag));
}

internal sealed class ConventionMiddleware(RequestDelegate next, Bag bag, Work work)
{
    public async Task InvokeAsync(HttpContext context)
    {
        if (context.Request.Path == "/middleware")
            await context.Response.WriteAsync(await work.RunAsync(context, bag));
        else
            await next(context);
    }
}

internal sealed class FactoryMiddleware(Bag bag, Work work) : IMiddleware
{
    public async Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        if (context.Request.Path == "/factory-middleware")
            await context.Response.WriteAsync(await work.RunAsync(context, bag));
        else
            await next(context);
    }
}

internal sealed class SingletonFilter(Bag bag, Work work) : IEndpointFilter
{
    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        context.HttpContext.Items["outcome"] = await work.RunAsync(context.HttpContext, bag);
        return await next(context);
    }
}

internal sealed class AskingWix : IAuthorizationRequirement;

internal sealed class AskingWixHandler(Bag bag, Work work) : AuthorizationHandler<AskingWix>
{
    protected override async Task HandleRequirementAsync(AuthorizationHandlerContext context, AskingWix requirement)
    {
        var http = (HttpContext)context.Resource!;
        http.Items["outcome"] = await work.RunAsync(http, bag);
        context.Succeed(requirement);
    }
}

/// <summary>State that an application shares between requests.</summary>
internal sealed class Shelf
{
    public Bag? Bag;
    public Func<string, Task>? Delegate;
}

internal sealed class ConfigureSettings(IServiceProvider root, Work work) : IConfigureOptions<Settings>
{
    public void Configure(Settings options)
    {
        var bag = root.GetRequiredService<Bag>();
        options.Call = context => work.RunAsync(context, bag);
    }
}
