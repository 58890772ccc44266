-- ARGV: now, grace, id, fence ("" for whoever holds it), seq, reason, OperationOutcome (JSON or "").
-- Returns 1, 2 if a newer outcome is due instead, 0 if stale.
local now, id = clock(ARGV[1]), ARGV[3]
local r = K('r', id)
local known = call('HMGET', r, 'due', 'fence', 'seq')
if not known[1] or (ARGV[4] ~= '' and known[2] ~= ARGV[4]) then return 0 end
if ARGV[7] ~= '' then call('HSET', r, 'refusal', ARGV[7]) end
if ARGV[5] ~= '' and num(known[3]) > num(ARGV[5]) then
  call('HSET', r, 'deaths', 0, 'reason', ARGV[6])
  deliver_at(id, now, now + num(ARGV[2]))
  set_delivery(id, 'due', now)
  return 2
end
park_report(id, ARGV[6], now)
return 1
