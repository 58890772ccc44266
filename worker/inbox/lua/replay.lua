-- ARGV: now, grace, id. Try again what is parked, or decide a settled message anew. Returns "decide", "deliver" or false.
local now, grace, id = clock(ARGV[1]), num(ARGV[2]), ARGV[3]
if call('ZREM', K('parked'), 'message:' .. id) == 1 then
  local m = K('m', id)
  call('HDEL', m, 'aside', 'rings')
  call('HSET', m, 'deaths', 0, 'due', int(now))
  ring_at('decide', id, now + grace)
  set_state(id, 'received', 'replayed', now)
  return 'decide'
end
if call('ZREM', K('parked'), 'report:' .. id) == 1 then
  call('HSET', K('r', id), 'rings', 0, 'deaths', 0, 'attempts', 0, 'alone', 0, 'reason', 'replayed')
  call('ZADD', K('since:deliver'), int(now), id)
  deliver_at(id, now, now + grace)
  set_delivery(id, 'due', now)
  settle_messages(id, now)
  return 'deliver'
end
return wake(id, now, grace) and 'decide'
