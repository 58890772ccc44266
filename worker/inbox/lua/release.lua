-- ARGV: now, id, fence, delay, "count" if the attempt counts as a death. Hands work back. Returns 1, or 0 if stale.
local now, id = clock(ARGV[1]), ARGV[2]
local m = K('m', id)
if get(m, 'fence') ~= ARGV[3] or not get(m, 'lease') then return 0 end
redis.call('HDEL', m, 'lease')
redis.call('HSET', m, 'due', int(now + num(ARGV[4])))
if ARGV[5] ~= 'count' then redis.call('HSET', m, 'deaths', 0) end
ring_at('decide', id, now + num(ARGV[4]))
return 1
