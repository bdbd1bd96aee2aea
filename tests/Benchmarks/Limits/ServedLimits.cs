using System.Diagnostics;
using System.Globalization;
using System.Threading.RateLimiting;
using Benchmarks.Calls;
using Endpoints;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Logging;
using RedisRateLimiting;
using StackExchange.Redis;

namespace Benchmarks.Limits;

/// <summary>
/// Requests a second and CPU time a request of an application on Kestrel, in a process of its own: without a limit, and with each kind of
/// limit. All take turns in one run.
/// </summary>
internal static class ServedLimits
{
    private const int Warmup = 20_000;
    private const int Requests = 30_000;
    private const int Rounds = 5;
    private const int Connections = 32;
    private const int Limit = 1_000_000_000;

    private static readonly TimeSpan Window = TimeSpan.FromHours(1);

    private static readonly string[] Kinds = ["none", "memory", "framework", "redis", "redis-leases", "RedisRateLimiting"];

    public static async Task RunAsync(string redis)
    {
        List<(string Kind, ServedProcess Process, List<double> Rate, List<double> Cpu)> sites = [];
        try
        {
            foreach (var kind in Kinds)
                sites.Add((kind, await ServedProcess.StartAsync("limits-site", kind, redis), [], []));
            foreach (var site in sites)
                await Load.SendAsync(site.Process.Address, Warmup, Connections, token: null);
            for (var round = 0; round < Rounds; round++)
            {
                foreach (var (_, process, rate, cpu) in sites)
                {
                    var (before, watch) = (process.Cpu, Stopwatch.StartNew());
                    await Load.SendAsync(process.Address, Requests, Connections, token: null);
                    rate.Add(Requests / watch.Elapsed.TotalSeconds);
                    cpu.Add((process.Cpu - before).TotalMicroseconds / Requests);
                }
            }

            Console.WriteLine("| limit | requests a second | CPU a request | ratio of CPU |\n| --- | --- | --- | --- |");
            foreach (var (kind, _, rate, cpu) in sites)
            {
                // The ratio of each round, not of the medians: the rounds differ more than the limits do.
                var ratio = Median([.. cpu.Zip(sites[0].Cpu, static (own, other) => own / other)]);
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                    $"| {kind} | {Median(rate):n0} | {Median(cpu):f1} us | {ratio:f2} |"));
            }
        }
        finally
        {
            foreach (var site in sites)
                await site.Process.DisposeAsync();
        }
    }

    /// <summary>In the other process: the application.</summary>
    public static async Task ServeAsync(string kind, string redis)
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { EnvironmentName = "Production" });
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.AddRateLimits(static options =>
            options.AddRule("all", Limit + "/1h", static rule => rule.By = RateLimitBy.Address));
        if (kind is "redis" or "redis-leases")
        {
            builder.Services.AddRedisRateLimits(redis, options =>
                (options.BatchFrom, options.Timeout) = (kind == "redis" ? int.MaxValue : 1_000, TimeSpan.FromSeconds(5)));
        }

        IConnectionMultiplexer? connection = null;
        if (kind is "framework" or "RedisRateLimiting")
        {
            connection = kind == "framework" ? null : await ConnectionMultiplexer.ConnectAsync(redis);
            builder.Services.AddRateLimiter(options => options.AddPolicy("all", context => connection is null
                ? RateLimitPartition.GetFixedWindowLimiter(context.Connection.RemoteIpAddress!,
                    static _ => new FixedWindowRateLimiterOptions { PermitLimit = Limit, Window = Window })
                : RedisRateLimitPartition.GetFixedWindowRateLimiter(context.Connection.RemoteIpAddress!,
                    _ => new RedisFixedWindowRateLimiterOptions
                    {
                        PermitLimit = Limit, Window = Window, ConnectionMultiplexerFactory = () => connection,
                    })));
        }

        var app = builder.Build();
        if (kind is "framework" or "RedisRateLimiting")
            app.UseRateLimiter();
        var endpoint = app.MapGet("/call", static () => "in");
        _ = kind switch
        {
            "none" => endpoint,
            "framework" or "RedisRateLimiting" => endpoint.RequireRateLimiting("all"),
            _ => endpoint.RateLimit("all"),
        };
        await using (app)
            await ServedProcess.RunAsync(app);
    }

    private static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);
}
