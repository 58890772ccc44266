-- ARGV: now, id, fence, delay, "count" if the attempt counts as a death. Hands work back. Returns 1, or 0 if stale.
local now, id = clock(ARGV[1]), ARGV[2]
local m = K('m', id)
if get(m, 'fence') ~= ARGV[3] or num(get(m, 'lease')) == 0 then return 0 end
call('HSET', m, 'due', int(now + num(ARGV[4])), 'lease', 0)
if ARGV[5] ~= 'count' then call('HSET', m, 'deaths', 0) end
ring_at('decide', id, now + num(ARGV[4]))
return 1
