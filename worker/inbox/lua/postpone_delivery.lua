-- ARGV: now, id, fence, delay, reason, "1" if the EHR may have carried it out. Returns 1, or 0 if stale.
local now, id = clock(ARGV[1]), ARGV[2]
local r = K('r', id)
if get(r, 'fence') ~= ARGV[3] or get(r, 'delivery') ~= 'delivering' then return 0 end
local at = now + num(ARGV[4])
deliver_at(id, at, at)
redis.call('HSET', r, 'deaths', 0, 'reason', ARGV[5])
if ARGV[6] == '1' then redis.call('HSET', r, 'unknown', 1) end
set_delivery(id, 'due', now)
return 1
