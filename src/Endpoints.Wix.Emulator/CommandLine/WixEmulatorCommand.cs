using System.Runtime.InteropServices;
using Endpoints.Wix.Emulator.CommandLine;

namespace Endpoints.Wix.Emulator;

/// <summary>
/// Provides the emulator as a command: <c>dotnet run --project src/Endpoints.Wix.Emulator -- --port 5060</c>, or one line of your own
/// program.
/// </summary>
public static class WixEmulatorCommand
{
    /// <summary>Starts an emulator, prints its address, its credentials and suggested calls, and runs until Ctrl+C or SIGTERM.</summary>
    /// <param name="args">The command-line arguments. <c>--help</c> lists the options.</param>
    /// <param name="output">The writer to print to. The default is the console.</param>
    /// <param name="cancellationToken">
    /// The token to monitor for cancellation requests. Cancellation stops the emulator, as Ctrl+C does.
    /// </param>
    /// <returns>A task whose result is the exit code: 0 after a run, or 2 if an argument is invalid or the port is in use.</returns>
    public static async Task<int> RunAsync(string[] args, TextWriter? output = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(args);
        output ??= Console.Out;
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        try
        {
            var arguments = CommandArguments.Parse(args);
            if (arguments.Help)
            {
                await output.WriteLineAsync(CommandArguments.HelpText).ConfigureAwait(false);
                return 0;
            }

            var wix = await WixEmulator.StartAsync(arguments.Apply, stop.Token).ConfigureAwait(false);
            await using var stopped = wix.ConfigureAwait(false);
            arguments.Apply(wix);
            await output.WriteLineAsync(Greeting.For(wix)).ConfigureAwait(false);

            using var interrupted = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
            using var terminated = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, stop.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            return 0;
        }
        catch (Exception e) when (e is ArgumentException or IOException)
        {
            await output.WriteLineAsync(e.Message).ConfigureAwait(false);
            return 2;
        }

        return 0;

        void Stop(PosixSignalContext context)
        {
            context.Cancel = true;
            stop.Cancel();
        }
    }
}
