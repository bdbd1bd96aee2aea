using Endpoints.Redis.Tests;
using Endpoints.Wix;

namespace Endpoints.Inbox.Tests.Stores;

/// <summary>A store of one kind, its nodes, and its clock.</summary>
internal abstract class StoreUnderTest : IAsyncDisposable
{
    public static StoreUnderTest Create(StoreKind kind, RedisServer redis) =>
        kind == StoreKind.Sqlite ? new SqliteUnderTest() : new RedisUnderTest(redis);

    public abstract InboxNode Start(Action<WixInboxOptions>? configure = null);

    public abstract Task AdvanceAsync(TimeSpan by);

    public abstract ValueTask DisposeAsync();

    private sealed class SqliteUnderTest : StoreUnderTest
    {
        private readonly string _folder = Directory.CreateTempSubdirectory("inbox").FullName;
        private readonly TimerClock _time = new();

        public override InboxNode Start(Action<WixInboxOptions>? configure = null) => InboxNode.Start(_time, options =>
        {
            options.Path = Path.Combine(_folder, "inbox.db");
            configure?.Invoke(options);
        });

        public override Task AdvanceAsync(TimeSpan by)
        {
            _time.Advance(by);
            return Task.CompletedTask;
        }

        public override ValueTask DisposeAsync()
        {
            Directory.Delete(_folder, recursive: true);
            return ValueTask.CompletedTask;
        }
    }

    /// <summary>The server's clock can't be moved: every time that it has stored is moved back instead.</summary>
    private sealed class RedisUnderTest(RedisServer redis) : StoreUnderTest
    {
        private readonly string _prefix = Guid.NewGuid().ToString("n");

        public override InboxNode Start(Action<WixInboxOptions>? configure = null) => InboxNode.Start(
            TimeProvider.System, configure ?? (static _ => { }), wix => wix.UseRedis(redis.Address, sharing =>
            {
                sharing.Prefix = _prefix;
                sharing.Timeout = TimeSpan.FromSeconds(10); // a busy machine is not what is tested
            }));

        public override async Task AdvanceAsync(TimeSpan by) =>
            await redis.CommandAsync("EVAL", MoveTime, 0, "{" + _prefix + "}:inbox:*", (long)by.TotalMilliseconds);

        public override ValueTask DisposeAsync() => ValueTask.CompletedTask;

        private const string MoveTime = """
            for _, key in ipairs(redis.call('KEYS', ARGV[1])) do
              local kind = redis.call('TYPE', key).ok
              if kind == 'zset' and not string.find(key, ':f$') then -- which are numbered
                for _, member in ipairs(redis.call('ZRANGE', key, 0, -1)) do redis.call('ZINCRBY', key, -ARGV[2], member) end
              elseif kind == 'hash' then
                for _, field in ipairs({ 'at', 'accepted' }) do
                  if redis.call('HEXISTS', key, field) == 1 then redis.call('HINCRBY', key, field, -ARGV[2]) end
                end
              end
              local left = redis.call('PTTL', key)
              if left > 0 then redis.call('PEXPIRE', key, math.max(0, left - ARGV[2])) end
            end
            return 1
            """;
    }
}
