using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using StackExchange.Redis;

namespace Endpoints.Redis.Connecting;

/// <summary>Represents the connection to Redis and its availability.</summary>
/// <remarks>
/// Thread-safe. It is created once and reconnects by itself. Nothing waits longer than <see cref="RedisSharingOptions.Timeout"/>. After a
/// failure, requests learn at once that Redis is unavailable, except one per <see cref="RedisSharingOptions.RetryAfter"/>, which probes
/// whether Redis is available again.
/// </remarks>
internal sealed partial class RedisConnection : IAsyncDisposable
{
    private readonly Task<ConnectionMultiplexer> _connecting;
    private readonly TimeSpan _timeout;
    private readonly long _pause;
    private readonly ILogger<RedisConnection> _logger;
    private long _closedUntil;

    public RedisConnection(IOptions<RedisSharingOptions> options, ILogger<RedisConnection> logger)
    {
        _logger = logger;
        _timeout = options.Value.Timeout;
        _pause = (long)options.Value.RetryAfter.TotalMilliseconds;
        var configuration = ConfigurationOptions.Parse(options.Value.Configuration);
        configuration.AbortOnConnectFail = false;
        configuration.BacklogPolicy = BacklogPolicy.FailFast;
        configuration.ClientName ??= "endpoints";
        _connecting = ConnectionMultiplexer.ConnectAsync(configuration);
    }

    /// <summary>Returns the underlying connection, for callers with their own time limits.</summary>
    public async Task<IConnectionMultiplexer> GetAsync() => await _connecting.ConfigureAwait(false);

    /// <summary>Sends a query to Redis.</summary>
    /// <returns>A task that returns the reply, or null if there was none in time.</returns>
    public async ValueTask<RedisResult?> AskAsync<TState>(TState state, Func<IDatabase, TState, Task<RedisResult>> ask,
        CancellationToken ct)
    {
        var closedUntil = Volatile.Read(ref _closedUntil);
        var now = Environment.TickCount64;
        // One finds out whether Redis is back; to the others it is away.
        if (closedUntil > 0
            && (now < closedUntil || Interlocked.CompareExchange(ref _closedUntil, now + _pause, closedUntil) != closedUntil))
            return null;

        Task<RedisResult>? asking = null;
        try
        {
            var connection = _connecting.IsCompletedSuccessfully
                ? _connecting.Result : await _connecting.WaitAsync(_timeout, TimeProvider.System, ct).ConfigureAwait(false);
            asking = ask(connection.GetDatabase(), state);
            var answer = await asking.WaitAsync(_timeout, TimeProvider.System, ct).ConfigureAwait(false);
            if (closedUntil > 0)
            {
                Volatile.Write(ref _closedUntil, 0);
                LogBack();
            }

            return answer;
        }
        catch (Exception e) when (e is RedisException or TimeoutException or ObjectDisposedException)
        {
            _ = asking?.ContinueWith(static ended => _ = ended.Exception, CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted,
                TaskScheduler.Default);
            if (Interlocked.Exchange(ref _closedUntil, Environment.TickCount64 + _pause) == 0)
                LogAway(e);
            return null;
        }
    }

    public async ValueTask DisposeAsync()
    {
        try
        {
            await (await _connecting.ConfigureAwait(false)).DisposeAsync().ConfigureAwait(false);
        }
        catch (RedisException)
        {
            // It has never been there.
        }
    }

    [LoggerMessage(1, LogLevel.Error,
        "Redis is not responding. Until it is, each rate limit rule decides whether requests are admitted, and the inbox accepts nothing")]
    private partial void LogAway(Exception cause);

    [LoggerMessage(2, LogLevel.Information, "Redis is responding again")]
    private partial void LogBack();
}
