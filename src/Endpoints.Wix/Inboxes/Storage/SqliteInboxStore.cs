using System.Globalization;
using Endpoints.Wix.Values;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Options;

namespace Endpoints.Wix.Inboxes.Storage;

/// <summary>Stores messages in an SQLite file, for all processes of a machine that use the file.</summary>
/// <remarks>Thread-safe. Times are those of the <see cref="TimeProvider"/>.</remarks>
internal sealed class SqliteInboxStore(InboxWriter writer, IOptions<InboxOptions> options) : IInboxStore
{
    private const long Failed = 2;
    private const long Claimed = 3;
    private const char ClaimMark = 'c';
    private const char LeaseMark = 'l';

    private readonly InboxOptions _limits = options.Value;
    private int _turn;

    public ValueTask<InboxAcceptance> AcceptAsync(InboxMessage message, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(message);
        return message.Body.Length > _limits.MaxMessageSize
            ? new(InboxAcceptance.TooLarge) : writer.RunAsync(session => Accept(session, message), cancellationToken);
    }

    public ValueTask<InboxClaim> ClaimAsync(string queue, string id, TimeSpan duration, CancellationToken cancellationToken)
    {
        var message = new InboxMessage { Queue = queue, Id = id, Body = default };
        return writer.RunAsync(session => Claim(session, message, duration), cancellationToken);
    }

    public ValueTask<IReadOnlyList<InboxLease>> LeaseAsync(
        IReadOnlyList<string> queues, int limit, TimeSpan duration, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(queues);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(limit);
        return queues.Count == 0
            ? new([]) : writer.RunAsync(session => Lease(session, queues, limit, duration), cancellationToken);
    }

    public ValueTask<bool> RenewAsync(InboxLease lease, TimeSpan duration, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(lease);
        return writer.RunAsync(
            session => session.Execute(
                InboxSchema.Renew, lease.Message.Queue, lease.Message.Id, lease.Token, session.Now + Milliseconds(duration)) > 0,
            cancellationToken);
    }

    public ValueTask<bool> CompleteAsync(InboxLease lease, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(lease);
        return writer.RunAsync(
            session => End(session, lease.Message.Queue, lease.Message.Id, InboxSchema.Complete, lease.Token), cancellationToken);
    }

    public ValueTask<bool> RetryAsync(InboxLease lease, TimeSpan delay, string errorText, CancellationToken cancellationToken) =>
        ReturnAsync(lease, delay, errorText, notCounted: 0, cancellationToken);

    public ValueTask<bool> ReleaseAsync(InboxLease lease, CancellationToken cancellationToken) =>
        ReturnAsync(lease, TimeSpan.Zero, error: null, notCounted: 1, cancellationToken);

    public ValueTask<bool> FailAsync(InboxLease lease, string errorText, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(lease);
        return IsClaim(lease)
            ? DropAsync(lease, cancellationToken)
            : writer.RunAsync(
                session => session.Execute(
                    InboxSchema.Fail, lease.Message.Queue, lease.Message.Id, lease.Token, session.Now, Shortened(errorText)) > 0,
                cancellationToken);
    }

    public ValueTask<InboxPage> ListFailedAsync(string? continuation, int limit, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(limit);
        var (at, seq) = (long.MaxValue, long.MaxValue);
        if (continuation is not null
            && (continuation.Split(':') is not [var first, var second]
                || !long.TryParse(first, NumberStyles.None, CultureInfo.InvariantCulture, out at)
                || !long.TryParse(second, NumberStyles.None, CultureInfo.InvariantCulture, out seq)))
            return new(new InboxPage([], null));
        return writer.RunAsync(session => List(session, at, seq, limit), cancellationToken);
    }

    public ValueTask<InboxEntry?> FindAsync(string queue, string id, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(queue);
        ArgumentNullException.ThrowIfNull(id);
        return writer.RunAsync(
            session =>
            {
                using var rows = session.Query(InboxSchema.Find, queue, id);
                return rows.Read() ? Entry(rows) : null;
            },
            cancellationToken);
    }

    public ValueTask<bool> RequeueAsync(string queue, string id, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(queue);
        ArgumentNullException.ThrowIfNull(id);
        return writer.RunAsync(session => session.Execute(InboxSchema.Requeue, queue, id, session.Now) > 0, cancellationToken);
    }

    public ValueTask<bool> DiscardAsync(string queue, string id, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(queue);
        ArgumentNullException.ThrowIfNull(id);
        return writer.RunAsync(session => End(session, queue, id, InboxSchema.Discard), cancellationToken);
    }

    public ValueTask<InboxCounts> CountAsync(CancellationToken cancellationToken) => writer.RunAsync(Count, cancellationToken);

    public ValueTask<int> CleanAsync(int limit, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(limit);
        return writer.RunAsync(session => Clean(session, limit), cancellationToken);
    }

    private InboxAcceptance Accept(InboxSession session, InboxMessage message)
    {
        if (TryInsert())
            return InboxAcceptance.Accepted;
        if (IsHandled(session, message.Queue, message.Id))
            return InboxAcceptance.Duplicate;
        if (Stored(session, message.Queue, message.Id) is { } stored)
        {
            if (stored.State != Claimed)
                return InboxAcceptance.Duplicate;
            if (stored.At > session.Now)
                return InboxAcceptance.Busy;
            session.Execute(InboxSchema.DropClaim, message.Queue, message.Id);
            if (TryInsert())
                return InboxAcceptance.Accepted;
        }

        return InboxAcceptance.Full;

        bool TryInsert() => session.Execute(
            InboxSchema.Accept, message.Queue, message.Id, message.OrderKey, session.Now, message.TraceParent, message.Body.ToArray(),
            _limits.MaxMessages) > 0;
    }

    private static InboxClaim Claim(InboxSession session, InboxMessage message, TimeSpan duration)
    {
        var (queue, id) = (message.Queue, message.Id);
        if (IsHandled(session, queue, id))
            return new(InboxAcceptance.Duplicate, null);
        if (Stored(session, queue, id) is { } stored)
        {
            if (stored.State != Claimed)
                return new(InboxAcceptance.Duplicate, null);
            if (stored.At > session.Now)
                return new(InboxAcceptance.Busy, null);
        }

        var token = NewToken(ClaimMark);
        using var rows = session.Query(InboxSchema.Claim, queue, id, session.Now, session.Now + Milliseconds(duration), token);
        rows.Read();
        return new(InboxAcceptance.Accepted, new()
        {
            Message = message, Token = token, Attempt = rows.GetInt32(0), AcceptedAt = Time(rows, 1),
        });
    }

    private IReadOnlyList<InboxLease> Lease(InboxSession session, IReadOnlyList<string> queues, int limit, TimeSpan duration)
    {
        var leases = new List<(long Seq, InboxLease Lease)>();
        var token = NewToken(LeaseMark);
        // Each time another queue is the first, so that a busy one doesn't hold up the others.
        _turn = (_turn + 1) % queues.Count;
        for (var i = 0; i < queues.Count && leases.Count < limit; i++)
        {
            using var rows = session.Query(InboxSchema.Lease, queues[(_turn + i) % queues.Count], session.Now, limit - leases.Count,
                session.Now + Milliseconds(duration), token);
            while (rows.Read())
            {
                var message = new InboxMessage
                {
                    Queue = rows.GetString(0), Id = rows.GetString(1), OrderKey = Text(rows, 2), TraceParent = Text(rows, 5),
                    Body = rows.GetFieldValue<byte[]>(6),
                };
                leases.Add((rows.GetInt64(7),
                    new() { Message = message, Token = token, Attempt = rows.GetInt32(3), AcceptedAt = Time(rows, 4) }));
            }
        }

        return [.. leases.OrderBy(static lease => lease.Seq).Select(static lease => lease.Lease)];
    }

    private bool End(InboxSession session, string queue, string id, string statement, string? token = null)
    {
        string? key;
        using (var rows = token is null ? session.Query(statement, queue, id) : session.Query(statement, queue, id, token))
        {
            if (!rows.Read())
                return false;
            key = Text(rows, 0);
        }

        session.Execute(InboxSchema.Handled, queue, id, session.Now + Milliseconds(_limits.HandledRetention));
        if (key is not null)
            session.Execute(InboxSchema.Promote, queue, key);
        return true;
    }

    private ValueTask<bool> ReturnAsync(InboxLease lease, TimeSpan delay, string? error, int notCounted, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(lease);
        return IsClaim(lease)
            ? DropAsync(lease, ct)
            : writer.RunAsync(
                session => session.Execute(InboxSchema.Retry, lease.Message.Queue, lease.Message.Id, lease.Token,
                    session.Now + Milliseconds(delay), Shortened(error), notCounted) > 0,
                ct);
    }

    private ValueTask<bool> DropAsync(InboxLease lease, CancellationToken ct) => writer.RunAsync(
        session =>
        {
            using var rows = session.Query(InboxSchema.Complete, lease.Message.Queue, lease.Message.Id, lease.Token);
            return rows.Read();
        },
        ct);

    private static InboxPage List(InboxSession session, long at, long seq, int limit)
    {
        var entries = new List<InboxEntry>();
        using var rows = session.Query(InboxSchema.Failed, at, seq, limit + 1L);
        string? continuation = null;
        while (rows.Read())
        {
            if (entries.Count == limit)
                return new(entries, continuation);
            entries.Add(Entry(rows));
            continuation = string.Create(CultureInfo.InvariantCulture, $"{rows.GetInt64(6)}:{rows.GetInt64(9)}");
        }

        return new(entries, null);
    }

    private static InboxCounts Count(InboxSession session)
    {
        var (waiting, running, failed, oldest) = (0L, 0L, 0L, session.Now);
        using var rows = session.Query(InboxSchema.Counts);
        while (rows.Read())
        {
            var (state, count) = (rows.GetInt64(0), rows.GetInt64(1));
            if (state == Claimed)
                continue;
            if (state == Failed)
            {
                failed = count;
                continue;
            }

            if (state == 1)
                running += count;
            else
                waiting += count;
            oldest = Math.Min(oldest, rows.GetInt64(2));
        }

        return new(waiting, running, failed, TimeSpan.FromMilliseconds(session.Now - oldest));
    }

    private int Clean(InboxSession session, int limit)
    {
        var removed = session.Execute(InboxSchema.Forget, session.Now, limit);
        var unblocked = new List<(string Queue, string Key)>();
        foreach (var (state, until) in new[]
            { (Failed, session.Now - Milliseconds(_limits.FailedRetention)), (Claimed, session.Now - Milliseconds(TimeSpan.FromHours(1))) })
        {
            using var rows = session.Query(InboxSchema.Drop, state, until, limit);
            while (rows.Read())
            {
                removed++;
                if (Text(rows, 1) is { } key)
                    unblocked.Add((rows.GetString(0), key));
            }
        }

        foreach (var (queue, key) in unblocked)
            session.Execute(InboxSchema.Promote, queue, key);
        return removed;
    }

    private static bool IsHandled(InboxSession session, string queue, string id)
    {
        using var rows = session.Query(InboxSchema.IsHandled, queue, id, session.Now);
        return rows.Read();
    }

    private static (long State, long At)? Stored(InboxSession session, string queue, string id)
    {
        using var rows = session.Query(InboxSchema.State, queue, id);
        return rows.Read() ? (rows.GetInt64(0), rows.GetInt64(1)) : null;
    }

    private static InboxEntry Entry(SqliteDataReader rows) => new()
    {
        Queue = rows.GetString(0),
        Id = rows.GetString(1),
        OrderKey = Text(rows, 2),
        State = rows.GetInt64(3) switch { 1 => InboxState.Running, Failed => InboxState.Failed, _ => InboxState.Waiting },
        Attempts = rows.GetInt32(4),
        AcceptedAt = Time(rows, 5),
        At = Time(rows, 6),
        Error = Text(rows, 7),
        Body = rows.IsDBNull(8) ? default : rows.GetFieldValue<byte[]>(8),
    };

    private static bool IsClaim(InboxLease lease) => lease.Token.StartsWith(ClaimMark);

    private static string? Shortened(string? error) =>
        error is { Length: > InboxEntry.MaxErrorLength } ? error[..InboxEntry.MaxErrorLength] : error;

    private static string NewToken(char mark) => mark + RandomSecret.New();

    private static long Milliseconds(TimeSpan time) => (long)Math.Ceiling(time.TotalMilliseconds);

    private static string? Text(SqliteDataReader rows, int column) => rows.IsDBNull(column) ? null : rows.GetString(column);

    private static DateTimeOffset Time(SqliteDataReader rows, int column) => DateTimeOffset.FromUnixTimeMilliseconds(rows.GetInt64(column));
}
