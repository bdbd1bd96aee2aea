using System.Diagnostics;

namespace Endpoints.Inbox.Tests.Processes;

/// <summary>A process of the application that handles events.</summary>
internal sealed class SiteProcess : IDisposable
{
    private static readonly HttpClient Client = new() { Timeout = TimeSpan.FromSeconds(20) };

    private readonly Process _process;
    private readonly Uri _address;

    private SiteProcess(Process process, Uri address) => (_process, _address) = (process, address);

    /// <summary>Starts a process and waits until it listens.</summary>
    /// <param name="settings">Its settings.</param>
    /// <param name="blocks">The largest file that it may write, in kilobytes; <see langword="null"/> for any.</param>
    public static async Task<SiteProcess> StartAsync(IReadOnlyDictionary<string, string> settings, int? blocks = null)
    {
        var start = new ProcessStartInfo(blocks is null ? "dotnet" : "bash")
        {
            RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = AppContext.BaseDirectory,
        };
        var site = Path.Combine(AppContext.BaseDirectory, "Inbox.Site.dll");
        if (blocks is null)
            start.ArgumentList.Add(site);
        else
            foreach (var argument in (string[])["-c", $"trap '' XFSZ; ulimit -f {blocks}; exec dotnet \"$0\"", site])
                start.ArgumentList.Add(argument);
        foreach (var (name, value) in settings)
            start.Environment[name] = value;
        start.Environment["ASPNETCORE_ENVIRONMENT"] = "Production";
        // The runtime's own files for code that it writes would be larger than the limit.
        start.Environment["DOTNET_EnableWriteXorExecute"] = "0";
        var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        var lines = "";
        while (await process.StandardOutput.ReadLineAsync() is { } line)
        {
            lines += line + "\n";
            if (!line.StartsWith("Listening on ", StringComparison.Ordinal))
                continue;
            _ = process.StandardOutput.ReadToEndAsync();
            return new(process, new(line["Listening on ".Length..]));
        }

        throw new InvalidOperationException($"The site did not start:\n{lines}{await errors}");
    }

    /// <summary>Delivers an event as Wix does. Returns whether it need not come again.</summary>
    public async Task<bool> DeliverAsync(string token)
    {
        try
        {
            using var answer = await Client.PostAsync(new Uri(_address, "/_wix/extensions/webhooks"), new StringContent(token));
            return answer.IsSuccessStatusCode;
        }
        catch (Exception e) when (e is HttpRequestException or OperationCanceledException)
        {
            return false;
        }
    }

    /// <summary>Waits until no event is left to handle.</summary>
    public async Task IdleAsync(TimeSpan longest)
    {
        var watch = Stopwatch.StartNew();
        while (true)
        {
            var counts = await Client.GetStringAsync(new Uri(_address, "/counts"));
            if (counts == "0 0 0")
                return;
            Assert.True(watch.Elapsed < longest, $"Events are left: {counts} (waiting, running, failed)");
            await Task.Delay(100);
        }
    }

    /// <summary>Ends the process between any two of its instructions: SIGKILL.</summary>
    public void Kill()
    {
        _process.Kill();
        _process.WaitForExit();
    }

    public void Dispose()
    {
        if (!_process.HasExited)
            Kill();
        _process.Dispose();
    }
}
