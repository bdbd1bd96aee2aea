using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using Adversary.Tests.Requests;

namespace Adversary.Tests.Hosting;

/// <summary>
/// The reference application as a process of its own. Nothing is known of it but two ports, its log and what the system says of the
/// process.
/// </summary>
internal sealed class AttackedSite : IAsyncDisposable
{
    private readonly Process _process;
    private readonly TaskCompletionSource _listening = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _ports;

    private AttackedSite(SiteMode mode, ProcessStartInfo start, int port, SiteLog log)
    {
        (Mode, Log) = (mode, log);
        Http1 = new(IPAddress.Loopback, port);
        _process = Process.Start(start)!;
        _process.OutputDataReceived += Hear;
        _process.ErrorDataReceived += Hear;
        _process.EnableRaisingEvents = true;
        _process.Exited += (_, _) =>
            _listening.TrySetException(new InvalidOperationException("The application has ended:\n" + string.Join('\n', Log.Take())));
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    public SiteMode Mode { get; }

    public SiteLog Log { get; }

    public IPEndPoint Http1 { get; }

    public IPEndPoint Http2 { get; private set; } = new(IPAddress.Loopback, 0);

    public string Host => Http1.ToString();

    public bool IsAlive => !_process.HasExited;

    public static async Task<AttackedSite> StartAsync(PublishedSite published, Platform platform, SiteMode mode, string? hole)
    {
        var port = FreePort();
        var start = new ProcessStartInfo("dotnet", Path.Combine(published.Folder, "Adversary.Site.dll"))
        {
            WorkingDirectory = published.Folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        Dictionary<string, string?> settings = new()
        {
            ["ASPNETCORE_ENVIRONMENT"] = "Production",
            ["DOTNET_GCHeapHardLimit"] = "0x18000000", // 384 MiB: what hoards ends
            ["DOTNET_gcServer"] = "0",
            ["Http1Port"] = port.ToString(CultureInfo.InvariantCulture),
            ["Http2Port"] = "0",
            ["Hole"] = hole,
            ["StaffId"] = platform.Staff.Id,
            ["Wix__ClientId"] = platform.Wix.App.ClientId,
            ["Wix__ClientSecret"] = Platform.ClientSecret,
            ["Wix__InstanceId"] = platform.Wix.InstanceId,
            ["Wix__ApiKey"] = Platform.ApiKey,
            ["Wix__SiteId"] = platform.Wix.Site.Id,
            ["Wix__AccountId"] = platform.Wix.AccountId,
            ["Wix__ApiBaseAddress"] = platform.Wix.Address.AbsoluteUri,
            ["Wix__PublicOrigin"] = $"http://127.0.0.1:{port}",
            ["Wix__Session__Cookie"] = mode.ToString(),
            // A busy machine is not what is tested, nor are the limits.
            ["Wix__CallsPerMinute"] = "1000000",
            ["Wix__ElevatedRequestsPerMinute"] = "1000000",
            ["Wix__Resilience__RequestTimeout"] = "00:01:00",
            ["Wix__Resilience__TokenTimeout"] = "00:00:30",
            ["Wix__NewVisitorsPerMinute"] = "1000000",
            ["Wix__LoginsPerMinute"] = "1000000",
        };
        foreach (var (name, value) in settings)
            start.Environment[name] = value;
        var site = new AttackedSite(mode, start, port, new(Path.Combine(published.Logs, $"{mode}-{Guid.NewGuid():n}.log")));
        await site._listening.Task.WaitAsync(TimeSpan.FromMinutes(1));
        return site;
    }

    /// <summary>Megabytes that the process holds, and how many files and sockets are open.</summary>
    public (long Megabytes, int Handles) Size()
    {
        var resident = File.ReadLines($"/proc/{_process.Id}/status")
            .First(static line => line.StartsWith("VmRSS:", StringComparison.Ordinal));
        var kilobytes = long.Parse(resident.AsSpan(6, resident.Length - 6 - 2),
            NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture);
        return (kilobytes / 1024, Directory.GetFileSystemEntries($"/proc/{_process.Id}/fd").Length);
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
            await _process.WaitForExitAsync();
        }

        _process.Dispose();
        Log.Dispose();
    }

    private void Hear(object sender, DataReceivedEventArgs e)
    {
        if (e.Data is not { Length: > 0 } line)
            return;
        Log.Add(line);
        const string Listening = "Now listening on: ";
        if (_ports == 2 || !line.Contains(Listening, StringComparison.Ordinal))
            return;
        var message = JsonDocument.Parse(line).RootElement.GetProperty("Message").GetString()!;
        if (++_ports != 2)
            return;
        Http2 = new(IPAddress.Loopback, new Uri(message[Listening.Length..]).Port);
        _listening.TrySetResult();
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
