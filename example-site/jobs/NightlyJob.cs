using System.Threading.Channels;

namespace ExampleSite.Jobs;

/// <summary>Runs each night at three, and when it is asked to.</summary>
public abstract partial class NightlyJob(TimeProvider time, ILogger logger) : BackgroundService
{
    private readonly Channel<bool> _asked =
        Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    public void RunNow() => _asked.Writer.TryWrite(true);

    protected abstract Task RunAsync(CancellationToken cancellationToken);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (true)
        {
            using var waiting = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken);
            await Task.WhenAny(Task.Delay(UntilThree(), time, waiting.Token), _asked.Reader.WaitToReadAsync(waiting.Token).AsTask());
            await waiting.CancelAsync();
            stoppingToken.ThrowIfCancellationRequested();
            _asked.Reader.TryRead(out _);
            try
            {
                await RunAsync(stoppingToken);
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                LogFailed(e, GetType().Name); // tomorrow is another night
            }
        }
    }

    private TimeSpan UntilThree()
    {
        var now = time.GetLocalNow().DateTime;
        var three = now.Date.AddHours(3);
        return (three > now ? three : three.AddDays(1)) - now;
    }

    [LoggerMessage(1, LogLevel.Error, "The job {Job} failed")]
    private partial void LogFailed(Exception exception, string job);
}
