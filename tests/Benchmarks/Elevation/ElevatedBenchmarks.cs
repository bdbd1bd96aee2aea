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
    public async Task AllAnswerAlike()
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
                if (!answer.StartsWith("HTTP/1.1 200 OK", StringComparison.Ordinal) || !answer.Contains("no-store", StringComparison.Ordinal))
                    throw new InvalidOperationException($"{kind} answered: {answer}");
                answers.Add(answer[answer.IndexOf("\r\n\r\n", StringComparison.Ordinal)..]);
            }

            if (answers.Count != 1)
                throw new InvalidOperationException($"The answers differ: {string.Join("; ", answers)}");
        }
    }

    [GlobalCleanup]
    public async Task Stop()
    {
        foreach (var client in _clients.Values)
            await client.DisposeAsync();
        await _wix!.DisposeAsync(); // set up
    }

    [Benchmark(Baseline = true), BenchmarkCategory("body")]
    public ValueTask<long> Body_MinimalApiByHand() => _clients[("minimal", true)].SendAsync();

    [Benchmark, BenchmarkCategory("body")]
    public ValueTask<long> Body_ControllerByHand() => _clients[("mvc", true)].SendAsync();

    [Benchmark, BenchmarkCategory("body")]
    public ValueTask<long> Body_ElevatedFile() => _clients[("files", true)].SendAsync();

    [Benchmark, BenchmarkCategory("body")]
    public ValueTask<long> Body_ElevatedMinimalApi() => _clients[("elevate", true)].SendAsync();

    [Benchmark(Baseline = true), BenchmarkCategory("no body")]
    public ValueTask<long> NoBody_MinimalApiByHand() => _clients[("minimal", false)].SendAsync();

    [Benchmark, BenchmarkCategory("no body")]
    public ValueTask<long> NoBody_ControllerByHand() => _clients[("mvc", false)].SendAsync();

    [Benchmark, BenchmarkCategory("no body")]
    public ValueTask<long> NoBody_ElevatedFile() => _clients[("files", false)].SendAsync();

    [Benchmark, BenchmarkCategory("no body")]
    public ValueTask<long> NoBody_ElevatedMinimalApi() => _clients[("elevate", false)].SendAsync();
}
