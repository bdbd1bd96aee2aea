namespace Endpoints.Inbox.Tests.Models;

/// <summary>Represents what a store must do, as plainly as it can be written: lists in memory and a clock.</summary>
internal sealed class Model
{
    public const int MaxMessages = 6;
    public static readonly TimeSpan Retention = TimeSpan.FromMilliseconds(7_000_500);

    private readonly List<Stored> _stored = []; // in the order of acceptance
    private readonly Dictionary<(string, string), (string Token, TimeSpan Until, int Attempts)> _claims = [];
    private readonly Dictionary<(string, string), TimeSpan> _handled = [];
    private TimeSpan _now;

    public void Advance(TimeSpan by) => _now += by;

    public InboxAcceptance Accept(string queue, string id, string? key)
    {
        if (IsHandled(queue, id) || Find(queue, id) is not null)
            return InboxAcceptance.Duplicate;
        if (_claims.TryGetValue((queue, id), out var claim) && claim.Until > _now)
            return InboxAcceptance.Busy;
        _claims.Remove((queue, id));
        if (_stored.Count >= MaxMessages)
            return InboxAcceptance.Full;
        _stored.Add(new(queue, id, key) { At = _now, Accepted = _now });
        return InboxAcceptance.Accepted;
    }

    public void Claim(string queue, string id, TimeSpan duration, InboxClaim claim)
    {
        if (IsHandled(queue, id) || Find(queue, id) is not null)
        {
            Assert.Equal(new(InboxAcceptance.Duplicate, null), claim);
            return;
        }

        var attempts = 0;
        if (_claims.TryGetValue((queue, id), out var before))
        {
            if (before.Until > _now)
            {
                Assert.Equal(new(InboxAcceptance.Busy, null), claim);
                return;
            }

            attempts = before.Attempts;
        }

        Assert.Equal(InboxAcceptance.Accepted, claim.Outcome);
        Assert.Equal(attempts + 1, claim.Lease!.Attempt);
        Assert.Equal((queue, id, 0), (claim.Lease.Message.Queue, claim.Lease.Message.Id, claim.Lease.Message.Body.Length));
        _claims[(queue, id)] = (claim.Lease.Token, _now + duration, attempts + 1);
    }

    /// <summary>Takes note of what has been leased, if it could be.</summary>
    public void Lease(IReadOnlyList<string> queues, int limit, TimeSpan duration, IReadOnlyList<InboxLease> leases)
    {
        var ready = _stored.Where(one => queues.Contains(one.Queue) && !one.HasFailed && one.At <= _now && !IsBlocked(one)).ToList();
        Assert.Equal(Math.Min(limit, ready.Count), leases.Count);
        Assert.Equal(leases.Count, leases.DistinctBy(static lease => (lease.Message.Queue, lease.Message.Id)).Count());
        foreach (var lease in leases)
        {
            var one = Find(lease.Message.Queue, lease.Message.Id);
            Assert.NotNull(one);
            Assert.Contains(one, ready);
            Assert.Equal((one.Key, ++one.Attempts), (lease.Message.OrderKey, lease.Attempt));
            Assert.Equal(ContractTests.Body(one.Queue, one.Id), lease.Message.Body.ToArray());
            Assert.Equal("00-trace", lease.Message.TraceParent);
            Assert.NotEqual(one.Token, lease.Token);
            (one.Token, one.At) = (lease.Token, _now + duration);
        }
    }

    public bool Renew(InboxLease lease, TimeSpan duration)
    {
        if (Held(lease) is { } one)
        {
            one.At = _now + duration;
            return true;
        }

        var at = (lease.Message.Queue, lease.Message.Id);
        if (!IsClaimed(lease))
            return false;
        _claims[at] = _claims[at] with { Until = _now + duration };
        return true;
    }

    public bool Complete(InboxLease lease)
    {
        if (Held(lease) is { } one)
            _stored.Remove(one);
        else if (IsClaimed(lease))
            _claims.Remove((lease.Message.Queue, lease.Message.Id));
        else
            return false;
        _handled[(lease.Message.Queue, lease.Message.Id)] = _now + Retention;
        return true;
    }

    public bool Retry(InboxLease lease, TimeSpan delay, string error) => Return(lease, one => (one.At, one.Error) = (_now + delay, error));

    public bool Release(InboxLease lease) => Return(lease, one => (one.At, one.Attempts) = (_now, one.Attempts - 1));

    public bool Fail(InboxLease lease, string error) =>
        Return(lease, one => (one.At, one.HasFailed, one.Error) = (_now, true, error));

    public bool Requeue(string queue, string id)
    {
        if (Find(queue, id) is not { HasFailed: true } one)
            return false;
        (one.HasFailed, one.At, one.Attempts) = (false, _now, 0);
        return true;
    }

    public bool Discard(string queue, string id)
    {
        if (Find(queue, id) is not { HasFailed: true } one)
            return false;
        _stored.Remove(one);
        _handled[(queue, id)] = _now + Retention;
        return true;
    }

    /// <summary>Failed messages that have been kept long enough are gone, and the claims that nobody has asked for any more.</summary>
    public void Clean()
    {
        _stored.RemoveAll(one => one.HasFailed && one.At + Retention <= _now);
        foreach (var old in _claims.Where(claim => claim.Value.Until + TimeSpan.FromHours(1) <= _now).ToList())
            _claims.Remove(old.Key);
    }

    public void Check(InboxCounts counts)
    {
        Assert.Equal(_stored.Count(static one => one is { Token: null, HasFailed: false }), counts.Waiting);
        Assert.Equal(_stored.Count(static one => one.Token is not null), counts.Running);
        Assert.Equal(_stored.Count(static one => one.HasFailed), counts.Failed);
        var oldest = _stored.Where(static one => !one.HasFailed).Select(one => _now - one.Accepted).DefaultIfEmpty().Max();
        Assert.InRange(counts.OldestAge, oldest, oldest + TimeSpan.FromSeconds(400)); // Redis counts what really passes, too
    }

    public void Check(InboxEntry? entry, string queue, string id)
    {
        var one = Find(queue, id);
        Assert.Equal(one is null, entry is null);
        if (one is null || entry is null)
            return;
        Check(one, entry);
        Assert.Equal(ContractTests.Body(queue, id), entry.Body.ToArray());
    }

    public void Check(IReadOnlyList<InboxEntry> failed)
    {
        Assert.Equal(_stored.Count(static one => one.HasFailed), failed.Count);
        foreach (var entry in failed)
        {
            var one = Find(entry.Queue, entry.Id);
            Assert.NotNull(one);
            Check(one, entry);
            Assert.Equal(0, entry.Body.Length);
        }

        Assert.Equal(failed.Select(static entry => entry.At).OrderDescending(), failed.Select(static entry => entry.At));
    }

    private static void Check(Stored one, InboxEntry entry)
    {
        Assert.Equal((one.Queue, one.Id, one.Key, one.Attempts, one.Error),
            (entry.Queue, entry.Id, entry.OrderKey, entry.Attempts, entry.Error));
        Assert.Equal(one.HasFailed ? InboxState.Failed : one.Token is null ? InboxState.Waiting : InboxState.Running, entry.State);
    }

    private bool Return(InboxLease lease, Action<Stored> change)
    {
        if (Held(lease) is { } one)
        {
            one.Token = null;
            change(one);
            return true;
        }

        return IsClaimed(lease) && _claims.Remove((lease.Message.Queue, lease.Message.Id));
    }

    private Stored? Held(InboxLease lease) =>
        Find(lease.Message.Queue, lease.Message.Id) is { } one && one.Token == lease.Token ? one : null;

    private bool IsClaimed(InboxLease lease) =>
        _claims.TryGetValue((lease.Message.Queue, lease.Message.Id), out var claim) && claim.Token == lease.Token;

    private bool IsHandled(string queue, string id) => _handled.TryGetValue((queue, id), out var until) && until > _now;

    private bool IsBlocked(Stored one) =>
        one.Key is not null && _stored.First(other => other.Queue == one.Queue && other.Key == one.Key) != one;

    private Stored? Find(string queue, string id) => _stored.FirstOrDefault(one => one.Queue == queue && one.Id == id);

    private sealed class Stored(string queue, string id, string? key)
    {
        public string Queue => queue;

        public string Id => id;

        public string? Key => key;

        public TimeSpan At { get; set; }

        public TimeSpan Accepted { get; init; }

        public int Attempts { get; set; }

        public string? Token { get; set; }

        public string? Error { get; set; }

        public bool HasFailed { get; set; }
    }
}
