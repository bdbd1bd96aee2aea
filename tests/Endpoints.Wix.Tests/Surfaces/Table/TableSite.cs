using System.Net;
using System.Net.WebSockets;
using System.Security.Claims;
using System.Text;
using System.Text.Json;
using Endpoints.Wix.Emulator;
using Endpoints.Wix.Tests.Hosting;
using Endpoints.Wix.Tests.Surfaces.Guards;
using FluentValidation;
using Microsoft.AspNetCore.Routing;

namespace Endpoints.Wix.Tests.Surfaces.Table;

/// <summary>An application with one endpoint on one surface: <c>POST /t/{id}</c>, or what comes nearest.</summary>
internal sealed class TableSite(WixSite site, string surface) : IAsyncDisposable
{
    public WixSite Site => site;

    public static async Task<TableSite> StartAsync(string surface, bool hasCheck, bool isValidated = false)
    {
        WixEmulator? wix = null;
        var site = await WixSite.StartAsync(
            app =>
            {
                app.UseWebSockets();
                app.Use((context, next) =>
                {
                    context.Connection.RemoteIpAddress =
                        IPAddress.Parse(context.Request.Headers[SurfaceSite.Address].FirstOrDefault() ?? "192.0.2.1");
                    return next(context);
                });
                Map(app, surface, hasCheck, isValidated);
            },
            TestServices.Add(("nightly", TestServices.Key, ["* /t/*"]), ("other", TestServices.OtherKey, ["* /other/*", "* /t"])),
            builder => Add(builder, surface, () => wix!));
        wix = site.Wix;
        return new(site, surface);
    }

    /// <summary>Makes a request, and says how it was answered: a status, and what the code on the surface found.</summary>
    public async Task<(HttpStatusCode Status, string Text, string? Stored)> CallAsync(
        string? token = null, string? cookie = null, string id = "alice", string probe = "", string body = """{"quantity":3}""",
        int quantity = 3, params (string Name, string Value)[] headers)
    {
        (string, string)[] all = [.. headers, (Row.Probe, probe)];
        if (surface is "WebSocket" or "hub")
            return await ConnectAsync(token, cookie, $"/t/{id}?quantity={quantity}", all);
        if (surface == "hub by long polling")
            return await PollAsync(token, cookie, $"/t/{id}", all);
        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        var answer = await site.SendAsync("POST", $"/t/{id}", token, cookie, content, all);
        if (surface == "background work" && answer.Status == HttpStatusCode.OK)
            return (answer.Status, await site.Services.GetRequiredService<TaskCompletionSource<Task<string>>>().Task.Unwrap(), null);
        return (answer.Status, answer.Body, answer.Header("Cache-Control"));
    }

    public Task<string> RunServiceAsync(string probe) => site.Services.GetRequiredService<RowService>().RunAsync(probe);

    public ValueTask DisposeAsync() => site.DisposeAsync();

    private static void Add(WebApplicationBuilder builder, string surface, Func<WixEmulator> wix)
    {
        builder.Services.AddSingleton(new TableProbe(wix)).AddScoped<RowCheck>().AddFileRoutes();
        builder.Services.AddSingleton<IValidator<OrderChange>, OrderChangeValidator>()
            .AddSingleton<IValidator<RowQuery>, RowQueryValidator>();
        builder.Services.AddAuthorizationBuilder().AddPolicy(Row.Policy, static policy =>
            policy.RequireAssertion(static context => context.User.FindFirstValue(ClaimTypes.NameIdentifier) != "mallory"));
        builder.Services.AddSignalR();
        builder.Services.AddHealthChecks().AddCheck<RowHealthCheck>("row");
        builder.Services.AddSingleton<RowHolder>().AddTransient<RowMessageHandler>().AddSingleton<RowService>()
            .AddHostedService(static services => services.GetRequiredService<RowService>());
        builder.Services.AddHttpClient("row", static client => client.BaseAddress = new("http://row.example"))
            .AddHttpMessageHandler<RowMessageHandler>();
        builder.Services.AddSingleton<TaskCompletionSource<Task<string>>>();
        switch (surface)
        {
            case "MVC action":
                OnlyControllers.AddTo(builder, typeof(RowController));
                break;
            case "convention route":
                OnlyControllers.AddTo(builder, typeof(RowConventionController));
                break;
            case "API controller":
                OnlyControllers.AddTo(builder, typeof(RowApiController));
                break;
            case "Razor Page":
                OnlyPages.AddTo(builder, ("/Row", typeof(RowPage)))
                    .AddRazorPagesOptions(static options => options.Conventions.AddPageRoute("/Row", "/t/{id}"));
                break;
        }
    }

    private static void Map(WebApplication app, string surface, bool hasCheck, bool isValidated)
    {
        TBuilder Elevate<TBuilder>(TBuilder builder)
            where TBuilder : IEndpointConventionBuilder => builder.Elevate(Callers.Member | Callers.Service, options =>
            {
                options.RateLimit = Row.Limit;
                options.Policy = Row.Policy;
                options.Only = [Row.Call];
                options.Check = hasCheck ? typeof(RowCheck) : null;
            });
        switch (surface)
        {
            case "endpoint file":
                app.MapFileRoutes([new FileRoute("t/[id].cs", "/t/[id]", typeof(RowFile), [new("POST", nameof(RowFile.Post))])]);
                break;
            case "minimal API":
                Elevate(app.MapPost("/t/{id}", static (HttpContext context, string id, OrderChange change) => Row.RunAsync(context)));
                break;
            case "group":
                Elevate(app.MapGroup("/t"))
                    .MapPost("/{id}", static (HttpContext context, string id, OrderChange change) => Row.RunAsync(context));
                break;
            case "MVC action" or "API controller":
                app.MapControllers();
                break;
            case "convention route":
                app.MapControllerRoute("row", "t/{id}", new { controller = "RowConvention", action = "Change" });
                break;
            case "Razor Page":
                app.MapRazorPages();
                break;
            case "fallback":
                Elevate(app.MapFallback("/t/{id}", static (HttpContext context, string id, OrderChange change) => Row.RunAsync(context)));
                break;
            case "health check":
                Elevate(app.MapHealthChecks("/t/{id}",
                    new() { ResponseWriter =
                        static (context, report) => context.Response.WriteAsync(report.Entries["row"].Description!) }));
                break;
            case "foreign source":
                var source = new ForeignSource(app.Services, "/t/{id}",
                    static async context => await context.Response.WriteAsync(await Row.RunAsync(context)));
                ((IEndpointRouteBuilder)app).DataSources.Add(source);
                Elevate(source);
                break;
            case "WebSocket":
                Elevate(app.MapGet("/t/{id}", static async (HttpContext context, string id, [AsParameters] RowQuery query) =>
                {
                    using var socket = await context.WebSockets.AcceptWebSocketAsync();
                    await socket.SendAsync(Encoding.UTF8.GetBytes(await Row.RunAsync(context)), WebSocketMessageType.Text,
                        endOfMessage: true, CancellationToken.None);
                    await socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, CancellationToken.None);
                }));
                break;
            case "hub" or "hub by long polling":
                _ = isValidated ? Elevate(app.MapHub<RowValidatedHub>("/t/{id}")) : Elevate(app.MapHub<RowHub>("/t/{id}"));
                break;
            case "message handler":
                Elevate(app.MapPost("/t/{id}",
                    static async (IHttpClientFactory clients, string id, OrderChange change) =>
                        await clients.CreateClient("row").GetStringAsync(new Uri("/", UriKind.Relative))));
                break;
            case "singleton":
                Elevate(app.MapPost("/t/{id}",
                    static (HttpContext context, string id, OrderChange change, RowHolder holder) =>
                        Row.RunAsync(context, holder.Services)));
                break;
            case "background work":
                Elevate(app.MapPost(
                    "/t/{id}", static (HttpContext context, string id, OrderChange change, TaskCompletionSource<Task<string>> work) =>
                {
                    var (ended, probe, services) =
                        (new TaskCompletionSource(), context.Request.Headers[Row.Probe].ToString(), context.RequestServices);
                    var run = context.RequestServices.GetRequiredService<TableProbe>();
                    foreach (var type in new[] { typeof(WixClient), typeof(ElevatedWixClient), typeof(SiteProperties), typeof(WixAuth),
                        typeof(AdminWixClient), typeof(AppWixClient) })
                        services.GetRequiredService(type);
                    var kept = new Kept(services);
                    context.Response.OnCompleted(() =>
                    {
                        ended.TrySetResult();
                        return Task.CompletedTask;
                    });
                    work.TrySetResult(Task.Run(async () =>
                    {
                        await ended.Task;
                        await Task.Yield();
                        return await run.RunAsync(probe, kept, context);
                    }));
                }));
                break;
        }
    }

    private async Task<(HttpStatusCode, string, string?)> ConnectAsync(string? token, string? cookie, string path,
        (string Name, string Value)[] headers)
    {
        HttpContext? answered = null;
        var client = site.Server.CreateWebSocketClient();
        client.ConfigureRequest = request =>
        {
            answered = request.HttpContext;
            Set(request.Headers, token, cookie, headers);
        };
        WebSocket socket;
        try
        {
            socket = await client.ConnectAsync(new(site.Server.BaseAddress, path), CancellationToken.None);
        }
        catch (InvalidOperationException e) when (e.Message.StartsWith("Incomplete handshake, status code: ", StringComparison.Ordinal))
        {
            return ((HttpStatusCode)int.Parse(e.Message["Incomplete handshake, status code: ".Length..],
                System.Globalization.CultureInfo.InvariantCulture), "", answered!.Response.Headers.CacheControl);
        }

        using (socket)
        {
            if (surface == "WebSocket")
                return (HttpStatusCode.OK, await ReceiveAsync(socket), answered!.Response.Headers.CacheControl);
            await SendAsync(socket, """{"protocol":"json","version":1}""");
            await ReceiveAsync(socket);
            await SendAsync(socket, """{"type":1,"invocationId":"1","target":"Run","arguments":[]}""");
            while (true)
            {
                foreach (var message in (await ReceiveAsync(socket)).Split('\u001e', StringSplitOptions.RemoveEmptyEntries))
                {
                    var json = JsonDocument.Parse(message).RootElement;
                    if (json.GetProperty("type").GetInt32() == 3)
                        return (HttpStatusCode.OK, json.TryGetProperty("result", out var result) ? result.GetString()! : message,
                            answered!.Response.Headers.CacheControl);
                }
            }
        }
    }

    private async Task<(HttpStatusCode, string, string?)> PollAsync(string? token, string? cookie, string path,
        (string Name, string Value)[] headers)
    {
        var answer = await site.SendAsync("POST", path + "/negotiate?negotiateVersion=1", token, cookie, null, headers);
        if (answer.Status != HttpStatusCode.OK)
            return (answer.Status, answer.Body, answer.Header("Cache-Control"));
        var address = $"{path}?id={answer.Json.GetProperty("connectionToken").GetString()}";
        await site.GetAsync(address, token, cookie, headers);
        foreach (var message in new[] { """{"protocol":"json","version":1}""",
            """{"type":1,"invocationId":"1","target":"Run","arguments":[]}""" })
        {
            using var content = new StringContent(message + "\u001e");
            await site.SendAsync("POST", address, token, cookie, content, [.. headers, (SurfaceSite.Address, "192.0.2.77")]);
        }

        for (var i = 0; i < 5; i++)
        {
            var polled = await site.GetAsync(address, token, cookie, [.. headers, (SurfaceSite.Address, "192.0.2." + (80 + i))]);
            foreach (var message in polled.Body.Split('\u001e', StringSplitOptions.RemoveEmptyEntries))
            {
                if (polled.Status == HttpStatusCode.OK && JsonDocument.Parse(message).RootElement is var json
                    && json.TryGetProperty("type", out var type) && type.GetInt32() == 3)
                    return (HttpStatusCode.OK, json.TryGetProperty("result", out var result) ? result.GetString()! : message,
                        answer.Header("Cache-Control"));
            }
        }

        return (HttpStatusCode.OK, "no answer came", answer.Header("Cache-Control"));
    }

    private static void Set(IHeaderDictionary request, string? token, string? cookie, (string Name, string Value)[] headers)
    {
        if (token is not null)
            request.Authorization = token;
        if (cookie is not null)
            request.Cookie = cookie;
        foreach (var (name, value) in headers)
            request[name] = value;
    }

    private static Task SendAsync(WebSocket socket, string message) =>
        socket.SendAsync(Encoding.UTF8.GetBytes(message + "\u001e"), WebSocketMessageType.Text, endOfMessage: true, CancellationToken.None);

    private static async Task<string> ReceiveAsync(WebSocket socket)
    {
        var buffer = new byte[16 * 1024];
        var received = await socket.ReceiveAsync(buffer, CancellationToken.None);
        return Encoding.UTF8.GetString(buffer, 0, received.Count);
    }

    /// <summary>Services of a request that were taken while there was one.</summary>
    private sealed class Kept : IServiceProvider
    {
        private readonly Dictionary<Type, object> _services = [];

        public Kept(IServiceProvider services)
        {
            foreach (var type in new[] { typeof(WixClient), typeof(ElevatedWixClient), typeof(SiteProperties), typeof(WixAuth),
                typeof(AdminWixClient), typeof(AppWixClient) })
                _services[type] = services.GetRequiredService(type);
        }

        public object? GetService(Type serviceType) => _services.GetValueOrDefault(serviceType);
    }
}
