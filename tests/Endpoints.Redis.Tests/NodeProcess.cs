using System.Diagnostics;
using System.Globalization;
using System.Reflection;

namespace Endpoints.Redis.Tests;

/// <summary>Another process with an instance of an application: <see cref="NodeProgram"/>.</summary>
internal sealed class NodeProcess : IAsyncDisposable
{
    private readonly Process _process;

    private NodeProcess(Process process, Uri address)
    {
        _process = process;
        Client = new() { BaseAddress = address, Timeout = TimeSpan.FromMinutes(1) };
    }

    public HttpClient Client { get; }

    public static async Task<NodeProcess> StartAsync(string servers, RateLimitAlgorithm algorithm, double skew = 0,
        int batchFrom = int.MaxValue, bool waits = false)
    {
        var process = Process.Start(new ProcessStartInfo("dotnet",
            [Assembly.GetExecutingAssembly().Location, servers, algorithm.ToString(), "100", skew.ToString(CultureInfo.InvariantCulture),
                batchFrom.ToString(CultureInfo.InvariantCulture), waits.ToString()])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        })!;
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        var address = await process.StandardOutput.ReadLineAsync(patience.Token);
        Assert.NotNull(address);
        var node = new NodeProcess(process, new(address));
        for (var tries = 0; tries < 300; tries++)
        {
            if ((await node.Client.GetAsync(new Uri("/health", UriKind.Relative))).IsSuccessStatusCode)
                return node;
            await Task.Delay(100);
        }

        throw new TimeoutException("The node does not reach Redis.");
    }

    public async Task<int> StatusAsync() => (int)(await Client.GetAsync(new Uri("/", UriKind.Relative))).StatusCode;

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        _process.StandardInput.Close();
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        await _process.WaitForExitAsync(patience.Token);
        _process.Dispose();
    }
}
