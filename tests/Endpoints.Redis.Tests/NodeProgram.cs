using System.Globalization;
using System.Net;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.Logging;

namespace Endpoints.Redis.Tests;

/// <summary>
/// An instance of an application in a process of its own: limits <c>/</c>, whose handler waits for <c>/release</c> if asked to. It ends
/// with its input.
/// </summary>
internal static class NodeProgram
{
    /// <param name="arguments">The servers, the algorithm, the limit, how far the clock is off in seconds, from where limits are taken in
    /// batches, and whether handlers wait.</param>
    public static async Task Main(string[] arguments)
    {
        if (arguments is not [var servers, var algorithm, var limit, var skew, var batchFrom, var waits])
            throw new ArgumentException("This is run by tests, which say what is to be limited.");
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(static kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        builder.Services.AddSingleton<TimeProvider>(
            new SkewedClock(TimeSpan.FromSeconds(double.Parse(skew, CultureInfo.InvariantCulture))));
        builder.Services.AddRateLimits(options => options.AddRule("all", limit + "/1h", rule =>
            (rule.By, rule.Algorithm) = (RateLimitBy.Everybody, Enum.Parse<RateLimitAlgorithm>(algorithm))));
        builder.Services.AddRedisRateLimits(servers, options =>
            (options.Timeout, options.BatchFrom) = (TimeSpan.FromSeconds(10), int.Parse(batchFrom, CultureInfo.InvariantCulture)));
        builder.Services.AddHealthChecks().AddRedisSharing();
        await using var app = builder.Build();
        var released = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        app.MapGet("/", async () =>
        {
            if (waits == "True")
                await released.Task;
            return "in";
        }).RateLimit("all");
        app.MapGet("/release", () => released.TrySetResult());
        app.MapHealthChecks("/health");
        await app.StartAsync();
        Console.WriteLine(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single());
        await Task.WhenAny(Task.Run(Console.In.ReadToEnd), Task.Delay(TimeSpan.FromMinutes(5)));
    }

    /// <summary>A clock that is off, and otherwise goes as the machine's.</summary>
    private sealed class SkewedClock(TimeSpan skew) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + skew;

        public override long GetTimestamp() => base.GetTimestamp() + (long)(skew.TotalSeconds * TimestampFrequency);
    }
}
