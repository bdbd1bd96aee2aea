using System.Globalization;

namespace Benchmarks.Calls;

/// <summary>
/// The cost of distinct callers: the same load from one caller and from many in rotation, on one instance and on many, and while a stranger
/// guesses tokens.
/// </summary>
internal static class CallersComparison
{
    private const int Connections = 16;

    // Each caller is seen three times at least, the first time to be known.
    private static readonly (int Callers, int Instances, bool Stranger)[] Rows =
        [(1, 1, false), (10_000, 1, false), (100_000, 1, false), (300_000, 1, false), (10_000, 1_000, false), (10_000, 1, true)];

    public static async Task RunAsync()
    {
        await using var wix = await ServedProcess.StartAsync("wix-stub");
        using var http = new HttpClient();
        var one = 0d;
        Console.WriteLine(
            "| callers | instances | made-up tokens | questions to Wix a request | CPU a request | ratio | memory in use |\n| --- | --- "
            + "| --- | --- | --- | --- | --- |");
        foreach (var (callers, instances, hasStranger) in Rows)
        {
            await using var site = await ServedProcess.StartAsync("calls-site", "elevate", wix.Address.AbsoluteUri);
            string Token(int number) => WixStub.Token(number % callers, number % callers % instances);
            await Load.SendAsync(site.Address, Math.Max(20_000, callers), Connections, Token);
            await CountsAsync(http, wix);

            var requests = Math.Max(60_000, callers);
            var guesses = hasStranger ? requests * 10 : 0;
            var before = site.Cpu;
            var guessing = Load.SendAsync(site.Address, guesses, Connections, WixStub.MadeUp, expected: null);
            await Load.SendAsync(site.Address, requests, Connections, Token);
            await guessing;
            var cpu = (site.Cpu - before).TotalMicroseconds / (requests + guesses);
            var (asked, refused) = await CountsAsync(http, wix);
            one = one == 0 ? cpu : one;
            var live = long.Parse(await http.GetStringAsync(new Uri(site.Address, "/_live")), CultureInfo.InvariantCulture) >> 20;
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"| {callers:n0} | {instances:n0} | {guesses:n0} | {1 + (asked / (double)requests):f3} and "
                + $"{refused:n0} about guesses | {cpu:f1} us | {cpu / one:f2} | {live} MB |"));
        }
    }

    private static async Task<(long Asked, long Refused)> CountsAsync(HttpClient http, ServedProcess wix)
    {
        var parts = (await http.GetStringAsync(new Uri(wix.Address, "/_counts"))).Split(' ');
        return (long.Parse(parts[0], CultureInfo.InvariantCulture), long.Parse(parts[1], CultureInfo.InvariantCulture));
    }
}
