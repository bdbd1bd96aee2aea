using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using StackExchange.Redis;

namespace Endpoints.Redis.Tests;

/// <summary>A real redis-server on a port of its own, which keeps nothing on disk.</summary>
public sealed class RedisServer : IAsyncLifetime
{
    private Process? _process;

    public int Port { get; } = FreePort();

    /// <summary>Gets further arguments of the server.</summary>
    public string[] Arguments { get; init; } = [];

    public string Address => $"127.0.0.1:{Port.ToString(CultureInfo.InvariantCulture)}";

    public async Task InitializeAsync() => await StartAsync();

    public Task DisposeAsync()
    {
        Kill();
        return Task.CompletedTask;
    }

    public async Task StartAsync()
    {
        var start = new ProcessStartInfo("redis-server")
        {
            ArgumentList = { "--port", $"{Port}", "--bind", "127.0.0.1", "--save", "", "--appendonly", "no", "--enable-debug-command",
                "yes", "--dir", Path.GetTempPath() },
            RedirectStandardOutput = true,
        };
        foreach (var argument in Arguments)
            start.ArgumentList.Add(argument);
        _process = Process.Start(start)!;
        _ = _process.StandardOutput.ReadToEndAsync();
        for (var tries = 0; ; tries++)
        {
            try
            {
                await CommandAsync("PING");
                return;
            }
            catch (RedisException) when (tries < 50)
            {
                await Task.Delay(100);
            }
        }
    }

    public void Kill()
    {
        if (_process is { HasExited: false } process)
        {
            process.Kill();
            process.WaitForExit();
        }

        _process?.Dispose();
        _process = null;
    }

    /// <summary>Stops the process where it is: it keeps its connections, and answers nothing until it is resumed.</summary>
    public void Pause() => Signal("-STOP");

    public void Resume() => Signal("-CONT");

    /// <summary>Runs a command on a connection of its own.</summary>
    public async Task<RedisResult> CommandAsync(string command, params object[] arguments)
    {
        await using var connection =
            await ConnectionMultiplexer.ConnectAsync($"{Address},allowAdmin=true,connectTimeout=1000,syncTimeout=10000,asyncTimeout=10000");
        return await connection.GetServer(Address).ExecuteAsync(command, arguments); // and not another one of its cluster
    }

    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private void Signal(string signal)
    {
        using var kill = Process.Start("kill", [signal, _process!.Id.ToString(CultureInfo.InvariantCulture)]); // it runs
        kill.WaitForExit();
    }
}
