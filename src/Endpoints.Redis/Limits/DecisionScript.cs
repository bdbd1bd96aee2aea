namespace Endpoints.Redis.Limits;

/// <summary>Contains the scripts that Redis runs. One script makes a decision, regardless of the number of counters.</summary>
/// <remarks>
/// Times are those of the server's clock, in microseconds. Every key expires by itself. Each counter has eight arguments: the algorithm,
/// the amount available at once, the cost, the window, the amount restored per window, the number of segments, whether it is a share of the
/// preceding counter, and the amount to take if that much is available. The last argument identifies the places among the requests in
/// progress. The reply has: whether the request is admitted, the counter that decided, its remaining amount, the time to wait, and the time
/// until all is forgotten; and for an admitted request, for each counter, the amount taken and the time for which it is valid.
/// </remarks>
internal static class DecisionScript
{
    public const int Arguments = 8;

    public const string Text = """
        local time = redis.call('TIME')
        local now = time[1] * 1000000 + time[2]
        local id = ARGV[#ARGV]
        local counters = {}
        for i = 1, #KEYS do
          local o = (i - 1) * 8
          local c = { key = KEYS[i], kind = ARGV[o + 1], limit = tonumber(ARGV[o + 2]), cost = tonumber(ARGV[o + 3]),
            window = tonumber(ARGV[o + 4]), rate = tonumber(ARGV[o + 5]), segments = tonumber(ARGV[o + 6]),
            share = ARGV[o + 7] == '1', want = tonumber(ARGV[o + 8]) }
          counters[i] = c
          if c.kind == 'f' then
            c.used = tonumber(redis.call('GET', c.key) or '0')
            c.left = 0
            if c.used > 0 then
              local ttl = redis.call('PTTL', c.key)
              if ttl < 0 then c.used = 0 else c.left = ttl * 1000 end
            end
          elseif c.kind == 's' then
            c.segment = math.ceil(c.window / c.segments)
            c.current = math.floor(now / c.segment)
            c.used, c.left, c.stale, c.live = 0, 0, {}, {}
            local all = redis.call('HGETALL', c.key)
            for f = 1, #all, 2 do
              local at, count = tonumber(all[f]), tonumber(all[f + 1])
              if at < c.current - c.segments then
                c.stale[#c.stale + 1] = all[f]
              else
                c.used = c.used + count
                c.live[#c.live + 1] = { at, count }
                c.left = math.max(c.left, (at + c.segments + 1) * c.segment - now)
              end
            end
            table.sort(c.live, function(a, b) return a[1] < b[1] end)
          elseif c.kind == 't' then
            c.per = c.window / c.rate
            c.full = math.max(now, tonumber(redis.call('GET', c.key) or '0'))
            c.left = math.ceil(c.full - now)
            c.used = math.ceil((c.full - now) / c.per - 0.000001)
          else
            redis.call('ZREMRANGEBYSCORE', c.key, '-inf', now)
            c.used = redis.call('ZCARD', c.key)
            c.left = c.used > 0 and 1000000 or 0
          end

          if c.share and i > 1 then
            local before = counters[i - 1]
            c.limit = math.max(c.cost, math.floor((math.max(0, before.limit - before.used) + c.used) / 2))
          end
          local wait = 0
          if c.kind == 't' then
            local missing = c.full + c.cost * c.per - now - c.limit * c.per
            if missing > 0.5 then wait = c.cost > c.limit and c.window or math.ceil(missing) end
          elseif c.used + c.cost > c.limit then
            if c.kind == 'c' then
              wait = 1000000
            elseif c.cost > c.limit then
              wait = c.window
            elseif c.kind == 'f' then
              wait = math.max(1, c.left)
            else
              local missing = c.used + c.cost - c.limit
              for _, one in ipairs(c.live) do
                missing = missing - one[2]
                if missing <= 0 then
                  wait = math.max(1, (one[1] + c.segments + 1) * c.segment - now)
                  break
                end
              end
            end
          end
          if wait > 0 then
            return { 0, i - 1, math.max(0, c.limit - c.used), wait, c.left }
          end
        end

        local answer = { 1, 0, 0, 0, 0 }
        local least = 2
        for i, c in ipairs(counters) do
          local take = math.max(c.cost, math.min(c.want, math.floor(c.limit - c.used)))
          if c.kind == 'f' then
            redis.call('INCRBY', c.key, take)
            if c.used == 0 then
              redis.call('PEXPIRE', c.key, math.ceil(c.window / 1000))
              c.left = c.window
            end
          elseif c.kind == 's' then
            if #c.stale > 0 then redis.call('HDEL', c.key, unpack(c.stale)) end
            redis.call('HINCRBY', c.key, string.format('%.0f', c.current), take)
            redis.call('PEXPIRE', c.key, math.ceil((c.segments + 1) * c.segment / 1000))
            c.left = (c.current + c.segments + 1) * c.segment - now
          elseif c.kind == 't' then
            c.full = c.full + take * c.per
            c.left = math.ceil(c.full - now)
            redis.call('SET', c.key, string.format('%.3f', c.full), 'PX', math.ceil(c.left / 1000) + 1)
          else
            for place = 1, c.cost do redis.call('ZADD', c.key, string.format('%.0f', now + c.window), id .. ':' .. place) end
            redis.call('PEXPIRE', c.key, math.ceil(c.window / 1000))
            c.left = 1000000
          end
          local free = math.max(0, c.limit - c.used - take)
          if not c.share and free / math.max(1, c.limit) < least then
            least = free / math.max(1, c.limit)
            answer[2], answer[3], answer[5] = i - 1, free, c.left
          end
          answer[4 + i * 2], answer[5 + i * 2] = take, c.left
        end
        return answer
        """;

    /// <summary>Releases places among the requests in progress.</summary>
    public const string Release = """
        for place = 1, tonumber(ARGV[2]) do redis.call('ZREM', KEYS[1], ARGV[1] .. ':' .. place) end
        return 1
        """;

    /// <summary>Returns the count of a counter and the time until all of it is forgotten.</summary>
    public const string Inspect = """
        local time = redis.call('TIME')
        local now = time[1] * 1000000 + time[2]
        local kind, window, rate, segments = ARGV[1], tonumber(ARGV[2]), tonumber(ARGV[3]), tonumber(ARGV[4])
        if kind == 'f' then
          return { tonumber(redis.call('GET', KEYS[1]) or '0'), math.max(0, redis.call('PTTL', KEYS[1])) * 1000 }
        elseif kind == 's' then
          local segment = math.ceil(window / segments)
          local current = math.floor(now / segment)
          local used, left, all = 0, 0, redis.call('HGETALL', KEYS[1])
          for f = 1, #all, 2 do
            local at = tonumber(all[f])
            if at >= current - segments then
              used = used + tonumber(all[f + 1])
              left = math.max(left, (at + segments + 1) * segment - now)
            end
          end
          return { used, left }
        elseif kind == 't' then
          local left = math.max(0, tonumber(redis.call('GET', KEYS[1]) or '0') - now)
          return { math.ceil(left / (window / rate) - 0.000001), math.ceil(left) }
        end
        local used = redis.call('ZCOUNT', KEYS[1], now, '+inf')
        return { used, used > 0 and 1000000 or 0 }
        """;
}
