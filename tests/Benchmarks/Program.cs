using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;
using Benchmarks.Api;
using Benchmarks.Calls;
using Benchmarks.Elevation;
using Benchmarks.Events;
using Benchmarks.Generator;
using Benchmarks.Limits;
using Benchmarks.Requests;
using Benchmarks.Startup;

// Every comparison is one run, and its result a ratio and allocated bytes: the machines differ, the ratios hold.
switch (args)
{
    case ["requests"]:
        BenchmarkRunner.Run<RequestBenchmarks>(InProcess());
        return 0;
    case ["elevated"]:
        BenchmarkRunner.Run<ElevatedBenchmarks>(InProcess());
        return 0;
    case ["serve", var kind]:
        await ElevatedServer.RunAsync(kind);
        return 0;
    case ["calls"]:
        await CallsComparison.RunAsync();
        return 0;
    case ["callers"]:
        await CallersComparison.RunAsync();
        return 0;
    case ["wix-stub"]:
        await WixStub.RunAsync();
        return 0;
    case ["calls-site", var kind, var wix]:
        await CallsSite.RunAsync(kind, new(wix));
        return 0;
    case ["startup"]:
        await StartupComparison.RunAsync();
        return 0;
    case ["start-once", var kind, var application]:
        await StartupComparison.StartOnceAsync(kind, application);
        return 0;
    case ["generator", .. var sizes]:
        GeneratorBenchmark.Run(sizes);
        return 0;
    case ["limits", .. var servers]:
        await LimitsComparison.RunAsync(servers.FirstOrDefault());
        return 0;
    case ["events", .. var servers]:
        await EventsComparison.RunAsync(servers.FirstOrDefault());
        return 0;
    case ["events-site", var kind, var key, var data, var server]:
        await EventSite.RunAsync(kind, key, data, server);
        return 0;
    case ["limits-served", var server]:
        await ServedLimits.RunAsync(server);
        return 0;
    case ["limits-site", var kind, var server]:
        await ServedLimits.ServeAsync(kind, server);
        return 0;
    case ["api"]:
        await ApiComparison.RunAsync();
        return 0;
    case ["api-build"]:
        await ApiComparison.BuildAsync();
        return 0;
    case ["api-read", var kind, var file]:
        ReadOnce.Run(kind, file);
        return 0;
    case ["api-calls", var kind, var wix]:
        await ApiCalls.RunAsync(kind, new(wix));
        return 0;
    case ["lock"]:
        LockBenchmark.Run();
        return 0;
    default:
        Console.Error.WriteLine(
            "Usage: dotnet run -c Release --project tests/Benchmarks -- (requests | elevated | calls | callers | startup | generator "
            + "[files ...] | limits [redis server] | limits-served <redis server> | events [redis server] | api | api-build | lock)");
        return 1;
}

static IConfig InProcess() =>
    DefaultConfig.Instance.AddJob(Job.Default.WithToolchain(InProcessEmitToolchain.Instance).WithWarmupCount(5).WithIterationCount(12));
