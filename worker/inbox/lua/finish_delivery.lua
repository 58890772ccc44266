-- ARGV: now, grace, id, fence, seq, written (JSON), note. Returns 1, 2 if a newer outcome is due, 0 if stale.
local now, id, seq = clock(ARGV[1]), ARGV[3], num(ARGV[5])
local r = K('r', id)
local known = call('HMGET', r, 'fence', 'seq')
if known[1] ~= ARGV[4] then return 0 end
call('HSET', r, 'delivered', seq, 'written', ARGV[6], 'note', ARGV[7], 'delivered_at', int(now), 'deaths', 0, 'attempts', 0, 'alone', 0, 'doubts', 0,
  'unknown', 0, 'reason', '', 'lease', 0)
local newer = num(known[2]) > seq
if newer then
  deliver_at(id, now, now + num(ARGV[2]))
  set_delivery(id, 'due', now)
else
  call('HDEL', r, 'due')
  call('ZREM', K('ring:deliver'), id)
  call('ZREM', K('since:deliver'), id)
  set_delivery(id, 'delivered', now)
end
settle_messages(id, now)
return newer and 2 or 1
