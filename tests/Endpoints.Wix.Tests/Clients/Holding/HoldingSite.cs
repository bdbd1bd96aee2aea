using System.Net;
using Endpoints.Wix.Emulator;
using Endpoints.Wix.Tests.Hosting;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.ObjectPool;
using Microsoft.Extensions.Options;

namespace Endpoints.Wix.Tests.Clients.Holding;

/// <summary>
/// An application as in Production, without validation of scopes, whose services keep clients in every way there is; and users of two
/// sites.
/// </summary>
internal sealed class HoldingSite : IAsyncDisposable
{
    private static readonly Dictionary<string, Func<HttpContext, Work, Task<string>>> Holders = new()
    {
        ["scoped"] = (context, work) => work.RunAsync(context, Of<Bag>(context)),
        ["transient"] = (context, work) => work.RunAsync(context, ActivatorUtilities.CreateInstance<Bag>(context.RequestServices)),
        ["child-scope"] = async (context, work) =>
        {
            await using var scope = context.RequestServices.CreateAsyncScope();
            return await work.RunAsync(context, scope.ServiceProvider.GetRequiredService<Bag>());
        },
        ["singleton"] = (context, work) => work.RunAsync(context, Of<Singleton>(context).Bag),
        ["typed"] = (context, work) => work.RunAsync(context, Of<Typed>(context).Bag),
        ["handler"] = (context, _) => SendAsync(context, "signing"),
        ["primary-handler"] = (context, _) => SendAsync(context, "primary"),
        ["pool"] = async (context, work) =>
        {
            var pool = Of<ObjectPool<Bag>>(context);
            var bag = pool.Get();
            pool.Return(bag);
            return await work.RunAsync(context, bag);
        },
        ["options"] = (context, _) => Of<IOptions<Settings>>(context).Value.Call(context),
        ["task"] = (context, work) => Task.Run(() => work.RunAsync(context, Of<Bag>(context))),
        ["thread"] = (context, work) =>
        {
            var done = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
            new Thread(async () => done.SetResult(await work.RunAsync(context, Of<Bag>(context)))) { IsBackground = true }.Start();
            return done.Task;
        },
        ["static"] = (context, work) => work.RunAsync(context, Of<Shelf>(context).Bag ??= Of<Bag>(context)),
        ["kept-delegate"] =
            (context, work) => work.RunAsync(Ticket.Of(context), Of<Shelf>(context).Delegate ??= Of<Bag>(context).Elevate()),
        ["worker"] = (context, _) => Of<Worker>(context).DoAsync(Ticket.Of(context), own: null),
        ["worker-with-own"] = (context, _) => Of<Worker>(context).DoAsync(Ticket.Of(context), Of<Bag>(context)),
        ["lazy-worker"] = (context, _) => Of<LazyWorker>(context).DoAsync(Ticket.Of(context), Of<Bag>(context)),
        ["suppressed"] = (context, work) =>
        {
            var bag = Of<Bag>(context);
            using (ExecutionContext.SuppressFlow())
                return Task.Run(() => work.RunAsync(context, bag));
        },
        ["policy"] = (context, _) => Task.FromResult((string)context.Items["outcome"]!),
        ["filter"] = (context, _) => Task.FromResult((string)context.Items["outcome"]!),
    };

    private readonly WixSite _site;

    private HoldingSite(WixSite site) => _site = site;

    public WixEmulator Wix => _site.Wix;

    public CapturedLogs Logs => _site.Logs;

    public Work Work => _site.Services.GetRequiredService<Work>();

    public static async Task<HoldingSite> StartAsync()
    {
        var site = await WixSite.StartAsync(
            static app =>
            {
                app.UseMiddleware<ConventionMiddleware>();
                app.UseMiddleware<FactoryMiddleware>();
                foreach (var (name, use) in Holders)
                {
                    var endpoint = app.MapGet("/" + name, (HttpContext context, Work work) => use(context, work));
                    if (name == "filter")
                        endpoint.AddEndpointFilter(
                            new SingletonFilter(app.Services.GetRequiredService<Bag>(), app.Services.GetRequiredService<Work>()));
                    endpoint.Elevate(Callers.User | Callers.Member, options => options.Policy = name == "policy" ? "asking" : null);
                }
            },
            build: static builder =>
            {
                builder.Host.UseDefaultServiceProvider(static options => options.ValidateScopes = options.ValidateOnBuild = false);
                var services = builder.Services;
                services.AddScoped<Bag>();
                services.AddSingleton<Work>().AddSingleton<Singleton>().AddSingleton<Shelf>().AddSingleton<LazyWorker>();
                services.AddHttpClient<Typed>();
                services.AddTransient<SigningHandler>();
                services.AddHttpClient("signing").AddHttpMessageHandler<SigningHandler>();
                services.AddTransient<PrimaryHandler>();
                services.AddHttpClient("primary").ConfigurePrimaryHttpMessageHandler<PrimaryHandler>();
                services.AddSingleton<ObjectPool<Bag>>(
                    static services => new DefaultObjectPool<Bag>(new PoolPolicy(services), maximumRetained: 1));
                services.AddSingleton<IConfigureOptions<Settings>, ConfigureSettings>();
                services.AddSingleton<Worker>().AddHostedService(static services => services.GetRequiredService<Worker>());
                services.AddSingleton<FactoryMiddleware>();
                services.AddSingleton<IAuthorizationHandler, AskingWixHandler>();
                services.AddAuthorizationBuilder().AddPolicy("asking", static policy => policy.AddRequirements(new AskingWix()));
            },
            emulate: static options => options.CallLogCapacity = 10_000);
        return new(site);
    }

    /// <summary>A user of a site of their own.</summary>
    public HeldUser AddUser(string name)
    {
        var shop = Wix.AddSite("Shop of " + name);
        var instance = Wix.App.InstallOn(shop);
        return new(name, instance, Wix.IssueToken(EmulatedIdentity.User(name), options => options.For(Wix.App, shop)));
    }

    /// <summary>Two users make a call through a holder while both are inside; the first of them is there when the second comes.</summary>
    public async Task<(string First, string Second)> MeetAsync(Meeting meeting)
    {
        var one = CallAsync(meeting, meeting.First);
        await Work.InsideAsync(meeting.Round);
        var two = CallAsync(meeting, meeting.Second);
        return (await one, await two);
    }

    /// <summary>Fails unless exactly those calls reached Wix that should have, each with the credentials of its own user.</summary>
    public void AssertOwn(Meeting meeting, string first, string second)
    {
        AssertOwn(meeting, meeting.First, first);
        AssertOwn(meeting, meeting.Second, second);
    }

    private void AssertOwn(Meeting meeting, HeldUser user, string outcome)
    {
        Assert.Contains(outcome, new[] { Work.Called, Work.Refused });
        var tag = meeting.TagOf(user);
        var calls = Wix.Calls.Where(
            call => call.RawTarget.EndsWith("/" + tag, StringComparison.Ordinal)
                || call.RawTarget.EndsWith("fields=" + tag, StringComparison.Ordinal)).ToList();
        Assert.Equal(outcome == Work.Called ? 1 : 0, calls.Count);
        foreach (var call in calls)
        {
            switch (meeting.Client)
            {
                case "key":
                    Assert.Equal(Wix.ApiKey.Value, call.Header("Authorization"));
                    Assert.Contains(Logs.Of("ElevationAudit"), line => line.Contains($"/{tag} ", StringComparison.Ordinal)
                        && line.Contains(meeting.Holder == "worker" ? "outside requests" : $"for User {user.Name} ",
                            StringComparison.Ordinal));
                    break;
                case "own" or "properties" or "products":
                    Assert.Equal(user.Token, call.Header("Authorization"));
                    break;
                default:
                    Assert.Equal((EmulatedIdentityKind.App, user.InstanceId), (call.Caller!.Kind, call.Caller.InstanceId));
                    break;
            }
        }
    }

    public ValueTask DisposeAsync() => _site.DisposeAsync();

    private static T Of<T>(HttpContext context)
        where T : notnull => context.RequestServices.GetRequiredService<T>();

    private static async Task<string> SendAsync(HttpContext context, string name)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "http://other.example/");
        request.Options.Set(SigningHandler.Ticket, Ticket.Of(context));
        using var response = await Of<IHttpClientFactory>(context).CreateClient(name).SendAsync(request);
        return await response.Content.ReadAsStringAsync();
    }

    private async Task<string> CallAsync(Meeting meeting, HeldUser user)
    {
        var answer =
            await _site.GetAsync(
                $"/{meeting.Holder}?client={Uri.EscapeDataString(meeting.Client)}&round={meeting.Round}&tag={meeting.TagOf(user)}",
                user.Token);
        Assert.Equal(HttpStatusCode.OK, answer.Status);
        return answer.Body;
    }
}

/// <summary>Two users inside at once.</summary>
internal sealed record Meeting(string Holder, string Client, HeldUser First, HeldUser Second, string Round)
{
    public string TagOf(HeldUser user) => Round + "-" + (user == First ? "first" : "second");
}

internal sealed record HeldUser(string Name, string InstanceId, string Token);
