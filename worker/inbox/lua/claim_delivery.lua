-- ARGV: now, lease, poison limit, id. Returns false, or {fence, seq, record, written, attempts, unknown, alone,
-- doubts}; doubts: claims since the EHR was last known to hold what `written` says.
local now, lease, id = clock(ARGV[1]), num(ARGV[2]), ARGV[4]
local r = K('r', id)
local known = call('HMGET', r, 'due', 'deaths', 'fence', 'attempts', 'seq', 'written', 'unknown', 'alone', 'doubts')
if not known[1] or num(known[1]) > now then return false end
local deaths, fence, attempts = num(known[2]), num(known[3]) + 1, num(known[4]) + 1
if deaths >= num(ARGV[3]) then
  park_report(id, deaths .. ' workers died over it', now)
  return false
end
local until_ = int(now + lease)
call('HSET', r, 'due', until_, 'lease', until_, 'rings', 0, 'deaths', deaths + 1, 'fence', fence, 'attempts', attempts,
  'doubts', num(known[9]) + 1)
ring_at('deliver', id, now + lease)
set_delivery(id, 'delivering', now)
return { fence, known[5], call('HGET', K('o', id), known[5]), known[6], attempts, known[7], num(known[8]), num(known[9]) }
