using System.Globalization;

namespace Benchmarks.Calls;

/// <summary>
/// One call to Wix for each request, elevated and guarded, beside the same call by hand: CPU time and allocated bytes a request.
/// </summary>
internal static class CallsComparison
{
    private const int Warmup = 20_000;
    private const int Requests = 20_000;
    private const int Rounds = 7;
    private const int Connections = 16;

    public static async Task RunAsync()
    {
        await using var wix = await ServedProcess.StartAsync("wix-stub");
        var token = WixStub.Token(1, 0);
        List<(string Kind, ServedProcess Process, List<double> Cpu, List<double> Bytes)> sites = [];
        using var http = new HttpClient();
        try
        {
            foreach (var kind in CallsSite.Kinds)
                sites.Add((kind, await ServedProcess.StartAsync("calls-site", kind, wix.Address.AbsoluteUri), [], []));
            foreach (var site in sites)
                await Load.SendAsync(site.Process.Address, Warmup, Connections, _ => token);
            for (var round = 0; round < Rounds; round++)
            {
                // In turn, so that what else the machine does meets all alike.
                foreach (var (_, process, cpu, bytes) in sites)
                {
                    var (before, allocated) = (process.Cpu, await AllocatedAsync(http, process));
                    await Load.SendAsync(process.Address, Requests, Connections, _ => token);
                    cpu.Add((process.Cpu - before).TotalMicroseconds / Requests);
                    bytes.Add((await AllocatedAsync(http, process) - allocated) / (double)Requests);
                }
            }

            Console.WriteLine($"| one call to Wix | CPU a request | ratio | allocated a request |\n| --- | --- | --- | --- |");
            var (cpuBase, _) = (Median(sites[0].Cpu), 0);
            foreach (var (kind, _, cpu, bytes) in sites)
            {
                // The ratio of each round, not of the medians: the rounds differ more than the ways do.
                var ratio = Median([.. cpu.Zip(sites[0].Cpu, static (own, other) => own / other)]);
                Console.WriteLine(
                    string.Create(CultureInfo.InvariantCulture, $"| {kind} | {Median(cpu):f1} us | {ratio:f2} | {Median(bytes):n0} B |"));
            }
        }
        finally
        {
            foreach (var site in sites)
                await site.Process.DisposeAsync();
        }
    }

    private static async Task<long> AllocatedAsync(HttpClient http, ServedProcess process) =>
        long.Parse(await http.GetStringAsync(new Uri(process.Address, "/_allocated")), CultureInfo.InvariantCulture);

    private static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);
}
