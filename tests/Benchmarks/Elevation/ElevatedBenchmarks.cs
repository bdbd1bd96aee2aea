using BenchmarkDotNet.Attributes;
using BenchmarkDotNet.Configs;
using Endpoints.Wix.Emulator;

namespace Benchmarks.Elevation;

/// <summary>Elevated endpoints with a warm caller beside the same guards by hand, through Kestrel and without a network.</summary>
[MemoryDiagnoser]
[GroupBenchmarksBy(BenchmarkLogicalGroupRule.ByCategory)]
[CategoriesColumn]
public class ElevatedBenchmarks
{
    public const string Order = """{"customer":"ada","quantity":3,"items":["cup","filter","beans"]}""";

    private readonly Dictionary<(string Kind, bool HasBody), MemoryClient> _clients = [];
    private WixEmulator? _wix;

    [GlobalSetup]
    public void AllAnswerAlike() => StartAsync().GetAwaiter().GetResult(); // nobody would wait for a task

    [GlobalCleanup]
    public void Stop() => StopAsync().GetAwaiter().GetResult();

    [Benchmark(Baseline = true), BenchmarkCategory("body")]
    public long Body_MinimalApiByHand() => Send("minimal", hasBody: true);

    [Benchmark, BenchmarkCategory("body")]
    public long Body_ControllerByHand() => Send("mvc", hasBody: true);

    [Benchmark, BenchmarkCategory("body")]
    public long Body_ElevatedFile() => Send("files", hasBody: true);

    [Benchmark, BenchmarkCategory("body")]
    public long Body_ElevatedMinimalApi() => Send("elevate", hasBody: true);

    [Benchmark(Baseline = true), BenchmarkCategory("no body")]
    public long NoBody_MinimalApiByHand() => Send("minimal", hasBody: false);

    [Benchmark, BenchmarkCategory("no body")]
    public long NoBody_ControllerByHand() => Send("mvc", hasBody: false);

    [Benchmark, BenchmarkCategory("no body")]
    public long NoBody_ElevatedFile() => Send("files", hasBody: false);

    [Benchmark, BenchmarkCategory("no body")]
    public long NoBody_ElevatedMinimalApi() => Send("elevate", hasBody: false);

    // A warm caller's request waits for nothing.
    private long Send(string kind, bool hasBody)
    {
        var sending = _clients[(kind, hasBody)].SendAsync();
        return sending.IsCompletedSuccessfully ? sending.Result : sending.AsTask().GetAwaiter().GetResult();
    }

    private async Task StartAsync()
    {
        _wix = await WixEmulator.StartAsync();
        var token = _wix.IssueToken(EmulatedIdentity.Member("ada"));
        foreach (var hasBody in new[] { true, false })
        {
            var answers = new HashSet<string>();
            foreach (var kind in ElevatedSite.Kinds)
            {
                var client = await MemoryClient.ConnectAsync(kind, _wix, token, hasBody ? Order : null);
                _clients[(kind, hasBody)] = client;
                var answer = await client.AnswerAsync();
                if (!answer.StartsWith("HTTP/1.1 200 OK", StringComparison.Ordinal)
                    || !answer.Contains("no-store", StringComparison.Ordinal))
                    throw new InvalidOperationException($"{kind} answered: {answer}");
                answers.Add(answer[answer.IndexOf("\r\n\r\n", StringComparison.Ordinal)..]);
            }

            if (answers.Count != 1)
                throw new InvalidOperationException($"The answers differ: {string.Join("; ", answers)}");
        }
    }

    private async Task StopAsync()
    {
        foreach (var client in _clients.Values)
            await client.DisposeAsync();
        await _wix!.DisposeAsync(); // set up
    }
}
