using System.Diagnostics;
using System.Text;
using System.Text.Json;
using Endpoints.Wix.Emulator;

namespace Endpoints.Interop.Tests.Node;

/// <summary>
/// A Node process that runs the scenarios of tests/Interop on Wix's published packages, one at a time, with Wix's hosts
/// redirected to an emulated one.
/// </summary>
internal sealed class NodeProcess : IAsyncDisposable
{
    private static readonly JsonSerializerOptions Json = JsonSerializerOptions.Web;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly Process _process;
    private readonly StringBuilder _errors = new();

    private NodeProcess(Process process)
    {
        _process = process;
        process.ErrorDataReceived += (_, line) =>
        {
            lock (_errors)
                _errors.AppendLine(line.Data);
        };
        process.BeginErrorReadLine();
    }

    /// <summary>Starts Node for the project of an emulated Wix's first app.</summary>
    public static async Task<NodeProcess> StartAsync(WixEmulator wix)
    {
        var start = new ProcessStartInfo("node", ["--import", "./platform.mjs", "--import", "./bundler.mjs", "run.mjs"])
        {
            WorkingDirectory = await NodePackages.FolderAsync(),
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardInputEncoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false),
            StandardOutputEncoding = Encoding.UTF8,
        };
        start.Environment["WIX_PLATFORM"] = wix.Address.GetLeftPart(UriPartial.Authority);
        start.Environment["WIX_CLIENT_ID"] = wix.App.ClientId;
        start.Environment["WIX_CLIENT_SECRET"] = wix.App.ClientSecret;
        start.Environment["WIX_CLIENT_INSTANCE_ID"] = wix.InstanceId;
        start.Environment["WIX_CLIENT_PUBLIC_KEY"] = wix.App.PublicKeyBase64;
        start.Environment.Remove("NODE_OPTIONS");
        return new(Process.Start(start)!);
    }

    /// <summary>Runs a scenario that works.</summary>
    /// <param name="scenario">Its file and name, such as <c>oauth/visitor</c>.</param>
    /// <param name="input">What it is called with.</param>
    public async Task<T> RunAsync<T>(string scenario, object input)
    {
        var answer = await AskAsync(scenario, input);
        Assert.True(answer.Error is null, $"{scenario} threw:\n{answer.Error?.Text}\n{Errors()}");
        return answer.Value.Deserialize<T>(Json)!;
    }

    /// <summary>Runs a scenario that throws.</summary>
    /// <param name="scenario">Its file and name, such as <c>oauth/visitor</c>.</param>
    /// <param name="input">What it is called with.</param>
    public async Task<NodeError> FailAsync(string scenario, object input)
    {
        var answer = await AskAsync(scenario, input);
        Assert.True(answer.Error is not null, $"{scenario} should have thrown, and gave {answer.Value}");
        return answer.Error;
    }

    public async ValueTask DisposeAsync()
    {
        _process.StandardInput.Close();
        using var patience = new CancellationTokenSource(Patience);
        try
        {
            await _process.WaitForExitAsync(patience.Token);
        }
        catch (OperationCanceledException)
        {
            _process.Kill(entireProcessTree: true);
        }

        _process.Dispose();
    }

    private async Task<Answer> AskAsync(string scenario, object input)
    {
        using var patience = new CancellationTokenSource(Patience);
        try
        {
            await _process.StandardInput.WriteLineAsync(JsonSerializer.Serialize(new { scenario, input }, Json).AsMemory(), patience.Token);
            await _process.StandardInput.FlushAsync(patience.Token);
            var line = await _process.StandardOutput.ReadLineAsync(patience.Token);
            return line is null
                ? throw new InvalidOperationException($"Node ended during {scenario}.\n{Errors()}")
                : JsonSerializer.Deserialize<Answer>(line, Json)!;
        }
        catch (OperationCanceledException)
        {
            throw new TimeoutException($"{scenario} did not end within {Patience.TotalSeconds} s.\n{Errors()}");
        }
        catch (IOException)
        {
            throw new InvalidOperationException($"Node ended before {scenario}.\n{Errors()}");
        }
    }

    private string Errors()
    {
        lock (_errors)
            return _errors.ToString();
    }

    private sealed record Answer(JsonElement Value, NodeError? Error);
}
