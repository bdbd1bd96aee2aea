using System.Globalization;
using System.Security.Cryptography;
using Endpoints.Redis.Connecting;
using Microsoft.Extensions.Options;
using StackExchange.Redis;

namespace Endpoints.Redis.Inboxes;

/// <summary>Stores messages in Redis, for all instances of an application.</summary>
/// <remarks>
/// Thread-safe. An operation is one script and one round trip, and takes no longer than <see cref="RedisSharingOptions.Timeout"/>. A key
/// that isn't used expires 90 days after <see cref="InboxOptions.FailedRetention"/>.
/// </remarks>
internal sealed class RedisInboxStore(RedisConnection redis, IOptions<RedisSharingOptions> sharing, IOptions<InboxOptions> options)
    : IInboxStore
{
    private readonly RedisKey[] _keys = [$"{{{sharing.Value.Prefix}}}:inbox:"];
    private readonly InboxOptions _limits = options.Value;
    private readonly long _keep = Milliseconds(options.Value.FailedRetention + TimeSpan.FromDays(90));
    private int _turn;

    public async ValueTask<InboxAcceptance> AcceptAsync(InboxMessage message, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(message);
        return message.Body.Length > _limits.MaxMessageSize
            ? InboxAcceptance.TooLarge
            : Outcome(await RunAsync(InboxScripts.Accept, cancellationToken, Name(message), message.Queue, message.Id,
                message.OrderKey ?? "", message.TraceParent ?? "", message.Body, _limits.MaxMessages).ConfigureAwait(false));
    }

    public async ValueTask<InboxClaim> ClaimAsync(string queue, string id, TimeSpan duration, CancellationToken cancellationToken)
    {
        var message = new InboxMessage { Queue = queue, Id = id, Body = default };
        var token = NewToken();
        var answer = (RedisResult[])(await RunAsync(InboxScripts.Claim, cancellationToken, Name(message), Milliseconds(duration), token)
            .ConfigureAwait(false))!; // of the script
        return Outcome(answer[0]) is var outcome && outcome != InboxAcceptance.Accepted
            ? new(outcome, null)
            : new(outcome, new() { Message = message, Token = token, Attempt = (int)answer[1], AcceptedAt = Time(answer[2]) });
    }

    public async ValueTask<IReadOnlyList<InboxLease>> LeaseAsync(
        IReadOnlyList<string> queues, int limit, TimeSpan duration, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(queues);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(limit);
        if (queues.Count == 0)
            return [];
        var token = NewToken();
        RedisValue[] values = [limit, Milliseconds(duration), token, .. Turned(queues)];
        var leases = (RedisResult[])(await RunAsync(InboxScripts.Lease, cancellationToken, values).ConfigureAwait(false))!; // of the script
        return [.. leases.Select(lease => Lease((RedisResult[])lease!, token))]; // of the script
    }

    public ValueTask<bool> RenewAsync(InboxLease lease, TimeSpan duration, CancellationToken cancellationToken) =>
        ChangeAsync(InboxScripts.Renew, lease, cancellationToken, Milliseconds(duration));

    public ValueTask<bool> CompleteAsync(InboxLease lease, CancellationToken cancellationToken) =>
        ChangeAsync(InboxScripts.Complete, lease, cancellationToken, Milliseconds(_limits.HandledRetention));

    public ValueTask<bool> RetryAsync(InboxLease lease, TimeSpan delay, string errorText, CancellationToken cancellationToken) =>
        ChangeAsync(InboxScripts.Retry, lease, cancellationToken, Milliseconds(delay), Shortened(errorText), 0);

    public ValueTask<bool> ReleaseAsync(InboxLease lease, CancellationToken cancellationToken) =>
        ChangeAsync(InboxScripts.Retry, lease, cancellationToken, 0, "", -1);

    public ValueTask<bool> FailAsync(InboxLease lease, string errorText, CancellationToken cancellationToken) =>
        ChangeAsync(InboxScripts.Fail, lease, cancellationToken, Shortened(errorText));

    public async ValueTask<InboxPage> ListFailedAsync(string? continuation, int limit, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(limit);
        if (continuation is not null && !long.TryParse(continuation, NumberStyles.None, CultureInfo.InvariantCulture, out _))
            return new([], null);
        var found = (RedisResult[])(await RunAsync(
            InboxScripts.Failed, cancellationToken, continuation is null ? "+inf" : "(" + continuation, limit + 1)
            .ConfigureAwait(false))!; // of the script
        var entries = found.Take(limit).Select(static entry => (RedisResult[])entry!).ToArray(); // of the script
        return new([.. entries.Select(Entry)], found.Length > limit ? (string?)entries[^1][9] : null);
    }

    public async ValueTask<InboxEntry?> FindAsync(string queue, string id, CancellationToken cancellationToken)
    {
        var entry = (RedisResult[])(await RunAsync(InboxScripts.Find, cancellationToken, Name(queue, id)).ConfigureAwait(false))!;
        return entry[0].IsNull ? null : Entry(entry);
    }

    public async ValueTask<bool> RequeueAsync(string queue, string id, CancellationToken cancellationToken) =>
        (bool)await RunAsync(InboxScripts.Requeue, cancellationToken, Name(queue, id)).ConfigureAwait(false);

    public async ValueTask<bool> DiscardAsync(string queue, string id, CancellationToken cancellationToken) =>
        (bool)await RunAsync(
            InboxScripts.Discard, cancellationToken, Name(queue, id), Milliseconds(_limits.HandledRetention)).ConfigureAwait(false);

    public async ValueTask<InboxCounts> CountAsync(CancellationToken cancellationToken)
    {
        var numbers = (long[])(await RunAsync(InboxScripts.Count, cancellationToken).ConfigureAwait(false))!; // of the script
        return new(numbers[0], numbers[1], numbers[2], TimeSpan.FromMilliseconds(numbers[3]));
    }

    public async ValueTask<int> CleanAsync(int limit, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(limit);
        return (int)await RunAsync(InboxScripts.Clean, cancellationToken, limit, Milliseconds(_limits.FailedRetention))
            .ConfigureAwait(false);
    }

    private async ValueTask<bool> ChangeAsync(string script, InboxLease lease, CancellationToken ct, params RedisValue[] rest)
    {
        ArgumentNullException.ThrowIfNull(lease);
        return (bool)await RunAsync(script, ct, [Name(lease.Message), lease.Token, .. rest]).ConfigureAwait(false);
    }

    private async ValueTask<RedisResult> RunAsync(string script, CancellationToken ct, params RedisValue[] values) =>
        await redis.AskAsync(
            (script, _keys, Values: (RedisValue[])[_keep, .. values]),
            static (database, asked) => database.ScriptEvaluateAsync(asked.script, asked._keys, asked.Values), ct).ConfigureAwait(false)
        ?? throw new InboxUnavailableException("Redis is not responding.");

    // Each time another queue is the first, so that a busy one doesn't hold up the others.
    private IEnumerable<RedisValue> Turned(IReadOnlyList<string> queues)
    {
        var turn = Interlocked.Increment(ref _turn) & int.MaxValue;
        for (var i = 0; i < queues.Count; i++)
            yield return queues[(turn + i) % queues.Count];
    }

    private static InboxLease Lease(RedisResult[] lease, string token) => new()
    {
        Message = new()
        {
            Queue = (string)lease[0]!, Id = (string)lease[1]!, OrderKey = (string?)lease[2], TraceParent = (string?)lease[5],
            Body = (byte[]?)lease[6],
        },
        Token = token,
        Attempt = (int)lease[3],
        AcceptedAt = Time(lease[4]),
    };

    private static InboxEntry Entry(RedisResult[] entry) => new()
    {
        Queue = (string)entry[0]!,
        Id = (string)entry[1]!,
        OrderKey = (string?)entry[2],
        State = (string?)entry[3] switch { "l" => InboxState.Running, "f" => InboxState.Failed, _ => InboxState.Waiting },
        Attempts = (int)entry[4],
        AcceptedAt = Time(entry[5]),
        At = Time(entry[6]),
        Error = (string?)entry[7],
        Body = (byte[]?)entry[8],
    };

    private static InboxAcceptance Outcome(RedisResult answer) => (string?)answer switch
    {
        "a" => InboxAcceptance.Accepted,
        "d" => InboxAcceptance.Duplicate,
        "b" => InboxAcceptance.Busy,
        _ => InboxAcceptance.Full,
    };

    private static string Name(InboxMessage message) => Name(message.Queue, message.Id);

    // The length keeps two names apart whose parts meet at another place.
    private static string Name(string queue, string id)
    {
        ArgumentNullException.ThrowIfNull(queue);
        ArgumentNullException.ThrowIfNull(id);
        return string.Create(CultureInfo.InvariantCulture, $"{queue.Length}:{queue}:{id}");
    }

    private static string NewToken() => RandomNumberGenerator.GetHexString(32, lowercase: true);

    private static string Shortened(string error) => error.Length > InboxEntry.MaxErrorLength ? error[..InboxEntry.MaxErrorLength] : error;

    private static long Milliseconds(TimeSpan time) => (long)Math.Ceiling(time.TotalMilliseconds);

    private static DateTimeOffset Time(RedisResult milliseconds) => DateTimeOffset.FromUnixTimeMilliseconds((long)milliseconds);
}
