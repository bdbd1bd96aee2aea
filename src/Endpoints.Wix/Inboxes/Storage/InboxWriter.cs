using System.Collections.Concurrent;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;

namespace Endpoints.Wix.Inboxes.Storage;

/// <summary>Runs the operations on the file, one after another, on a thread of their own. Those that wait share a transaction.</summary>
/// <remarks>
/// Thread-safe. While one transaction is written to the disk, the next operations gather. A transaction is stored as a whole or, if
/// anything fails, not at all; then each of its operations fails, and the file is opened anew for the next.
/// </remarks>
internal sealed partial class InboxWriter : IAsyncDisposable
{
    private const int LargestTransaction = 512;
    private const int MostWaiting = 20_000;
    // Who answers Wix waits for less. These are for a disk or a machine that stands still.
    private static readonly TimeSpan Wait = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan BusyWait = TimeSpan.FromSeconds(3);

    private readonly BlockingCollection<Operation> _waiting = new(MostWaiting);
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly InboxFile _file;
    private readonly TimeProvider _time;
    private readonly ILogger<InboxWriter> _logger;
    private readonly Lock _starting = new();
    private InboxSession? _session;
    private Thread? _thread;
    private bool _isAway;

    public InboxWriter(InboxFile file, TimeProvider time, ILogger<InboxWriter> logger) => (_file, _time, _logger) = (file, time, logger);

    /// <summary>Runs an operation and returns its result when the transaction is on the disk.</summary>
    /// <exception cref="InboxUnavailableException">The file doesn't work, or too many operations wait, or it takes too long.</exception>
    public async ValueTask<T> RunAsync<T>(Func<InboxSession, T> run, CancellationToken ct)
    {
        ct.ThrowIfCancellationRequested();
        var operation = new Operation<T>(run);
        try
        {
            if (!_waiting.TryAdd(operation, 0, ct))
                throw new InboxUnavailableException("Too many operations wait for the inbox file.");
        }
        catch (InvalidOperationException e) // it has ended
        {
            throw new InboxUnavailableException("The inbox file is closed.", e);
        }

        Start();
        try
        {
            // The disk is this machine's, and so is the time that it takes.
            return await operation.Task.WaitAsync(Wait, TimeProvider.System, ct).ConfigureAwait(false);
        }
        catch (TimeoutException e)
        {
            throw new InboxUnavailableException("The inbox file takes too long.", e);
        }
        finally
        {
            operation.Abandon();
        }
    }

    public async ValueTask DisposeAsync()
    {
        _waiting.CompleteAdding();
        lock (_starting)
        {
            if (_thread is null)
                _ended.TrySetResult();
        }

        await _ended.Task.ConfigureAwait(false);
        _waiting.Dispose();
    }

    private void Start()
    {
        if (Volatile.Read(ref _thread) is not null)
            return;
        lock (_starting)
        {
            if (_thread is not null)
                return;
            _thread = new(Run) { IsBackground = true, Name = "Inbox file" };
            _thread.Start();
        }
    }

    private void Run()
    {
        var batch = new List<Operation>();
        while (_waiting.TryTake(out var first, Timeout.Infinite))
        {
            batch.Add(first);
            while (batch.Count < LargestTransaction && _waiting.TryTake(out var next))
                batch.Add(next);
            Write(batch);
            batch.Clear();
        }

        _session?.Dispose();
        _ended.TrySetResult();
    }

    private void Write(List<Operation> batch)
    {
        try
        {
            if (_session is null)
            {
                _session = new(_file.Open());
                LogOpened(_file.Path);
            }

            Begin(_session);
            _session.Now = _time.GetUtcNow().ToUnixTimeMilliseconds();
            foreach (var operation in batch)
                operation.Run(_session);
            _session.Commit();
        }
        catch (Exception e)
        {
            Fail(batch, e);
            return;
        }

        if (_isAway)
            LogBack(_file.Path);
        _isAway = false;
        foreach (var operation in batch)
            operation.Succeed();
    }

    private static void Begin(InboxSession session)
    {
        var begun = TimeProvider.System.GetTimestamp();
        while (!session.TryBegin()) // which waits for a few milliseconds
        {
            if (TimeProvider.System.GetElapsedTime(begun) > BusyWait)
                throw new TimeoutException("Another process is writing to the file.");
        }
    }

    private void Fail(List<Operation> batch, Exception e)
    {
        if (!_isAway)
            LogAway(_file.Path, e);
        _isAway = true;
        var failure = new InboxUnavailableException("The inbox file can't be read or written.", e);
        foreach (var operation in batch)
            operation.Fail(failure);
        try
        {
            _session?.Dispose();
        }
        catch (SqliteException)
        {
            // It is of no more use.
        }

        _session = null;
    }

    [LoggerMessage(1, LogLevel.Information, "The inbox is stored in {Path}")]
    private partial void LogOpened(string path);

    [LoggerMessage(2, LogLevel.Error,
        "The inbox file {Path} can't be read or written. Events are rejected until it can, and Wix delivers them again. Make sure that the "
        + "disk has free space and that the application can write to the file. If the file is damaged, move it away")]
    private partial void LogAway(string path, Exception cause);

    [LoggerMessage(3, LogLevel.Information, "The inbox file {Path} is available again")]
    private partial void LogBack(string path);

    private abstract class Operation
    {
        public abstract void Run(InboxSession session);

        public abstract void Succeed();

        public abstract void Fail(Exception failure);
    }

    private sealed class Operation<T>(Func<InboxSession, T> run) : Operation
    {
        private readonly TaskCompletionSource<T> _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private T _result = default!; // read after Run
        private volatile bool _isAbandoned;
        private bool _hasRun;

        public Task<T> Task => _completion.Task;

        /// <summary>Nobody waits for the result anymore: what hasn't run yet needs not run.</summary>
        public void Abandon() => _isAbandoned = true;

        public override void Run(InboxSession session)
        {
            if (_isAbandoned)
                return;
            _result = run(session);
            _hasRun = true;
        }

        public override void Succeed()
        {
            if (_hasRun)
                _completion.TrySetResult(_result);
            else
                _completion.TrySetCanceled(CancellationToken.None);
        }

        public override void Fail(Exception failure)
        {
            _completion.TrySetException(failure);
            _ = _completion.Task.Exception; // observed, if nobody waits
        }
    }
}
