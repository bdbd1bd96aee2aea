using Endpoints.Wix.Telemetry;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Endpoints.Wix.Inboxes;

/// <summary>Counts the stored messages for the metrics, and removes what has been kept long enough, in small steps.</summary>
internal sealed partial class InboxUpkeep(IInboxStore store, IInboxHandlers handlers, InboxTelemetry telemetry, TimeProvider time,
    ILogger<InboxUpkeep> logger) : BackgroundService
{
    private const int Step = 500;
    private const int MostSteps = 100;
    private static readonly TimeSpan CountPause = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan StepPause = TimeSpan.FromMilliseconds(50);

    // Of every fourth count, what is old is removed.
    private const int CountsPerClean = 4;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!handlers.IsUsed)
            return;
        for (var round = 0; !stoppingToken.IsCancellationRequested; round = (round + 1) % CountsPerClean)
        {
            try
            {
                if (handlers.Queues.Count > 0)
                {
                    telemetry.Counts = await store.CountAsync(stoppingToken).ConfigureAwait(false);
                    if (round == 0)
                        await CleanAsync(stoppingToken).ConfigureAwait(false);
                }

                await Task.Delay(CountPause, time, stoppingToken).ConfigureAwait(false);
            }
            catch (InboxUnavailableException e)
            {
                LogSkipped(e);
                await Task.Delay(CountPause, time, stoppingToken).ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
        }
    }

    private async Task CleanAsync(CancellationToken ct)
    {
        for (var steps = 0; steps < MostSteps && await store.CleanAsync(Step, ct).ConfigureAwait(false) >= Step; steps++)
            await Task.Delay(StepPause, time, ct).ConfigureAwait(false);
    }

    [LoggerMessage(1, LogLevel.Debug, "The inbox could not be counted or cleaned")]
    private partial void LogSkipped(Exception cause);
}
