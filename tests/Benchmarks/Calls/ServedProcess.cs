using System.Diagnostics;
using System.Reflection;

namespace Benchmarks.Calls;

/// <summary>
/// An application in a process of its own, so that its CPU time is its own. It ends with its input, and after twenty minutes.
/// </summary>
internal sealed class ServedProcess : IAsyncDisposable
{
    private static readonly TimeSpan LongestLife = TimeSpan.FromMinutes(20);

    private readonly Process _process;

    private ServedProcess(Process process, Uri address) => (_process, Address) = (process, address);

    public Uri Address { get; }

    /// <summary>CPU time that it has used so far.</summary>
    public TimeSpan Cpu
    {
        get
        {
            _process.Refresh();
            return _process.TotalProcessorTime;
        }
    }

    public long Megabytes
    {
        get
        {
            _process.Refresh();
            return _process.WorkingSet64 >> 20;
        }
    }

    public static async Task<ServedProcess> StartAsync(params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet",
            [Assembly.GetExecutingAssembly().Location, .. arguments]) { RedirectStandardInput = true, RedirectStandardOutput = true };
        start.Environment["DOTNET_TieredPGO"] = "1"; // as applications run
        var process = Process.Start(start)!;
        var address = await process.StandardOutput.ReadLineAsync()
            ?? throw new InvalidOperationException($"'{string.Join(' ', arguments)}' did not start.");
        return new(process, new(address));
    }

    /// <summary>In the other process: serves until nobody holds its input open.</summary>
    public static async Task RunAsync(WebApplication app)
    {
        await app.StartAsync();
        Console.WriteLine(app.Urls.Single());
        await Task.WhenAny(Task.Run(Console.In.ReadToEnd), Task.Delay(LongestLife));
    }

    public async ValueTask DisposeAsync()
    {
        _process.StandardInput.Close();
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(10));
        await _process.WaitForExitAsync(patience.Token);
        _process.Dispose();
    }
}
