using System.Collections.Concurrent;
using System.Diagnostics;

namespace Endpoints.Tests.Processes;

/// <summary>A command-line program under test: its output line by line, and its end.</summary>
internal sealed class Command : IAsyncDisposable
{
    private readonly Process _process;
    private readonly ConcurrentQueue<string> _lines = new();
    private readonly SemaphoreSlim _newLine = new(0);

    private Command(Process process)
    {
        _process = process;
        DataReceivedEventHandler keep = (_, e) =>
        {
            if (e.Data is null)
                return;
            _lines.Enqueue(e.Data);
            _newLine.Release();
        };
        process.OutputDataReceived += keep;
        process.ErrorDataReceived += keep;
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    public string Output => string.Join('\n', _lines);

    public static Command Start(string folder, IReadOnlyDictionary<string, string?> environment, string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in environment)
            start.Environment[name] = value;
        return new Command(Process.Start(start)!);
    }

    /// <summary>Runs a command to its end and gives its output; fails when it exits with another code than 0.</summary>
    public static async Task<string> RunAsync(string folder, IReadOnlyDictionary<string, string?> environment, string program,
        params string[] arguments)
    {
        await using var command = Start(folder, environment, program, arguments);
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(4));
        await command._process.WaitForExitAsync(limit.Token);
        Assert.True(command._process.ExitCode == 0,
            $"{program} {string.Join(' ', arguments)} exited with {command._process.ExitCode}:\n{command.Output}");
        return command.Output;
    }

    /// <summary>
    /// The first line that <paramref name="wanted"/> takes; fails with all output when the program ends or a minute passes without one.
    /// </summary>
    public async Task<string> LineAsync(Func<string, bool> wanted)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        while (true)
        {
            if (_lines.FirstOrDefault(wanted) is { } line)
                return line;
            try
            {
                if (_process.HasExited && _newLine.CurrentCount == 0)
                {
                    await _process.WaitForExitAsync(limit.Token); // its last lines may still be on their way
                    if (_lines.FirstOrDefault(wanted) is { } last)
                        return last;
                    Assert.Fail($"The program ended with {_process.ExitCode} before it wrote the line:\n{Output}");
                }

                await _newLine.WaitAsync(TimeSpan.FromMilliseconds(200), limit.Token);
            }
            catch (OperationCanceledException)
            {
                Assert.Fail($"The line did not come:\n{Output}");
            }
        }
    }

    /// <summary>Waits for the program to end by itself and gives its exit code; fails when it goes on for a minute.</summary>
    public async Task<int> ExitAsync()
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        await _process.WaitForExitAsync(limit.Token);
        return _process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
            await _process.WaitForExitAsync();
        }
        _process.Dispose();
        _newLine.Dispose();
    }
}
