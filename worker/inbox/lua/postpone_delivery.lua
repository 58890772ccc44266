-- ARGV: now, id, fence, delay, reason, "1" if the EHR may have carried it out, how: "alone" if it failed while the EHR
-- took others, "unasked" if the EHR was not asked at all, which is no try. Returns 1, or 0 if stale.
local now, id = clock(ARGV[1]), ARGV[2]
local r = K('r', id)
local known = call('HMGET', r, 'fence', 'delivery')
if known[1] ~= ARGV[3] or known[2] ~= 'delivering' then return 0 end
local at = now + num(ARGV[4])
deliver_at(id, at, at)
call('HSET', r, 'deaths', 0, 'reason', ARGV[5])
if ARGV[7] == 'unasked' then
  call('HINCRBY', r, 'attempts', -1)
  call('HINCRBY', r, 'doubts', -1)
elseif ARGV[7] == 'alone' then
  call('HINCRBY', r, 'alone', 1)
else
  call('HSET', r, 'alone', 0)
end
if ARGV[6] == '1' then call('HSET', r, 'unknown', 1) end
set_delivery(id, 'due', now)
return 1
