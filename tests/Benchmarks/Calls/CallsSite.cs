using System.Diagnostics;
using Endpoints.Wix;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Logging;

namespace Benchmarks.Calls;

/// <summary>An application whose one endpoint makes one call to Wix: unguarded with a constant token, or elevated.</summary>
internal static class CallsSite
{
    private const string Path = "/site-properties/v4/properties";

    /// <summary>
    /// The ways that are compared; the first is what the others are measured against. <c>-watched</c>: somebody writes the audit log and
    /// records activities.
    /// </summary>
    public static readonly string[] Kinds = ["through", "elevate", "file", "file-watched"];

    public static async Task RunAsync(string kind, Uri wix)
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { EnvironmentName = "Production" });
        builder.Logging.ClearProviders().SetMinimumLevel(LogLevel.Warning);
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        using var activities = new ActivityListener
        {
            ShouldListenTo = static source => source.Name == "Endpoints.Wix",
            Sample = static (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
        };
        var isFile = kind.StartsWith("file", StringComparison.Ordinal);
        if (kind.EndsWith("-watched", StringComparison.Ordinal))
        {
            builder.Logging.AddProvider(new Sink()).AddFilter("Endpoints.Wix.Elevation.ElevationAudit", LogLevel.Information);
            ActivitySource.AddActivityListener(activities);
        }

        WebApplication app;
        if (kind == "through")
        {
            var client =
                new HttpClient(
                    new SocketsHttpHandler { UseCookies = false, AllowAutoRedirect = false, UseProxy = false,
                        PooledConnectionLifetime = TimeSpan.FromMinutes(2) }) { BaseAddress = wix };
            app = builder.Build();
            app.MapGet("/call", async (CancellationToken ct) =>
            {
                using var request = new HttpRequestMessage(HttpMethod.Get, Path);
                request.Headers.TryAddWithoutValidation("Authorization", "OauthNG.JWS.app");
                using var response = await client.SendAsync(request, ct);
                return Results.Bytes(await response.Content.ReadAsByteArrayAsync(ct), "application/json");
            });
        }
        else
        {
            builder.Services.AddWix(options =>
            {
                options.ClientId = WixStub.ClientId;
                options.ClientSecret = new("a-secret-of-the-benchmark");
                options.InstanceId = WixStub.Instance(0);
                options.ApiBaseAddress = wix;
                (options.CallsPerMinute, options.ElevatedRequestsPerMinute) = (100_000_000, 100_000_000);
                // what is measured is whether they are still known, not how long Wix is believed
                options.TokenInfo.CacheDuration = TimeSpan.FromMinutes(5);
            });
            if (isFile)
                builder.Services.AddFileRoutes();
            app = builder.Build();
            if (isFile)
                app.MapFileRoutes();
            else
                app.MapGet("/call", static (ElevatedWixClient wix, CancellationToken ct) => AnswerAsync(wix, ct))
                    .Elevate(Callers.Member, options => options.RateLimit = "100000000/1m");
        }

        app.MapGet("/_allocated",
            static () => GC.GetTotalAllocatedBytes(precise: true).ToString(System.Globalization.CultureInfo.InvariantCulture));
        app.MapGet("/_live",
            static () => GC.GetTotalMemory(forceFullCollection: true).ToString(System.Globalization.CultureInfo.InvariantCulture));
        await using (app)
            await ServedProcess.RunAsync(app);
    }

    /// <summary>The call, as every elevated way makes it.</summary>
    public static async Task<IResult> AnswerAsync(ElevatedWixClient wix, CancellationToken ct) =>
        Results.Bytes((await wix.FetchWithAuthAsync(HttpMethod.Get, Path, cancellationToken: ct)).Body, "application/json");

    /// <summary>Formats what is logged, and drops it.</summary>
    private sealed class Sink : ILoggerProvider, ILogger
    {
        private long _written;

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception,
            Func<TState, Exception?, string> formatter) =>
            Interlocked.Add(ref _written, formatter(state, exception).Length);

        public void Dispose()
        {
        }
    }
}
