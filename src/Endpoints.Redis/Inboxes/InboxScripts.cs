namespace Endpoints.Redis.Inboxes;

/// <summary>Contains the scripts of the inbox. One script makes a decision. Times are of the server's clock, in milliseconds.</summary>
/// <remarks>
/// <para>
/// All keys begin with <c>KEYS[1]</c>, which has the hash tag, so that they are in one slot of a cluster. A message is named by the length
/// of its queue, the queue and its id. After the prefix there are:
/// </para>
/// <list type="bullet">
/// <item><c>m:</c> and the message's name: a hash with the message. State <c>w</c> waits, <c>l</c> is leased, <c>b</c> waits behind an
/// earlier message of its order key, <c>f</c> has failed.</item>
/// <item><c>h:</c> and the name: that the message has been handled. <c>c:</c> and the name: a claim.</item>
/// <item><c>q:</c> and the queue: a stream with the messages that are ready. Its group <c>workers</c> has those that have been leased as
/// pending until they end.</item>
/// <item><c>t:</c> and the queue: when the leases of pending messages expire, or when they are tried again.</item>
/// <item><c>k:</c>, the queue and an order key: the names of its messages, in order. The first isn't blocked.</item>
/// <item><c>a</c>: when those that haven't failed were accepted. <c>r</c>: those that are leased. <c>f</c>: those that have failed, in
/// order. <c>n</c>: the last number in that order.</item>
/// </list>
/// </remarks>
internal static class InboxScripts
{
    // What is not used for the time in ARGV[1] is forgotten; each message is used when its state changes.
    private const string Start = """
        local p, keep = KEYS[1], ARGV[1]
        local time = redis.call('TIME')
        local now = time[1] * 1000 + math.floor(time[2] / 1000)
        local function use(key) redis.call('PEXPIRE', key, keep) end
        local function ready(queue, name)
          local entry = redis.call('XADD', p .. 'q:' .. queue, '*', 'm', name)
          redis.call('HSET', p .. 'm:' .. name, 'state', 'w', 'entry', entry)
          use(p .. 'q:' .. queue)
          use(p .. 'm:' .. name)
        end
        local function take_out(queue, name, entry)
          if entry then
            redis.call('XACK', p .. 'q:' .. queue, 'workers', entry)
            redis.call('XDEL', p .. 'q:' .. queue, entry)
          end
          redis.call('ZREM', p .. 't:' .. queue, name)
          redis.call('ZREM', p .. 'a', name)
          redis.call('SREM', p .. 'r', name)
        end
        local function remove(name)
          local queue, key, entry = unpack(redis.call('HMGET', p .. 'm:' .. name, 'queue', 'key', 'entry'))
          take_out(queue, name, entry)
          redis.call('ZREM', p .. 'f', name)
          redis.call('DEL', p .. 'm:' .. name)
          if key then
            local list = p .. 'k:' .. #queue .. ':' .. queue .. ':' .. key
            redis.call('LREM', list, 1, name)
            local first = redis.call('LINDEX', list, 0)
            while first and redis.call('EXISTS', p .. 'm:' .. first) == 0 do
              redis.call('LPOP', list)
              first = redis.call('LINDEX', list, 0)
            end
            if first and redis.call('HGET', p .. 'm:' .. first, 'state') == 'b' then ready(queue, first) end
          end
        end
        local function holds(name, token) return redis.call('HGET', p .. 'm:' .. name, 'token') == token end
        local function claims(name, token) return redis.call('HGET', p .. 'c:' .. name, 'token') == token end

        """;

    // keep, name, queue, id, key, trace, body, most
    public const string Accept = Start + """
        local name, queue, key = ARGV[2], ARGV[3], ARGV[5]
        if redis.call('EXISTS', p .. 'h:' .. name, p .. 'm:' .. name) > 0 then return 'd' end
        local claim = redis.call('HGET', p .. 'c:' .. name, 'at')
        if claim and tonumber(claim) > now then return 'b' end
        redis.call('DEL', p .. 'c:' .. name)
        if redis.call('ZCARD', p .. 'a') + redis.call('ZCARD', p .. 'f') >= tonumber(ARGV[8]) then return 'f' end
        redis.call('HSET', p .. 'm:' .. name, 'queue', queue, 'id', ARGV[4], 'body', ARGV[7], 'state', 'b', 'accepted', now, 'at', now,
          'attempts', 0)
        if ARGV[6] ~= '' then redis.call('HSET', p .. 'm:' .. name, 'trace', ARGV[6]) end
        redis.call('ZADD', p .. 'a', now, name)
        use(p .. 'a')
        use(p .. 'm:' .. name)
        if key ~= '' then
          local list = p .. 'k:' .. #queue .. ':' .. queue .. ':' .. key
          redis.call('HSET', p .. 'm:' .. name, 'key', key)
          local length = redis.call('RPUSH', list, name)
          use(list)
          if length > 1 then return 'a' end
        end
        ready(queue, name)
        return 'a'
        """;

    // keep, name, duration, token
    public const string Claim = Start + """
        local name, duration, token = ARGV[2], tonumber(ARGV[3]), ARGV[4]
        if redis.call('EXISTS', p .. 'h:' .. name, p .. 'm:' .. name) > 0 then return { 'd' } end
        local claim = redis.call('HGET', p .. 'c:' .. name, 'at')
        if claim and tonumber(claim) > now then return { 'b' } end
        redis.call('HSET', p .. 'c:' .. name, 'at', now + duration, 'token', token)
        redis.call('HSETNX', p .. 'c:' .. name, 'accepted', now)
        local attempts = redis.call('HINCRBY', p .. 'c:' .. name, 'attempts', 1)
        redis.call('PEXPIRE', p .. 'c:' .. name, duration + 3600000)
        return { 'a', attempts, redis.call('HGET', p .. 'c:' .. name, 'accepted') }
        """;

    // keep, limit, duration, token, queues
    public const string Lease = Start + """
        local limit, duration, token = tonumber(ARGV[2]), tonumber(ARGV[3]), ARGV[4]
        local leases = {}
        local function lease(queue, name)
          local m = redis.call('HMGET', p .. 'm:' .. name, 'queue', 'id', 'key', 'accepted', 'trace', 'body', 'entry')
          if not m[1] then return false end
          redis.call('HSET', p .. 'm:' .. name, 'state', 'l', 'token', token, 'at', now + duration)
          redis.call('ZADD', p .. 't:' .. queue, now + duration, name)
          redis.call('SADD', p .. 'r', name)
          use(p .. 'm:' .. name)
          leases[#leases + 1] =
            { m[1], m[2], m[3], redis.call('HINCRBY', p .. 'm:' .. name, 'attempts', 1), m[4], m[5], m[6] }
          return m[7] or true
        end
        for i = 5, #ARGV do
          local queue = ARGV[i]
          local stream = p .. 'q:' .. queue
          if #leases < limit then
            for _, name in ipairs(redis.call('ZRANGEBYSCORE', p .. 't:' .. queue, '-inf', now, 'LIMIT', 0, limit - #leases)) do
              local entry = lease(queue, name)
              if not entry then
                take_out(queue, name)
              elseif entry ~= true then
                redis.call('XCLAIM', stream, 'workers', 'worker', 0, entry)
              end
            end
          end
          while #leases < limit and redis.call('EXISTS', stream) == 1 do
            local read = { 'XREADGROUP', 'GROUP', 'workers', 'worker', 'COUNT', limit - #leases, 'STREAMS', stream, '>' }
            local found = redis.pcall(unpack(read))
            if type(found) == 'table' and found.err then
              redis.call('XGROUP', 'CREATE', stream, 'workers', '0')
              found = redis.call(unpack(read))
            end
            if not found or #found == 0 then break end
            for _, entry in ipairs(found[1][2]) do
              local name = entry[2] and entry[2][2]
              if not name or not lease(queue, name) then take_out(queue, name or '', entry[1]) end
            end
          end
          if #leases > 0 then
            for _, key in ipairs({ stream, p .. 't:' .. queue, p .. 'a', p .. 'r' }) do use(key) end
          end
        end
        return leases
        """;

    // keep, name, token, duration
    public const string Renew = Start + """
        local name, token, at = ARGV[2], ARGV[3], now + ARGV[4]
        if holds(name, token) then
          redis.call('HSET', p .. 'm:' .. name, 'at', at)
          redis.call('ZADD', p .. 't:' .. redis.call('HGET', p .. 'm:' .. name, 'queue'), at, name)
          use(p .. 'm:' .. name)
          return 1
        elseif claims(name, token) then
          redis.call('HSET', p .. 'c:' .. name, 'at', at)
          redis.call('PEXPIRE', p .. 'c:' .. name, ARGV[4] + 3600000)
          return 1
        end
        return 0
        """;

    // keep, name, token, retention
    public const string Complete = Start + """
        local name, token = ARGV[2], ARGV[3]
        if holds(name, token) then
          remove(name)
        elseif claims(name, token) then
          redis.call('DEL', p .. 'c:' .. name)
        else
          return 0
        end
        redis.call('SET', p .. 'h:' .. name, '', 'PX', ARGV[4])
        return 1
        """;

    // keep, name, token, delay, error, change of attempts
    public const string Retry = Start + """
        local name, token = ARGV[2], ARGV[3]
        if holds(name, token) then
          local queue = redis.call('HGET', p .. 'm:' .. name, 'queue')
          redis.call('HSET', p .. 'm:' .. name, 'state', 'w', 'at', now + ARGV[4])
          if ARGV[5] ~= '' then redis.call('HSET', p .. 'm:' .. name, 'error', ARGV[5]) end
          redis.call('HINCRBY', p .. 'm:' .. name, 'attempts', ARGV[6])
          redis.call('HDEL', p .. 'm:' .. name, 'token')
          redis.call('ZADD', p .. 't:' .. queue, now + ARGV[4], name)
          redis.call('SREM', p .. 'r', name)
          use(p .. 'm:' .. name)
          return 1
        end
        return claims(name, token) and redis.call('DEL', p .. 'c:' .. name) or 0
        """;

    // keep, name, token, error
    public const string Fail = Start + """
        local name, token = ARGV[2], ARGV[3]
        if holds(name, token) then
          local queue, entry = unpack(redis.call('HMGET', p .. 'm:' .. name, 'queue', 'entry'))
          take_out(queue, name, entry)
          redis.call('HSET', p .. 'm:' .. name, 'state', 'f', 'at', now, 'error', ARGV[4])
          redis.call('HDEL', p .. 'm:' .. name, 'token', 'entry')
          redis.call('ZADD', p .. 'f', redis.call('INCR', p .. 'n'), name)
          for _, key in ipairs({ p .. 'm:' .. name, p .. 'f', p .. 'n' }) do use(key) end
          return 1
        end
        return claims(name, token) and redis.call('DEL', p .. 'c:' .. name) or 0
        """;

    // keep, the last number of the page before, limit
    public const string Failed = Start + """
        local found = redis.call('ZREVRANGEBYSCORE', p .. 'f', ARGV[2], '-inf', 'WITHSCORES', 'LIMIT', 0, ARGV[3])
        local entries = {}
        for i = 1, #found, 2 do
          local m = redis.call('HMGET', p .. 'm:' .. found[i], 'queue', 'id', 'key', 'state', 'attempts', 'accepted', 'at', 'error')
          m[9] = false
          m[10] = found[i + 1]
          if m[1] then entries[#entries + 1] = m else redis.call('ZREM', p .. 'f', found[i]) end
        end
        return entries
        """;

    // keep, name
    public const string Find = Start + """
        return redis.call('HMGET', p .. 'm:' .. ARGV[2], 'queue', 'id', 'key', 'state', 'attempts', 'accepted', 'at', 'error', 'body')
        """;

    // keep, name
    public const string Requeue = Start + """
        local name = ARGV[2]
        local queue, state, accepted = unpack(redis.call('HMGET', p .. 'm:' .. name, 'queue', 'state', 'accepted'))
        if state ~= 'f' then return 0 end
        redis.call('ZREM', p .. 'f', name)
        redis.call('HSET', p .. 'm:' .. name, 'at', now, 'attempts', 0)
        redis.call('ZADD', p .. 'a', accepted, name)
        use(p .. 'a')
        ready(queue, name)
        return 1
        """;

    // keep, name, retention
    public const string Discard = Start + """
        local name = ARGV[2]
        if redis.call('HGET', p .. 'm:' .. name, 'state') ~= 'f' then return 0 end
        remove(name)
        redis.call('SET', p .. 'h:' .. name, '', 'PX', ARGV[3])
        return 1
        """;

    // keep
    public const string Count = Start + """
        local oldest = redis.call('ZRANGE', p .. 'a', 0, 0, 'WITHSCORES')
        local running = redis.call('SCARD', p .. 'r')
        return { redis.call('ZCARD', p .. 'a') - running, running, redis.call('ZCARD', p .. 'f'),
          oldest[2] and math.max(0, now - oldest[2]) or 0 }
        """;

    // keep, limit, retention of failed messages
    public const string Clean = Start + """
        local removed = 0
        for _, name in ipairs(redis.call('ZRANGE', p .. 'f', 0, ARGV[2] - 1)) do
          local at = redis.call('HGET', p .. 'm:' .. name, 'at')
          if at and at + ARGV[3] > now then break end
          if at then remove(name) else redis.call('ZREM', p .. 'f', name) end
          removed = removed + 1
        end
        return removed
        """;
}
